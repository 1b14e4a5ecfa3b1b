"""Columns that some of several files don't have. A database shows blanks in their rows, which nobody has left blank."""

from collections.abc import Iterator, Mapping, Sequence

from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.engines.sql.in_place.relation import Native
from policydsl.inputs.places import listed
from policydsl.model.expressions import Choice, ColumnOf, Labelled, StateIs
from policydsl.model.rulebook import Computed, Grouped, Linked, Past, Rulebook, Table
from policydsl.model.tables_of import parts_that_are, tables_of

_MOST_NAMED = 3


def lacking(rulebook: Rulebook, table: Table, natives: Mapping[str, Native], path: str) -> list[Diagnostic]:
    """An error for each such column in which a blank has a meaning, or of which rules ask whether it is present, or
    say what stands in for it; else a warning: its values are unknown there."""
    told = []
    for column in table.columns:
        native = natives.get(column.name)
        if native is None or not native.lacking:
            continue
        within = [file.removeprefix(f"{path}/") for file in native.lacking]
        place, files = DataPlace(path, column=native.heading), listed(within, _MOST_NAMED, longest=200)
        blank = column.blank or ("missing" if column.name in _asked_whether_present(rulebook, table) else None)
        if blank is None:
            told.append(say("PD958", place, column=column.name, table=table.name, files=files))
        else:
            told.append(say("PD955", place, column=column.name, table=table.name, files=files, blank=blank))
    return told


def _asked_whether_present(rulebook: Rulebook, table: Table) -> set[str]:
    """The columns of a table of which something asks whether they are present, missing or none, or says what stands in
    where they are missing: by themselves, or in what is worked out from them."""
    everything = (rulebook.checks, rulebook.quantities, tuple(rulebook.tables.values()))
    asked: list[object] = [each.value for each in parts_that_are(StateIs, everything)]
    asked += [each.then for each in parts_that_are(Choice, everything) if _stands_in_for_cells(each)]
    return {name for owner, name in _read_by(asked, rulebook.tables) if owner == table.name}


def _stands_in_for_cells(choice: Choice) -> bool:
    """Whether it is `x otherwise y` of a row; after a figure, `y` stands in only where there are no rows."""
    return choice.condition is None and not tables_of(choice.then)


_Place = tuple[str, str]
"""A table and a column of it."""


def _read_by(expressions: Sequence[object], tables: Mapping[str, Table]) -> set[_Place]:
    """All columns that expressions read, those too that theirs are worked out from."""
    seen: set[_Place] = set()
    waiting = [*_spoken_of(*expressions)]
    while waiting:
        place = waiting.pop()
        if place not in seen:
            seen.add(place)
            waiting += _worked_out_from(tables[place[0]], place[1])
    return seen


def _spoken_of(*parts: object) -> Iterator[_Place]:
    yield from ((each.table, each.name) for each in parts_that_are(ColumnOf, parts))
    yield from ((each.table, each.category) for each in parts_that_are(Labelled, parts))


def _worked_out_from(table: Table, name: str) -> Iterator[_Place]:
    """The columns that one is worked out from; of a table that is worked out, all that it says."""
    match table.column(name):
        case Linked(link=link, table=other, of=of):
            yield from ((table.name, link), (other, of))
        case Past(of=of):
            yield table.name, of
        case Grouped(figure=figure):
            yield from _spoken_of(figure)
        case Computed(expression=expression):
            yield from _spoken_of(expression)
        case None:
            yield from _spoken_of(*(each for each in table.categories if each.name == name))
        case _ if table.made is not None:
            yield from _spoken_of(table.made)
