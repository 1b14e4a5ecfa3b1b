"""What is said of a word that cannot stand where it stands, in words that an author understands."""

import re
import unicodedata
from collections.abc import Callable
from typing import cast

from attrs import frozen
from lark import UnexpectedInput, UnexpectedToken

from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic
from policydsl.source import Span
from policydsl.syntax.lexer import Piece, Word, keyword
from policydsl.syntax.situations import SITUATIONS
from policydsl.syntax.stacks import accepted, symbols
from policydsl.syntax.wanted import did_you_mean, wanted
from policydsl.syntax.words import Words, words_of

_WORD = re.compile(r'"[^"\n]*"?|`[^`\n]*`?|[\w§]+(?:[.,\-–]\w+)*|[<>=!≤≥≠]+|\S')
_LONGEST_WORD = 40
_NUMBERS = re.compile(r"\d+")


@frozen
class Stop:
    """Where the parser stopped: the word that stopped it, its neighbours, and what had been read."""

    piece: Piece
    words: Words
    place: Span
    kind: str
    word: str
    after: str
    next: str
    read: tuple[str, ...]
    accepted: frozenset[str]

    @property
    def situation(self) -> str:
        """What had been read and what came, for the table of situations."""
        return f"{' '.join(self.read)} ^{self.kind}"


def sentence(piece: Piece, unexpected: UnexpectedInput) -> Diagnostic:
    """The message for a word that the grammar cannot go on with."""
    stop = _stop(piece, cast(UnexpectedToken, unexpected))
    special = _MISWRITTEN.get(stop.kind)
    if special is not None:
        return special(stop)
    if (misplaced := _declaration_inside(stop, cast(UnexpectedToken, unexpected))) is not None:
        return misplaced
    code = next((code for pattern, code in SITUATIONS if pattern.search(stop.situation)), None)
    if code is not None:
        return _told(stop, code)
    near = did_you_mean(stop.word, stop.next, stop.accepted, stop.words)
    if near is not None:
        return _told(stop, "PD150", (f"did you mean `{near}`?",))
    return _told(stop, "PD152" if stop.kind == "$END" else "PD151", wanted=wanted(stop.accepted, stop.words))


def _told(stop: Stop, code: str, hints: tuple[str, ...] = (), **blanks: object) -> Diagnostic:
    declaration = stop.words.written(stop.read[0]) if stop.read and stop.read[0] in stop.words.spellings else ""
    given = {"word": stop.word, "after": stop.after, "next": stop.next, "declaration": declaration, **blanks}
    return say(code, stop.place, labels=(), hints=hints, **given)


def _stop(piece: Piece, unexpected: UnexpectedToken) -> Stop:
    words, state = words_of(piece.language), unexpected.state
    last = cast(Word | None, state.lexer.state.last_token)
    token = cast(Word, unexpected.token)
    if token.type == "$END":
        end = last.span.end if last is not None else piece.end
        place, kind = Span(piece.path, end, end), "$END"
    else:
        place, kind = token.span, token.type
        if kind == "NAME":
            found = keyword(words, piece, place.start, place.end, None)
            kind = found[0] if found else kind
    shown = _WORD.match(piece.text, place.start, piece.end) if place.end > place.start else None
    text = str(token) if kind.startswith("X_") or shown is None else shown.group()
    following = _WORD.search(piece.text, max(place.end, place.start + len(text)), piece.end)
    stack = state.state_stack
    return Stop(
        piece=piece,
        words=words,
        place=place,
        kind=kind,
        word=_short(text),
        after=_short(str(last)) if last is not None else "",
        next=_short(following.group()) if following else "...",
        read=tuple(symbols(stack)),
        accepted=accepted(state.parse_conf.states, stack),
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_WORD else f"{line[: _LONGEST_WORD - 3]}..."


def _declaration_inside(stop: Stop, unexpected: UnexpectedToken) -> Diagnostic | None:
    """A declaration that does not start in column one: the word itself, or the one before it."""
    last = cast(Word | None, unexpected.state.lexer.state.last_token)
    for word in (last, unexpected.token):
        if not isinstance(word, Word) or word.span.start == stop.piece.start:
            continue
        line = stop.piece.text[stop.piece.text.rfind("\n", 0, word.span.start) + 1 : word.span.start]
        if not line.strip() and str(word) in stop.words.declarations | stop.words.later_declarations:
            return say("PD111", word.span, word=str(word))
    return None


def _date(stop: Stop) -> Diagnostic:
    parts = _NUMBERS.findall(stop.word)
    if len(parts[0]) < 4:
        parts.reverse()
    return _told(stop, "PD153", iso="-".join(part.zfill(2) for part in parts))


def _number(stop: Stop) -> Diagnostic:
    return _told(stop, "PD154", sign=stop.words.decimal)


def _sign(stop: Stop) -> Diagnostic:
    return _told(stop, "PD135")


def _range(stop: Stop) -> Diagnostic:
    return _told(stop, "PD155")


def _open_text(stop: Stop) -> Diagnostic:
    return _told(stop, "PD156")


def _open_name(stop: Stop) -> Diagnostic:
    return _told(stop, "PD157")


def _lone_sign(stop: Stop) -> Diagnostic:
    return _told(stop, "PD158")


def _character(stop: Stop) -> Diagnostic:
    character = stop.word or stop.piece.text[stop.place.start]
    return _told(stop, "PD159", character=described(character))


def described(character: str) -> str:
    """A character as a message can show it: itself, or its number and name if it has no shape."""
    if character.isprintable() and not character.isspace():
        return f"`{character}`"
    name = unicodedata.name(character, "a control character").lower()
    return f"U+{ord(character):04X} ({name})"


_MISWRITTEN: dict[str, Callable[[Stop], Diagnostic]] = {
    "X_DATE": _date,
    "X_NUMBER": _number,
    "X_RANGE": _range,
    "X_EQUAL": _sign,
    "X_UNEQUAL": _sign,
    "X_OPEN_TEXT": _open_text,
    "X_OPEN_NAME": _open_name,
    "X_MINUS": _lone_sign,
    "X_PLUS": _lone_sign,
    "X_CHARACTER": _character,
}
"""Shapes that mean nothing anywhere, and what is said of each."""
