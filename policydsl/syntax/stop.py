"""Where the parser stopped: the word that stopped it, its neighbours, and what had been read before."""

import re
from typing import cast

from attrs import frozen
from lark import UnexpectedToken

from policydsl.source import Span
from policydsl.syntax.keywords import keyword
from policydsl.syntax.lexer import Piece, Word
from policydsl.syntax.stacks import accepted, symbols
from policydsl.syntax.words import Words, words_of

_WORD = re.compile(r'"[^"\n]*"?|`[^`\n]*`?|[\w§]+(?:[.,\-–]\w+)*|[<>=!≤≥≠]+|\S')
_NUMBER_BEFORE = re.compile(r"\d[\d\s.,]{0,30}$")
_COMPARED = re.compile(
    r"\b(?:sign|other_sign|LE|LT|GE|GT|EQ|NE|AT_MOST|AT_LEAST|UNDER|OVER|BETWEEN|IN|IS|CONTAINS)\b"
    r"(?!.*\b(?:AND|OR|WHERE|WHEN|COLON|LPAR)\b)"
)
_LONGEST = 40


@frozen
class Stop:
    """A word that the grammar cannot go on with."""

    piece: Piece
    words: Words
    place: Span
    kind: str
    word: str
    after: str
    next: str
    situation: str
    declaration: str
    """The declaration's word, as spelled."""
    accepted: frozenset[str]
    compared: bool
    """Whether a comparison has been read already."""
    last: Word | None
    open_parenthesis: Span | None
    begins_line: bool


def stop_at(piece: Piece, unexpected: UnexpectedToken) -> Stop:
    """What can be said of the place where the parser stopped."""
    words, state = words_of(piece.language), unexpected.state
    last = cast(Word | None, state.lexer.state.last_token)
    place, kind, word = _stopper(piece, cast(Word, unexpected.token), last, words)
    begins_line = not piece.text[piece.text.rfind("\n", 0, place.start) + 1 : place.start].strip()
    behind = _WORD.search(piece.text, max(place.end, place.start + len(word)), piece.end)
    behind_kind = _kind_of(words, piece, behind.start(), behind.end()) if behind else "$END"
    read = symbols(state.state_stack)
    before = last.left if last is not None else state.state_stack
    opened = [value for symbol, value in zip(read, state.value_stack, strict=True) if symbol == "LPAR"]
    situation = f"{' '.join(read)} ^{kind} >{behind_kind} <{_last_kind(words, piece, last)}{' line' * begins_line}"
    return Stop(
        piece=piece,
        words=words,
        place=place,
        kind=kind,
        word=_short(word),
        after=_after(piece, last),
        next=_short(behind.group()) if behind else "...",
        situation=situation.strip(),
        declaration=words.written(read[0]) if read and read[0] in words.spellings else "",
        accepted=accepted(state.parse_conf.states, before),
        compared=_COMPARED.search(" ".join(symbols(before))) is not None,
        last=last,
        open_parenthesis=opened[-1].span if opened else None,
        begins_line=begins_line,
    )


def _stopper(piece: Piece, token: Word, last: Word | None, words: Words) -> tuple[Span, str, str]:
    """The place, the kind and the text of the word that stopped the parser; at the end, the place behind the last."""
    if token.type == "$END":
        end = last.span.end if last is not None else piece.end
        return Span(piece.path, end, end), "$END", ""
    place = token.span
    if token.type != "NAME":
        return place, token.type, str(token)
    shown = _WORD.match(piece.text, place.start, piece.end)
    return place, _kind_of(words, piece, place.start, place.end), shown.group() if shown else str(token)


def _kind_of(words: Words, piece: Piece, start: int, end: int) -> str:
    found = keyword(words, piece.text, start, end, piece.end)
    return found[0] if found else "NAME"


def _last_kind(words: Words, piece: Piece, last: Word | None) -> str:
    if last is None:
        return ""
    if last.type == "UNIT":
        return f"UNIT{last}"
    return _kind_of(words, piece, last.span.start, last.span.end) if last.type == "NAME" else str(last.type)


def _after(piece: Piece, last: Word | None) -> str:
    """The word before, a unit together with its number."""
    if last is None:
        return ""
    number = _NUMBER_BEFORE.search(piece.text, piece.start, last.span.start) if last.type == "UNIT" else None
    return _short(piece.text[number.start() if number else last.span.start : last.span.end])


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 3]}..."
