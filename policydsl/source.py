"""Texts and places in them: what every message points at."""

from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

from policydsl._frozen import define, field, frozen


@frozen
class Position:
    """A place in a text: line and column count code points from 1."""

    line: int
    column: int


class Span(NamedTuple):
    """A stretch of one file, as code-point offsets from 0; `end` is not included."""

    path: str
    start: int
    end: int

    def to(self, other: "Span") -> "Span":
        """The stretch from the start of this one to the end of the other."""
        return Span(self.path, self.start, max(self.end, other.end))


@define(frozen=True)
class Source:
    """A rulebook file as read: its name and its text, with line ends as in the file."""

    path: str
    text: str = field(repr=False)

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        find = self.text.find
        at = find("\n")
        while at != -1:
            starts.append(at + 1)
            at = find("\n", at + 1)
        return starts

    def position(self, offset: int) -> Position:
        """The line and column of an offset."""
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of a line, without its end."""
        start = self._line_starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start : len(self.text) if end == -1 else end].rstrip("\r")

    def words(self, span: Span) -> str:
        """What the author wrote in a span."""
        return self.text[span.start : span.end]
