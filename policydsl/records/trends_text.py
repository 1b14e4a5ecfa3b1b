"""Figures over time for reading: a table each, and a small drawing of bars."""

from collections.abc import Sequence
from fractions import Fraction
from functools import partial

from policydsl.catalogue.languages import sentence
from policydsl.records.run import name_of
from policydsl.records.trends import Point, Trend, columns_of
from policydsl.reports.layout import columns, paragraph

_BARS = "▁▂▃▄▅▆▇█"
_NONE = "·"


def trends_text(trends: Sequence[Trend], left: int, language: str | None = None) -> str:
    """Some trends, and how many there are beside them."""
    blocks = [_trend(each, language or each.language) for each in trends]
    if left:
        told = "{count} others were never anything but kept: name them, or ask for `--every` one"
        words = language or (trends[0].language if trends else "en")
        blocks.append(paragraph(sentence(words, told, count=left), 0, 2))
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _trend(trend: Trend, language: str) -> list[str]:
    say = partial(sentence, language)
    called = name_of(trend.id, trend.group, language)
    name = f"{called}: {trend.title}" if trend.title else called
    scenario = f", {trend.scenario}" if trend.scenario else ""
    shown = columns_of(trend.points)
    heads = (say("day"), *map(say, shown), say("outcome"))
    rows = [heads, *(_row(point, shown, language) for point in trend.points)]
    bars = bars_of(trend.points)
    return [
        *paragraph(f"{name} ({trend.rulebook}{scenario})", 0, 2),
        *([f"  {bars}"] if bars.strip(_NONE) else []),
        *columns(rows, 2, 34),
    ]


def _row(point: Point, shown: Sequence[str], language: str) -> tuple[str, ...]:
    outcome = "" if point.outcome is None else sentence(language, point.outcome)
    cells = {"figure": point.figure, "bounds": point.bound, "room": point.headroom}
    return (point.day.isoformat(), *(cells[name] for name in shown), outcome)


def bars_of(points: Sequence[Point]) -> str:
    """A bar a point, from the least to the greatest of all figures and bounds, zero among them; a dot where a figure
    has no value."""
    every = [one for point in points for one in (point.low, point.high, point.floor, point.ceiling) if one is not None]
    least, most = min([Fraction(0), *every]), max([Fraction(0), *every])
    return "".join(_bar(point, least, most) for point in points)


def _bar(point: Point, least: Fraction, most: Fraction) -> str:
    value = point.high if point.low is None else point.low
    if value is None:
        return _NONE
    if least == most:
        return _BARS[0]
    return _BARS[min(len(_BARS) - 1, int((value - least) / (most - least) * len(_BARS)))]
