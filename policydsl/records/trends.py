"""A figure against its limit, run after run."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import frozen

from policydsl.records.run import Key, Said, name_of
from policydsl.records.series import Series
from policydsl.syntax.retelling import names_check

NOTEWORTHY = ("breach", "deviation", "undetermined", "waived", "warning")
"""Outcomes that make a trend one to show without being asked for."""


@frozen
class Point:
    """A figure on one day: in words, and exactly, from `low` to `high`; and what it was held against. None where it is
    no number or has no such end. `outcome` is None for a figure that nothing judges."""

    day: date
    run: int
    outcome: str | None
    figure: str
    bound: str
    headroom: str
    low: Fraction | None
    high: Fraction | None
    floor: Fraction | None
    ceiling: Fraction | None


@frozen(eq=False)
class Trend:
    """The points of one check and group, or of one figure, of one rulebook, the earliest first. `language` is that of
    the last report."""

    rulebook: str
    scenario: str | None
    id: str
    group: tuple[tuple[str, str | None], ...]
    title: str
    unit: str | None
    language: str
    points: tuple[Point, ...]

    @property
    def name(self) -> str:
        """`T5[D..E], issuer Staten`."""
        return name_of(self.id, self.group)

    @property
    def is_noteworthy(self) -> bool:
        """Whether it was anything but kept on some day."""
        return any(point.outcome in NOTEWORTHY for point in self.points)


def trends_of(series: Series) -> list[Trend]:
    """A trend of each check and group, and of each figure, in the order of the last report; those that are not in it
    come after."""
    found: dict[tuple[str, Key], list[tuple[Said, Point]]] = {}
    for day in reversed(series.days):
        for one, said in day.all_said():
            found.setdefault((one.kind, one.key), []).append((said, _point(said, day.as_of, day.run.number)))
    language = series.days[-1].report.body["language"]
    return [_trend(series, told, language) for told in found.values()]


def columns_of(points: Sequence[Point]) -> list[str]:
    """The columns of a table of points besides day and outcome: a condition on rows has neither bounds nor room."""
    shown = (("bounds", any(one.bound for one in points)), ("room", any(one.headroom for one in points)))
    return ["figure", *(name for name, there in shown if there)]


def _trend(series: Series, told: Sequence[tuple[Said, Point]], language: str) -> Trend:
    last = told[0][0].body
    unit, id = last["unit"], last["id"]
    group = tuple((column, value) for column, value in last["group"])
    points = tuple(point for said, point in reversed(told) if said.body["unit"] == unit or said.body["unit"] is None)
    title = last.get("title") or ""
    return Trend(series.title, series.scenario, id, group, title, unit, language, points)


def _point(said: Said, day: date, run: int) -> Point:
    body, words = said.body, said.body["words"]
    low, high = _ends(body.get("figure", body.get("value")), body["unit"])
    floor, ceiling = _bounds(body.get("bound"), body["unit"])
    bound, room = words.get("bound", ""), words.get("headroom", "")
    figure = words.get("failing") or words["figure"]
    return Point(day, run, body.get("outcome"), figure, bound, room, low, high, floor, ceiling)


def _bounds(bound: Mapping[str, Any] | None, unit: str | None) -> tuple[Fraction | None, Fraction | None]:
    """The least and the greatest value that is allowed, where they are exact."""
    if bound is None:
        return None, None
    first, second = (_exact(bound[name], unit) for name in ("value", "high"))
    match bound["op"]:
        case "<=" | "<":
            return None, first
        case ">=" | ">":
            return first, None
        case "=":
            return first, first
        case "between":
            return first, second
    return None, None


def _exact(value: Any, unit: str | None) -> Fraction | None:
    low, high = _ends(value, unit)
    return low if low == high else None


def _ends(value: Any, unit: str | None) -> tuple[Fraction | None, Fraction | None]:
    """Both ends of a figure in a report in JSON; None for what is no number."""
    if not isinstance(value, Mapping):
        value = {"low": value, "high": value}
    if not _is_counted(unit):
        return None, None
    low, high = (_number(value.get(name)) for name in ("low", "high"))
    return low, high


def _is_counted(unit: str | None) -> bool:
    """Whether a unit is one of numbers."""
    if unit is None or unit in ("date", "yes/no", "text", "time between dates"):
        return False
    return not unit.startswith(("grade of ", "label of "))


def _number(text: Any) -> Fraction | None:
    return Fraction(text) if isinstance(text, str) else None


def chosen(trends: Sequence[Trend], names: Sequence[str], every: bool) -> Iterator[Trend]:
    """The trends that are asked for by rule, cell or figure; without names all, or else those worth noting."""
    noteworthy = any(each.is_noteworthy for each in trends)
    for each in trends:
        if names:
            if any(names_check(each.id, name) or name.casefold() == each.name.casefold() for name in names):
                yield each
        elif every or each.is_noteworthy or (not noteworthy and each.points[-1].low is not None):
            yield each
