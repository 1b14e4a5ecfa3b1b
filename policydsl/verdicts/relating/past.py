"""Columns as they stood on another day."""

from collections.abc import Mapping
from datetime import date

from policydsl.data.table import Data
from policydsl.figures.environment import Days, Environment
from policydsl.figures.interval import Figure
from policydsl.figures.operations import as_value
from policydsl.figures.scalar import evaluate
from policydsl.figures.values import folded
from policydsl.model.expressions import ColumnOf, Expression, Value
from policydsl.model.rulebook import Past
from policydsl.model.types import DATE
from policydsl.verdicts.relating.workshop import Workshop


def values_before(column: Past, table: str, shop: Workshop) -> tuple[Value, ...]:
    """What the rows of the same keys said on the other day, row by row: unknown where there was no such row."""
    own, days = shop.data[table], shop.environment.days
    day = _day(column.date, table, shop.environment, days)
    if day is None or days is None or not len(own):
        return (None,) * len(own)
    data, environment = days.standing(day)
    then = Workshop(shop.rulebook, dict(data), shop.opener, environment)
    read = ColumnOf(table, column.of, column.type)
    rows = then.rows(table, (read,))
    places = _places(data[table], shop.rulebook.tables[table].keys)
    at_place = (places.get(key) for key in _keys(own, shop.rulebook.tables[table].keys))
    return tuple(None if at is None else rows.value(read, at) for at in at_place)


def _day(written: Expression | None, table: str, environment: Environment, days: Days | None) -> date | None:
    """The other day; None if it is not known, or later than the day that is judged."""
    today = environment.as_of
    if today is None or days is None:
        return None
    if written is None:
        return days.before((table,), today)
    found = as_value(evaluate(written, _no_figure, environment), DATE)
    return found if isinstance(found, date) and found <= today else None


def _no_figure(node: object) -> Figure:
    raise TypeError(f"{type(node).__name__} is no part of a day")


def _keys(data: Data, columns: tuple[str, ...]) -> list[tuple[Value, ...]]:
    return [tuple(map(folded, key)) for key in zip(*(data.columns[name] for name in columns), strict=True)]


def _places(data: Data, columns: tuple[str, ...]) -> Mapping[tuple[Value, ...], int | None]:
    """Where the row of each key stands; None where several have it, or part of it is not known."""
    places: dict[tuple[Value, ...], int | None] = {}
    for at, key in enumerate(_keys(data, columns)):
        places[key] = None if key in places or None in key else at
    return places
