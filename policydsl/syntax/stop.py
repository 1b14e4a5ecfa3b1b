"""Where the parser stopped: the word that stopped it, its neighbours, and what had been read before."""

import re
from functools import cache

from attrs import frozen

from policydsl.source import Span
from policydsl.syntax.keywords import keyword
from policydsl.syntax.reading import Reading
from policydsl.syntax.tables import END, Tables
from policydsl.syntax.word import Word
from policydsl.syntax.words import Words

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

    words: Words
    whole: Span
    """The stretch that is parsed by itself."""
    text: str
    """The text of the file."""
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


def stop_at(reading: Reading, word: Word | None, last: Word | None) -> Stop:
    """What can be said of the place where the parser stopped; without a word, at the end."""
    words, text, parser, whole = reading.words, reading.text, reading.parser, reading.place
    place, kind, shown = _stopper(reading, word, last)
    begins_line = not text[text.rfind("\n", 0, place.start) + 1 : place.start].strip()
    behind = _WORD.search(text, max(place.end, place.start + len(shown)), whole.end)
    behind_kind = _kind_of(reading, behind.start(), behind.end()) if behind else END
    read = _symbols(parser.tables, parser.stack)
    opened = [value for symbol, value in zip(read, parser.values, strict=True) if symbol == "LPAR"]
    situation = f"{' '.join(read)} ^{kind} >{behind_kind} <{_last_kind(reading, last)}{' line' * begins_line}"
    return Stop(
        words=words,
        whole=whole,
        text=text,
        place=place,
        kind=kind,
        word=_short(shown),
        after=_after(reading, last),
        next=_short(behind.group()) if behind else "...",
        situation=situation.strip(),
        declaration=words.written(read[0]) if read and read[0] in words.spellings else "",
        accepted=frozenset(filter(parser.goes_on_with, parser.tables.moves[parser.settled[-1]])),
        compared=_COMPARED.search(" ".join(_symbols(parser.tables, parser.settled))) is not None,
        last=last,
        open_parenthesis=opened[-1].span if opened else None,
        begins_line=begins_line,
    )


@cache
def _entered_by(tables: Tables) -> dict[int, str]:
    """The symbol by which each state is entered: a terminal or a rule."""
    moves = (move for row in tables.moves for move in row.items())
    return {target - 1: symbol.partition("{")[0] for symbol, target in moves if target > 0}


def _symbols(tables: Tables, stack: list[int]) -> list[str]:
    """What has been read, as terminals and rules of the grammar."""
    entered = _entered_by(tables)
    return [entered[state] for state in stack[1:]]


def _stopper(reading: Reading, word: Word | None, last: Word | None) -> tuple[Span, str, str]:
    """The place, the kind and the text of the word that stopped the parser; at the end, the place behind the last."""
    if word is None:
        end = last.span.end if last is not None else reading.place.end
        return Span(reading.place.path, end, end), END, ""
    if word.kind != "NAME":
        return word.span, word.kind, word.text
    shown = _WORD.match(reading.text, word.span.start, reading.place.end)
    kind = _kind_of(reading, word.span.start, word.span.end)
    return word.span, kind, shown.group() if shown else word.text


def _kind_of(reading: Reading, start: int, end: int) -> str:
    found = keyword(reading.words, reading.text, start, end, reading.place.end)
    return found[0] if found else "NAME"


def _last_kind(reading: Reading, last: Word | None) -> str:
    if last is None:
        return ""
    if last.kind == "UNIT":
        return f"UNIT{last.text}"
    return _kind_of(reading, last.span.start, last.span.end) if last.kind == "NAME" else last.kind


def _after(reading: Reading, last: Word | None) -> str:
    """The word before, a unit together with its number."""
    if last is None:
        return ""
    start = last.span.start
    number = _NUMBER_BEFORE.search(reading.text, reading.place.start, start) if last.kind == "UNIT" else None
    return _short(reading.text[number.start() if number else start : last.span.end])


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 3]}..."
