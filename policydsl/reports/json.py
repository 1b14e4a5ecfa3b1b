"""The report as JSON, after `report.schema.json`.

A figure is a text: `0.25` where decimals write it exactly, `173676416/390040795` where none do. Money is in units of
its currency, a term in months or days, a share a fraction of one. What is known only within bounds is
`{"low", "high"}`, with null for an end that there is not; null is what has no value at all.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from policydsl._lazy import Lazy
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.figures.interval import Figure, Interval
from policydsl.model.expressions import Known
from policydsl.model.origin import Origin
from policydsl.model.rulebook import Waiver
from policydsl.model.types import (
    AnswersType,
    DateType,
    GradeType,
    LabelType,
    ListType,
    Numeric,
    TextType,
    Type,
    YesNoType,
)
from policydsl.model.words import words
from policydsl.reports.json_text import Json, json_text
from policydsl.reports.since import Since
from policydsl.source import Source
from policydsl.verdicts import Against, FigureLine, Outside, Row, Verdict
from policydsl.verdicts.digits import exact
from policydsl.verdicts.said import Said
from policydsl.verdicts.verdict import Cure
from policydsl.verdicts.wording import Wording, plain

if TYPE_CHECKING:
    from policydsl.reports.report import Report

SCHEMA_VERSION = "1"

MOST_ROWS = 100
"""Rows listed of each kind; how many there are stands beside them."""


def report_json(report: "Report") -> str:
    """The report as JSON, with an end of line."""
    return json_text(report_body(report, _Bodies(report))) + "\n"


class _Bodies(Lazy[Json]):
    """What JSON is made of for each verdict, made one by one: of very many it takes much more room than its text."""

    def __init__(self, report: "Report") -> None:
        self._report = report

    def __len__(self) -> int:
        return len(self._report.verdicts)

    def item(self, at: int) -> Json:
        """That of one verdict."""
        return _with_since(self._report.verdicts[at], self._report)

    def __iter__(self) -> Iterator[Json]:
        return (_with_since(verdict, self._report) for verdict in self._report.verdicts)


def report_body(report: "Report", verdicts: Sequence[Json] | None = None) -> dict[str, Json]:
    """The report as what JSON is made of."""
    return {
        "schema_version": SCHEMA_VERSION,
        "rulebook": {
            "title": report.title,
            "version": report.version,
            "text_hash": report.text_hash,
            "meaning_hash": report.meaning_hash,
        },
        "as_of": _day(report.as_of),
        "scenario": report.scenario,
        "data_hash": report.data_hash,
        "outcome": report.outcome,
        "verdicts": [*_Bodies(report)] if verdicts is None else verdicts,
        "figures": [_figure_line(line) for line in report.figures],
        "diagnostics": [diagnostic_body(each, report.sources) for each in report.diagnostics],
        "run": {"engine": report.engine},
    }


def _with_since(verdict: Verdict, report: "Report") -> Json:
    """A verdict; in a report of a recorded check also since when it has failed."""
    body, since = verdict_body(verdict), report.since.get((verdict.id, verdict.group))
    if since is not None:
        body["since"] = _since(since)
    return body


def _since(since: Since) -> Json:
    ruled = since.ruled
    return {
        "day": _day(since.day),
        "sure": since.sure,
        "days": since.days,
        "before": _day(since.before),
        "until": _day(since.until),
        "cause": None if ruled is None else {"cause": ruled.cause, "by": ruled.by, "because": ruled.because or None},
    }


def verdict_body(verdict: Verdict) -> dict[str, Json]:
    """A verdict as what JSON is made of."""
    part = verdict.part
    return {
        "rule": verdict.check.rule,
        "cell": verdict.check.cell,
        "id": verdict.id,
        "title": verdict.check.title,
        "group": dict(verdict.group) if verdict.group else None,
        "day": _day(verdict.as_of) if verdict.days or verdict.check.purchase else None,
        "days": _span(verdict.days),
        "window": _span(verdict.window),
        "strength": verdict.check.strength,
        "requirement": verdict.check.requirement,
        "outcome": verdict.outcome,
        "figure": _figure(verdict.figure, verdict.type, verdict.wording),
        "unit": unit(verdict.type),
        "bound": _bound(verdict.bound, verdict),
        "amount": _figure(part.amount, part.type, verdict.wording) if part else None,
        "base": _figure(part.base, part.type, verdict.wording) if part else None,
        "base_unit": unit(part.type) if part else None,
        "headroom": {"amount": _exact(verdict.headroom.amount), "points": _exact(verdict.headroom.points)},
        "utilisation": _exact(verdict.utilisation),
        "rows": _rows(verdict, verdict.count, verdict.unsure),
        "outside": [_outside(each) for each in verdict.outside],
        "because": verdict.reason or None,
        "missing": list(verdict.missing),
        "waivers": [_waiver(each) for each in verdict.waivers],
        "unwaived": verdict.unwaived,
        "cure": _cure(verdict.cure),
        "source": list(verdict.sources),
        "origin": _origin(verdict.check.origin),
        "sentence": verdict.sentence,
    }


def _origin(origin: Origin | None) -> Json:
    if origin is None:
        return None
    changes: list[Json] = [{"how": change.how, "by": change.by} for change in origin.changes]
    return {"rulebook": origin.rulebook, "changes": changes, "stands_on": list(origin.stands_on)}


def _waiver(waiver: Waiver) -> Json:
    return {
        "id": waiver.id,
        "granted_by": waiver.granted_by,
        "granted_on": _day(waiver.granted_on),
        "until": _day(waiver.until),
        "cap": waiver.cap_words or None,
        "because": waiver.because,
    }


def _cure(cure: Cure | None) -> Json:
    if cure is None:
        return None
    return {"within": cure.within, "since": _day(cure.since), "sure": cure.sure, "until": _day(cure.until)}


def _figure_line(line: FigureLine) -> Json:
    return {
        "name": line.name,
        "group": dict(line.group) if line.group else None,
        "value": _figure(line.figure, line.type, line.wording) if line.said is None else _said(line.said, line),
        "unit": unit(line.type),
        "rows": _rows(line, line.count, None),
        "source": list(line.quantity.remarks.sources),
    }


def _said(said: Said, line: FigureLine) -> Json:
    """What is no figure: yes and no in English, whatever the language of the report."""
    of = line.type.of if isinstance(line.type, AnswersType) else line.type
    sure, perhaps = ([_known(value, of, line.wording.neutral) for value in each] for each in (said.sure, said.perhaps))
    if said.exact and not said.several:
        return sure[0]
    return {"answers": sure, "perhaps": perhaps, "others": said.open} if said.several or not said.open else None


def _bound(bound: Against | None, verdict: Verdict) -> Json:
    if bound is None:
        return None
    ends = {"value": bound.value, "high": bound.high, "norm": bound.norm, "warn": bound.warn}
    return {
        "op": bound.op,
        **{name: _figure(figure, verdict.type, verdict.wording) for name, figure in ends.items()},
        "of": verdict.part.of if verdict.part else None,
        "text": verdict.bound_words,
    }


def _rows(of: Verdict | FigureLine, count: int | None, unsure: int | None) -> Json:
    behind = of.behind()
    return {
        "count": count,
        "unsure": unsure,
        "counted": _listed(behind.counted, of),
        "unsettled": [{**_row(row), "columns": list(row.columns)} for row in behind.unsettled.rows[:MOST_ROWS]],
        "exempt": [_row(row) for row in behind.exempt[:MOST_ROWS]],
    }


def _listed(rows: Sequence[Row], of: Verdict | FigureLine) -> Json:
    against = isinstance(of, Verdict) and of.is_against_rows
    return [
        {
            **_row(row),
            "value": _known(row.value, row.type, of.wording),
            **({"decided_by": _decided(row, of.wording)} if against else {}),
        }
        for row in rows[:MOST_ROWS]
    ]


def _decided(row: Row, wording: Wording) -> dict[str, Json]:
    return {words(each.what): _known(each.value, each.type, wording) for each in row.decided()}


def _row(row: Row) -> dict[str, Json]:
    return {"name": row.name, "table": row.table, "row": row.number}


def _outside(outside: Outside) -> Json:
    return {
        "table": outside.table,
        "category": outside.category,
        "count": len(outside.rows),
        "rows": [_row(row) for row in outside.rows[:MOST_ROWS]],
    }


def _figure(figure: Figure | None, type: Type | None, wording: Wording) -> Json:
    if not isinstance(figure, Interval) or type is None or (figure.low is None and figure.high is None):
        return None
    if figure.low == figure.high:
        return _known(figure.low, type, wording)
    return {"low": _known(figure.low, type, wording), "high": _known(figure.high, type, wording)}


def _known(value: Known | None, type: Type | None, wording: Wording) -> Json:
    if value is None:
        return None
    if isinstance(value, Fraction) and isinstance(type, Numeric):
        return exact(value)
    return plain(value, type, wording) if type is not None else str(value)


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else exact(value)


def unit(type: Type | None) -> str | None:
    """What a figure is counted in: `share`, `number`, `SEK`, `months`, `date`, `grade of long_rating`, ..."""
    match type:
        case None:
            return None
        case AnswersType(of=of):
            return unit(of)
        case Numeric(dims=()):
            return "share" if type.share else "number"
        case Numeric(dims=dims):
            return " × ".join(name if power == 1 else f"{name}^{power}" for name, power in dims)
        case GradeType(scale=scale):
            return f"grade of {scale}"
        case LabelType(owner=owner):
            return f"label of {owner}"
        case DateType():
            return "date"
        case YesNoType():
            return "yes/no"
        case TextType() | ListType():
            return "text"
        case _:
            return "time between dates"


def diagnostic_body(diagnostic: Diagnostic, sources: Sequence[Source]) -> Json:
    """A message as what JSON is made of."""
    where = diagnostic.where
    place: Json = None
    if isinstance(where, DataPlace):
        place = {"path": where.path, "sheet": where.sheet, "row": where.row, "column": where.column}
    elif where is not None:
        source = next((source for source in sources if source.path == where.path), None)
        at = source.position(where.start) if source else None
        place = {"path": where.path, "line": at.line if at else None, "column": at.column if at else None}
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "where": place,
        "hints": list(diagnostic.hints),
    }


def _span(days: tuple[date, date] | None) -> Json:
    return None if days is None else [_day(day) for day in days]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
