"""The step before judging: the tables and columns that no data holds are worked out, each after those that it needs.

The engines know nothing of it: they find tables with all their columns. What is not exactly known stands there as
unknown, and a row that may not be there says so in a column of its own, which all that counts the rows asks for.
"""

from collections.abc import Container, Mapping
from datetime import date

from policydsl._frozen import evolve
from policydsl.data.table import Data
from policydsl.diagnostics import Diagnostic
from policydsl.figures.environment import Days, Environment
from policydsl.model.expressions import Value
from policydsl.model.made import LookThrough, PerGroup, Stacked, sources_of
from policydsl.model.rulebook import Linked, Past, Rulebook
from policydsl.plan.grounds import Entry
from policydsl.verdicts.reasons import given
from policydsl.verdicts.relating.kept import Kept
from policydsl.verdicts.relating.workshop import Opener, Workshop

__all__ = ["Kept", "Opener", "related"]


def related(
    rulebook: Rulebook,
    data: Mapping[str, Data],
    opener: Opener,
    as_of: date | None,
    parameters: Mapping[str, Value],
    days: Days | None = None,
    kept: Kept | None = None,
    needed: Container[Entry] | None = None,
) -> tuple[Mapping[str, Data], tuple[Diagnostic, ...]]:
    """The tables of one day with all that is worked out from them, or all of it that is needed, and what is to be told
    about it."""
    if not rulebook.made:
        return data, ()
    shop = Workshop(rulebook, dict(data), opener, Environment(as_of, parameters, {}, days))
    for entry in rulebook.made:
        table, column = entry
        if needed is not None and entry not in needed:
            if column is None:  # so that nobody takes it for one without rows
                del shop.data[table]
            continue
        before = shop.data[table]
        found = None if kept is None or as_of is None else kept.find(entry, before, as_of)
        if found is None:
            found = _made(table, shop) if column is None else _with_column(column, before, shop)
            if kept is not None and as_of is not None:
                kept.keep(entry, before, as_of, found)
        shop.put(found)
    return shop.data, tuple(shop.told)


def _with_column(name: str, data: Data, shop: Workshop) -> Data:
    """A table with one more column."""
    added = next(each for each in shop.rulebook.tables[data.table].added if each.name == name)
    if isinstance(added, Linked):
        from policydsl.verdicts.relating.links import values_behind

        values = values_behind(added, data.table, shop)
    elif isinstance(added, Past):
        from policydsl.verdicts.relating.past import values_before

        values = values_before(added, data.table, shop)
    else:
        from policydsl.verdicts.relating.groups import values_of_groups

        values = values_of_groups(added, data.table, shop)
    return evolve(data, columns={**data.columns, name: values})


def _made(table: str, shop: Workshop) -> Data:
    """A worked-out table; as long as one of the tables that it comes from was not given, nothing is known of it."""
    made = shop.rulebook.tables[table].made
    assert made is not None
    sources = tuple(shop.data[source] for source in sources_of(made))
    found = shop.data[table]
    if all(map(given, sources)):
        match made:
            case PerGroup():
                from policydsl.verdicts.relating.groups import groups_of

                found = groups_of(table, made, shop)
            case Stacked():
                from policydsl.verdicts.relating.stacks import stacked

                found = stacked(table, made, shop)
            case LookThrough():
                from policydsl.verdicts.relating.parts import looked_through

                found = looked_through(table, made, shop)
    return evolve(found, made_from=sources)
