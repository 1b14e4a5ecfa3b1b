"""Figures over time as JSON and as a frame."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from policydsl.records.trends import Point, Trend
from policydsl.reports.frame import rounded
from policydsl.reports.json_text import Json, json_text
from policydsl.verdicts.digits import exact

if TYPE_CHECKING:
    import pandas


def trends_json(trends: Sequence[Trend]) -> str:
    """Some trends; every number is an exact text."""
    return json_text({"schema_version": "1", "trends": [_trend(each) for each in trends]}) + "\n"


def _trend(trend: Trend) -> Json:
    return {
        "rulebook": trend.rulebook,
        "scenario": trend.scenario,
        "id": trend.id,
        "group": dict(trend.group) if trend.group else None,
        "title": trend.title or None,
        "unit": trend.unit,
        "points": [_point(point) for point in trend.points],
    }


def _point(point: Point) -> Json:
    return {
        "day": point.day.isoformat(),
        "run": point.run,
        "outcome": point.outcome,
        "figure": {"low": _exact(point.low), "high": _exact(point.high), "text": point.figure},
        "bound": {"floor": _exact(point.floor), "ceiling": _exact(point.ceiling), "text": point.bound},
        "headroom": point.headroom,
    }


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else exact(value)


def trends_frame(trends: Sequence[Trend]) -> "pandas.DataFrame":
    """One row a figure and day. Numbers are rounded to what a float holds; `exact` and the words are not."""
    import pandas

    rows = [_row(trend, point) for trend in trends for point in trend.points]
    return pandas.DataFrame(rows, columns=list(_COLUMNS))


_COLUMNS = (
    "rulebook", "scenario", "id", "group", "title", "day", "run", "outcome", "figure", "figure_low", "figure_high",
    "exact", "unit", "bound", "floor", "ceiling", "headroom",
)  # fmt: skip


def _row(trend: Trend, point: Point) -> dict[str, object]:
    return {
        "rulebook": trend.rulebook,
        "scenario": trend.scenario,
        "id": trend.id,
        "group": ", ".join(f"{column} = {'?' if value is None else value}" for column, value in trend.group) or None,
        "title": trend.title,
        "day": point.day,
        "run": point.run,
        "outcome": point.outcome,
        "figure": point.figure,
        "figure_low": rounded(point.low),
        "figure_high": rounded(point.high),
        "exact": exact(point.low) if point.low is not None and point.low == point.high else None,
        "unit": trend.unit,
        "bound": point.bound,
        "floor": rounded(point.floor),
        "ceiling": rounded(point.ceiling),
        "headroom": point.headroom,
    }
