"""Where a rule stands in the rulebook, for renderings that lead a program there."""

from collections.abc import Sequence
from pathlib import PurePath

from policydsl._frozen import frozen
from policydsl.source import Position, Source, Span


@frozen
class Place:
    """A stretch of a file; `end` is the position behind its last sign."""

    path: str
    start: Position
    end: Position


def place(span: Span, sources: Sequence[Source]) -> Place | None:
    """Where a span is; None if its file is not at hand."""
    source = next((each for each in sources if each.path == span.path), None)
    if source is None or span.end > len(source.text):
        return None
    end = max(span.end, span.start)
    return Place(PurePath(span.path).as_posix(), source.position(span.start), source.position(end))
