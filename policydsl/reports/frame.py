"""The verdicts as a pandas frame."""

from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING

from policydsl.figures.interval import Figure
from policydsl.reports.json import unit
from policydsl.verdicts import Verdict
from policydsl.verdicts.wording import ends

if TYPE_CHECKING:
    import pandas

    from policydsl.reports.report import Report


def report_frame(report: "Report") -> "pandas.DataFrame":
    """One row a verdict. Numbers are rounded to what a float holds; the words beside them are not."""
    import pandas

    return pandas.DataFrame([_row(verdict) for verdict in report.verdicts], columns=list(_COLUMNS))


_COLUMNS = (
    "rule", "cell", "group", "title", "outcome", "figure", "figure_low", "figure_high", "unit", "bound", "headroom",
    "headroom_amount", "headroom_points", "utilisation", "rows", "waivers", "source", "sentence",
)  # fmt: skip


def _row(verdict: Verdict) -> dict[str, object]:
    check = verdict.check
    low, high = _bounds(verdict.figure)
    return {
        "rule": check.rule,
        "cell": check.cell,
        "group": ", ".join(f"{column} = {'?' if text is None else text}" for column, text in verdict.group) or None,
        "title": check.title,
        "outcome": verdict.outcome,
        "figure": verdict.figure_words,
        "figure_low": low,
        "figure_high": high,
        "unit": unit(verdict.type),
        "bound": verdict.bound_words,
        "headroom": verdict.headroom_words,
        "headroom_amount": rounded(verdict.headroom.amount),
        "headroom_points": rounded(verdict.headroom.points),
        "utilisation": rounded(verdict.utilisation),
        "rows": verdict.count,
        "waivers": ", ".join(waiver.id for waiver in verdict.waivers) or None,
        "source": "; ".join(verdict.sources),
        "sentence": verdict.sentence,
    }


def _bounds(figure: Figure | None) -> tuple[object, object]:
    """Both ends of a figure: numbers as floats, anything else as it is."""
    known = ends(figure)
    if not known:
        return None, None
    return _end(getattr(figure, "low", None)), _end(getattr(figure, "high", None))


def _end(end: object) -> object:
    return _nearest(end) if isinstance(end, Fraction) else end


def rounded(value: Fraction | None) -> float | None:
    """A number as the nearest float."""
    return None if value is None else _nearest(value)


def _nearest(value: Fraction) -> float:
    """The nearest float; of what no float holds, the infinite one."""
    try:
        return float(value)
    except OverflowError:
        return inf if value > 0 else -inf
