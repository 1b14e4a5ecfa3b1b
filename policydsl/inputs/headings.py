"""The line of headings: which columns of a file are columns of its table."""

from collections.abc import Sequence
from unicodedata import normalize

from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.sheet import Cell, Kind, Sheet, letters, shown

MOST_TOLD = 50


def headed_sheet(
    place: DataPlace,
    headings: Sequence[str | None],
    columns: Sequence[Sequence[Cell]],
    rows: Sequence[int],
    kind: Kind,
    delimiter: str | None = None,
) -> tuple[Sheet, tuple[Diagnostic, ...]]:
    """The sheet under a line of headings; an empty column without heading is left out, other faults are told."""
    kept: dict[str, int] = {}
    taken: dict[str, str] = {}
    told: list[Diagnostic] = []
    for at, given in enumerate(headings):
        heading = tidy_heading(given or "")
        if not heading:
            filled = next((i for i, cell in enumerate(columns[at]) if cell is not None), None)
            if filled is not None:
                told.append(say("PD309", DataPlace(place.path, place.sheet, rows[filled]), column=named(at, kind)))
            continue
        twin = taken.setdefault(heading.casefold(), heading)
        if twin in kept:
            first, second = named(kept[twin], kind), named(at, kind)
            told.append(say("PD308", place, heading=shown(heading), first=first, second=second))
            continue
        kept[heading] = at
    if len(told) > MOST_TOLD:
        told[MOST_TOLD:] = [say("PD331", place, more=len(told) - MOST_TOLD)]
    sheet = Sheet(
        path=place.path,
        sheet=place.sheet,
        headings=tuple(kept),
        cells=tuple(columns[at] for at in kept.values()),
        rows=tuple(rows),
        kind=kind,
        columns=tuple(at + 1 for at in kept.values()),
        delimiter=delimiter,
    )
    return sheet, tuple(told)


def twins(headings: Sequence[str]) -> tuple[int, int] | None:
    """The first two of some headings that are one and the same, by their places."""
    first: dict[str, int] = {}
    for at, heading in enumerate(map(tidy_heading, headings)):
        if heading and (before := first.setdefault(heading.casefold(), at)) != at:
            return before, at
    return None


def tidy_heading(text: str) -> str:
    """A heading on one line, without outer spaces, its accents written in one way."""
    return normalize("NFC", " ".join(text.split()))


def named(at: int, kind: Kind) -> str:
    """The name of the column with this index: its letters in a workbook, else its number."""
    return letters(at + 1) if kind == "xlsx" else str(at + 1)
