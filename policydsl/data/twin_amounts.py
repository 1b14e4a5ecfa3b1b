"""That the bank has an amount twice, in the currency of the paper and in another one, and only the first is read."""

from collections.abc import Iterable, Iterator, Mapping

from policydsl.catalogue import say
from policydsl.data.other_currencies import amounts_of
from policydsl.data.unread_columns import unread_at
from policydsl.diagnostics import Diagnostic
from policydsl.inputs.number_cells import is_bare_number
from policydsl.inputs.sheet import Cell, Sheet
from policydsl.inputs.unit_words import Money, money_in, unit_beside, unit_in_brackets, without_unit
from policydsl.model.rulebook import Table


def twin_amounts(table: Table, sheet: Sheet, where: Mapping[str, int]) -> list[Diagnostic]:
    """An error for each column of amounts whose heading names no currency, beside an unread one that is called the
    same and names one: `Marknadsvärde` and `Marknadsvärde (SEK)`. Columns with the same cells are one amount."""
    return [
        told
        for at, other, told in twins_by_heading(table, sheet, where)
        if are_two(zip(sheet.cells[at], sheet.cells[other], strict=True))
    ]


def twins_by_heading(table: Table, sheet: Sheet, where: Mapping[str, int]) -> Iterator[tuple[int, int, Diagnostic]]:
    """Two columns whose headings say that they are one amount, and what is told if their cells differ."""
    for column, currency in amounts_of(table, where).items():
        at = where[column]
        heading = sheet.headings[at]
        if money_of(heading) is not None:
            continue
        for other in unread_at(table, sheet, where):
            name = sheet.headings[other]
            money = money_of(name)
            if money is None or money.scale != 1 or money.currency == "" or not _alike(without_unit(name), heading):
                continue
            own = money.currency in (currency, "KR")
            mapping = f'"{name}" = "{column}"' if own else f'"{heading}" = {{ column = "{column}", unit = "…" }}'
            place, named = sheet.place(at), table.name
            told = say("PD948", place, mapping=mapping, table=named, column=column, heading=heading, other=name)
            yield at, other, told


def are_two(pairs: Iterable[tuple[Cell, Cell]]) -> bool:
    """Whether some of two cells in a row are different numbers."""
    return any(is_bare_number(one) and is_bare_number(other) and one != other for one, other in pairs)


def money_of(heading: str) -> Money | None:
    """The unit of money that a heading names."""
    for unit in (unit_in_brackets(heading), unit_beside(heading)):
        if unit is not None and (money := money_in(unit)) is not None:
            return money
    return None


def _alike(one: str, other: str) -> bool:
    return one.casefold().strip(" _") == other.casefold().strip(" _")
