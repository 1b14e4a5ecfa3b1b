"""The step before judging: the tables and columns that no data holds are worked out, each after those that it needs.

The engines know nothing of it: they find tables with all their columns. What is not exactly known stands there as
unknown, and a row that may not be there says so in a column of its own, which all that counts the rows asks for.
"""

from collections.abc import Mapping
from datetime import date

from attrs import evolve

from policydsl.data.table import Data
from policydsl.diagnostics import Diagnostic
from policydsl.figures.environment import Days, Environment
from policydsl.model.expressions import Value
from policydsl.model.made import LookThrough, PerGroup, Stacked, sources_of
from policydsl.model.rulebook import Linked, Past, Rulebook
from policydsl.verdicts.reasons import given
from policydsl.verdicts.relating.groups import groups_of, values_of_groups
from policydsl.verdicts.relating.links import values_behind
from policydsl.verdicts.relating.parts import looked_through
from policydsl.verdicts.relating.past import values_before
from policydsl.verdicts.relating.stacks import stacked
from policydsl.verdicts.relating.workshop import Opener, Workshop

__all__ = ["Opener", "related"]


def related(
    rulebook: Rulebook,
    data: Mapping[str, Data],
    opener: Opener,
    as_of: date | None,
    parameters: Mapping[str, Value],
    days: Days | None = None,
) -> tuple[Mapping[str, Data], tuple[Diagnostic, ...]]:
    """The tables of one day with all that is worked out from them, and what is to be told about it."""
    if not rulebook.made:
        return data, ()
    shop = Workshop(rulebook, dict(data), opener, Environment(as_of, parameters, {}, days))
    for table, column in rulebook.made:
        found = shop.data[table]
        if column is None:
            shop.put(_made(table, shop))
            continue
        added = next(each for each in rulebook.tables[table].added if each.name == column)
        if isinstance(added, Linked):
            values = values_behind(added, table, shop)
        elif isinstance(added, Past):
            values = values_before(added, table, shop)
        else:
            values = values_of_groups(added, table, shop)
        shop.put(evolve(found, columns={**found.columns, column: values}))
    return shop.data, tuple(shop.told)


def _made(table: str, shop: Workshop) -> Data:
    """A worked-out table; as long as one of the tables that it comes from was not given, nothing is known of it."""
    made = shop.rulebook.tables[table].made
    assert made is not None
    sources = tuple(shop.data[source] for source in sources_of(made))
    found = shop.data[table]
    if all(map(given, sources)):
        match made:
            case PerGroup():
                found = groups_of(table, made, shop)
            case Stacked():
                found = stacked(table, made, shop)
            case LookThrough():
                found = looked_through(table, made, shop)
    return evolve(found, made_from=sources)
