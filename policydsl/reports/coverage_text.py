"""What a rulebook's tests show of its rules, and which of its numbers could be misprinted unnoticed."""

from collections.abc import Iterator, Sequence

from policydsl.catalogue.languages import ENGLISH, sentence
from policydsl.reports.layout import columns, paragraph
from policydsl.source import Source, Span

Covered = tuple[str, Sequence[str], Sequence[str]]
"""A rule or cell, what its tests show of it, and what they don't."""

Moved = tuple[str, Span, str, str]
"""An unnoticed move: the declaration's id, the number's place, the number, and what it was moved to."""


_SCORES = {
    "bound": "{noticed} of {tried} moves of bounds are noticed",
    "number": "{noticed} of {tried} moves of other numbers are noticed",
}


def coverage_text(covered: Sequence[Covered], language: str = ENGLISH) -> str:
    """A line for each rule or cell that is not shown in every light, and how many are."""

    def listed(told: str, states: Sequence[str]) -> str:
        return sentence(language, told, states=", ".join(sentence(language, one) for one in states)) if states else ""

    rows = [
        (id, listed("seen to be {states}", shown), listed("never {states}", missing))
        for id, shown, missing in covered
        if missing
    ]
    told = "{whole} of {count} rules and cells are seen to be kept, to fail and to be left open"
    last = sentence(language, told, whole=len(covered) - len(rows), count=len(covered))
    return "\n".join(["", *columns(rows), *paragraph(last)]) + "\n"


def moves_text(
    unnoticed: Sequence[Moved],
    scores: Sequence[tuple[str, int, int]],
    sources: Sequence[Source],
    language: str = ENGLISH,
) -> str:
    """A line for each move that no test notices, and the score of each kind of number."""
    rows = list(_moves(unnoticed, {source.path: source for source in sources}, language))
    said = [sentence(language, _SCORES[kind], noticed=noticed, tried=tried) for kind, noticed, tried in scores if tried]
    return "\n".join(["", *columns(rows), *said]) + "\n"


def _moves(unnoticed: Sequence[Moved], sources: dict[str, Source], language: str) -> Iterator[tuple[str, str, str]]:
    for of, span, written, moved in unnoticed:
        line = sources[span.path].position(span.start).line
        told = sentence(language, "no test notices {moved} instead of {written}", moved=moved, written=written)
        yield f"{span.path}:{line}", of, told
