"""Names of the data that hardly differ from one that the rulebook compares names with: `issuer = "SEB"`."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import partial
from operator import eq
from types import NoneType

from policydsl._frozen import names_of
from policydsl.catalogue import say
from policydsl.data.grouping import Place, standing
from policydsl.data.placing import cell_place
from policydsl.data.table import Data, Elsewhere
from policydsl.diagnostics import Diagnostic
from policydsl.inputs.columns.asked import differing, first_row
from policydsl.inputs.names import name_key
from policydsl.inputs.sheet import Sheet, shown
from policydsl.model.expressions import Among, ColumnOf, Compare, Constant, ParameterOf
from policydsl.model.rulebook import Rulebook
from policydsl.source import Span

_MOST_TOLD = 20
_HAS_NOTHING_INSIDE = frozenset({str, bool, int, Fraction, date, Span, NoneType})

_Names = Mapping[str, list[tuple[str, str]]]
"""Names by what they consist of, each with the form of its company."""


def named_in_rules(rulebook: Rulebook, tables: Mapping[str, Data], sheets: Mapping[str, Sheet]) -> list[Diagnostic]:
    """A warning for each name that hardly differs from one that its column is compared with; `sheets` are those that
    the tables are from."""
    told: list[Diagnostic] = []
    for (table, column), others in sorted(_compared(rulebook).items()):
        data = tables[table]
        if column in data.absent or isinstance(data.rows, Elsewhere):
            continue
        known = _by_key(others)
        names = [value for value in differing(data.columns[column]) if isinstance(value, str)]
        for name, twin in sorted((one, twin) for one in names for twin in _twins(one, known)):
            if (row := first_row(data.columns[column], partial(eq, name))) is not None:
                where = cell_place(sheets, rulebook.tables[table], data, row, column)
                told.append(say("PD971", where, name=shown(name, 40), twin=shown(twin, 40)))
    return told[:_MOST_TOLD]


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


def _compared(rulebook: Rulebook) -> dict[Place, set[str]]:
    """The names that the rulebook compares the texts of each column of the data with."""
    found: dict[Place, set[str]] = {}
    waiting: list[object] = [rulebook.checks, rulebook.quantities, rulebook.tables, rulebook.scenarios]
    seen: dict[int, object] = {}
    while waiting:
        part = waiting.pop()
        if type(part) in _HAS_NOTHING_INSIDE or id(part) in seen:
            continue
        seen[id(part)] = part
        sides: tuple[object, ...] = ()
        match part:
            case Compare(left=left, right=right):
                sides = (left, right)
            case Among(value=value, members=members):
                sides = (value, *members)
        texts = {text for side in sides for text in _texts(rulebook, side)}
        for side in sides if texts else ():
            if isinstance(side, ColumnOf):
                for place in standing(rulebook, side):
                    found.setdefault(place, set()).update(texts)
        if names := names_of(type(part)):
            waiting += [getattr(part, name) for name in names]
        elif isinstance(part, Mapping):
            waiting += part.values()
        elif isinstance(part, Iterable):
            waiting += part
    return found


def _texts(rulebook: Rulebook, side: object) -> Iterator[str]:
    if isinstance(side, ParameterOf):
        yield from (each.value for each in rulebook.parameters[side.name].values if isinstance(each.value, str))
    elif isinstance(side, Constant) and isinstance(side.value, str):
        yield side.value
