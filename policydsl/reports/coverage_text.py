"""What a rulebook's tests show of its rules, and which of its numbers could be misprinted unnoticed."""

from collections.abc import Iterator, Sequence

from policydsl.reports.layout import columns, paragraph
from policydsl.source import Source, Span

Covered = tuple[str, Sequence[str], Sequence[str]]
"""A rule or cell, what its tests show of it, and what they don't."""

Moved = tuple[str, Span, str, str]
"""An unnoticed move: the declaration's id, the number's place, the number, and what it was moved to."""


def coverage_text(covered: Sequence[Covered]) -> str:
    """A line for each rule or cell that is not shown in every light, and how many are."""
    rows = [(id, _listed("seen to be", shown), _listed("never", missing)) for id, shown, missing in covered if missing]
    whole = len(covered) - len(rows)
    last = f"{whole} of {len(covered)} rules and cells are seen to be kept, to fail and to be left open"
    return "\n".join(["", *columns(rows), *paragraph(last)]) + "\n"


def _listed(first: str, words: Sequence[str]) -> str:
    return f"{first} {', '.join(words)}" if words else ""


def moves_text(unnoticed: Sequence[Moved], scores: Sequence[tuple[str, int, int]], sources: Sequence[Source]) -> str:
    """A line for each move that no test notices, and the score of each kind of number."""
    rows = list(_moves(unnoticed, {source.path: source for source in sources}))
    said = [f"{noticed} of {tried} moves of {kind} are noticed" for kind, noticed, tried in scores if tried]
    return "\n".join(["", *columns(rows), *said]) + "\n"


def _moves(unnoticed: Sequence[Moved], sources: dict[str, Source]) -> Iterator[tuple[str, str, str]]:
    for of, span, written, moved in unnoticed:
        line = sources[span.path].position(span.start).line
        yield f"{span.path}:{line}", of, f"no test notices {moved} instead of {written}"
