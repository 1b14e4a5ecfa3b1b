"""SARIF 2.1.0: a run for each report, a rule for each check, a result for each verdict.

A breach fails as an error, a deviation as a warning; what is waived is a failure with its waivers as suppressions; what
could not be determined is open, a warning asks for review. Results point at the rule in the rulebook, and name the rows
behind them as logical locations.
"""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote

from policydsl.catalogue.telling import told
from policydsl.diagnostics import DataPlace, Diagnostic, Severity
from policydsl.model.rulebook import Check, Outcome
from policydsl.reports.json_text import Json, json_text
from policydsl.reports.naming import about, verdict_name
from policydsl.reports.places import place
from policydsl.reports.signs import allowed
from policydsl.source import Span
from policydsl.verdicts import Verdict

if TYPE_CHECKING:
    from policydsl.reports.report import Report

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST_ROWS = 100

_KINDS: dict[Outcome, tuple[str, str]] = {
    "breach": ("fail", "error"), "deviation": ("fail", "warning"), "waived": ("fail", "error"),
    "undetermined": ("open", "none"), "warning": ("review", "none"), "pass": ("pass", "none"),
    "not applicable": ("notApplicable", "none"),
}  # fmt: skip
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def sarif_text(reports: Sequence["Report"]) -> str:
    """The reports as a SARIF log."""
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report) for report in reports]}) + "\n"


def _run(report: "Report") -> dict[str, Json]:
    checks = {verdict.id: verdict.check for verdict in report.verdicts}
    index = {id: at for at, id in enumerate(checks)}
    return {
        "tool": {
            "driver": {
                "name": "policydsl",
                "rules": [_rule(check) for check in checks.values()],
            }
        },
        "language": report.language,
        "columnKind": "unicodeCodePoints",
        "automationDetails": {"id": allowed(about(report)), "description": _message(about(report))},
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [_notification(each, report) for each in report.diagnostics],
            }
        ],
        "results": [_result(verdict, index[verdict.id], report) for verdict in report.verdicts],
        "properties": {
            "outcome": report.outcome,
            "as_of": report.as_of.isoformat() if report.as_of else None,
            "text_hash": report.text_hash,
            "meaning_hash": report.meaning_hash,
            "data_hash": report.data_hash,
        },
    }


def _message(text: str) -> dict[str, Json]:
    return {"text": allowed(text)}


def _rule(check: Check) -> dict[str, Json]:
    return {
        "id": allowed(check.id),
        "shortDescription": _message(check.title or check.requirement or check.id),
        "fullDescription": _message(check.requirement or check.title or check.id),
        "defaultConfiguration": {"level": "error" if check.strength == "must" else "warning"},
        "properties": {"source": [allowed(each) for each in check.remarks.sources]},
    }


def _result(verdict: Verdict, index: int, report: "Report") -> dict[str, Json]:
    kind, level = _KINDS[verdict.outcome]
    locations = _location(verdict.check.span, report)
    behind = (*verdict.behind().counted[:MOST_ROWS], *verdict.unsettled[:MOST_ROWS])
    named = {f"{row.table}/{row.number}": allowed(row.name) for row in behind}
    rows: list[Json] = [{"name": name, "fullyQualifiedName": full, "kind": "element"} for full, name in named.items()]
    where: dict[str, Json] = {**locations, **({"logicalLocations": rows} if rows else {})}
    mark = sha256(verdict_name(verdict).encode("utf-8", "replace")).hexdigest()
    body: dict[str, Json] = {
        "ruleId": allowed(verdict.id),
        "ruleIndex": index,
        "kind": kind,
        "level": level,
        "message": _message(verdict.sentence),
        "locations": [where] if where else [],
        "partialFingerprints": {"verdict/v1": mark},
        "properties": {
            "outcome": verdict.outcome,
            "group": {allowed(key): None if text is None else allowed(text) for key, text in verdict.group},
        },
    }
    if verdict.outcome == "waived":
        body["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": allowed(f"{each.id}: {each.because}")}
            for each in verdict.waivers
        ]
    return body


def _location(span: Span, report: "Report") -> dict[str, Json]:
    at = place(span, report.sources)
    if at is None:
        return {}
    region: dict[str, Json] = {
        "startLine": at.start.line, "startColumn": at.start.column,
        "endLine": at.end.line, "endColumn": at.end.column,
    }  # fmt: skip
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(at.path)}, "region": region}}


def _uri(path: str) -> str:
    """A path as a reference: relative as it is, else that of a file."""
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix().encode("utf-8", "replace"))


def _notification(diagnostic: Diagnostic, report: "Report") -> dict[str, Json]:
    said = told(diagnostic, report.language)
    place_of = f" ({said.where})" if isinstance(said.where, DataPlace) else ""
    location = _location(said.where, report) if isinstance(said.where, Span) else {}
    return {
        "descriptor": {"id": said.code},
        "level": _LEVELS[said.severity],
        "message": _message(f"{said.message}{place_of}"),
        "locations": [location] if location else [],
    }
