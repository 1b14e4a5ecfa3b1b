"""Names of the data that hardly differ from one that the rulebook compares names with: `issuer = "SEB"`."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from operator import eq

from policydsl.catalogue import say
from policydsl.data.grouping import Place, standing
from policydsl.data.names_in import names_in, uncompared
from policydsl.data.once import once
from policydsl.data.placing import cell_place
from policydsl.data.table import Data, Elsewhere
from policydsl.diagnostics import Diagnostic
from policydsl.inputs.columns.asked import first_row
from policydsl.inputs.names import name_key
from policydsl.inputs.rough_keys import rough_keys
from policydsl.inputs.sheet import Sheet, shown
from policydsl.model.expressions import Among, ColumnOf, Compare, Constant, ParameterOf
from policydsl.model.rulebook import Rulebook
from policydsl.model.tables_of import parts_that_are

_MOST_TOLD = 20

_Names = Mapping[str, list[tuple[str, str]]]
"""Names by what they consist of, each with the form of its company."""


def named_in_rules(rulebook: Rulebook, tables: Mapping[str, Data], sheets: Mapping[str, Sheet]) -> list[Diagnostic]:
    """A warning for each name that hardly differs from one that its column is compared with; `sheets` are those that
    the tables are from."""
    told: list[Diagnostic] = []
    left: list[Diagnostic] = []
    for (table, column), others in sorted(compared_names(rulebook).items()):
        data = tables[table]
        if column in data.absent:
            continue
        names = names_in(data, column)
        if names is None:
            left.append(uncompared(data.path, column, table))
            continue
        for name, twin in hardly_differing(names, others):
            if (row := _first_row(data, column, name)) is not None:
                where = cell_place(sheets, rulebook.tables[table], data, row, column)
                told.append(say("PD971", where, name=shown(name, 40), twin=shown(twin, 40)))
    return told[:_MOST_TOLD] + left


def hardly_differing(names: Collection[str], others: Collection[str]) -> list[tuple[str, str]]:
    """Those of some names that hardly differ from one of others, each with that one."""
    every, known = list(names), _by_key(others)
    rough = {*rough_keys(list(others))}
    few = [name for name, key in zip(every, rough_keys(every), strict=True) if key in rough]
    return sorted((one, twin) for one in few for twin in _twins(one, known))


def _first_row(data: Data, column: str, name: str) -> int | None:
    if isinstance(data.rows, Elsewhere):
        return next(iter(data.rows.having([column], [name]).rows), None)
    return first_row(data.columns[column], partial(eq, name))


def _by_key(names: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(names):
        stem, form = name_key(name)
        found.setdefault(stem, []).append((form, name))
    return found


def _twins(name: str, others: _Names) -> list[str]:
    """The names that one hardly differs from; none if it is one of them."""
    stem, form = name_key(name)
    known = others.get(stem, ())
    if any(other.strip().casefold() == name.strip().casefold() for _, other in known):
        return []
    return [other for its, other in known if its == form or not its or not form][:1]


@once
def compared_names(rulebook: Rulebook) -> dict[Place, set[str]]:
    """The names that the rulebook compares the texts of each column of the data with."""
    found: dict[Place, set[str]] = {}
    every = (rulebook.checks, rulebook.quantities, tuple(rulebook.tables.values()), rulebook.scenarios)
    comparing: list[Compare | Among] = parts_that_are((Compare, Among), every)
    for part in comparing:
        sides = (part.left, part.right) if isinstance(part, Compare) else (part.value, *part.members)
        texts = {text for side in sides for text in _texts(rulebook, side)}
        for side in sides if texts else ():
            if isinstance(side, ColumnOf):
                for place in standing(rulebook, side):
                    found.setdefault(place, set()).update(texts)
    return found


def _texts(rulebook: Rulebook, side: object) -> Iterator[str]:
    if isinstance(side, ParameterOf):
        yield from (each.value for each in rulebook.parameters[side.name].values if isinstance(each.value, str))
    elif isinstance(side, Constant) and isinstance(side.value, str):
        yield side.value
