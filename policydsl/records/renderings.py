"""The runs of a record and what an audit found, for reading and as JSON."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from policydsl.catalogue.languages import phrase, sentence
from policydsl.records.auditing import Audit, Fault
from policydsl.records.chain import Head
from policydsl.records.run import Run
from policydsl.reports.json_text import Json, json_text
from policydsl.reports.layout import columns, paragraph

Documents = Mapping[int, Mapping[str, Any]]
"""What was recorded of documents, by the numbers of their runs."""


def runs_text(runs: Sequence[Run], documents: Documents, head: Head | None, language: str) -> str:
    """One line a report: the run, the day judged, when it was recorded, the rulebook, the outcome, the document that
    was made of it; and the head of the record, which is that of its last entry: a run, a document, a cause or a
    decision."""
    say = partial(sentence, language)
    heads = (
        say("run"),
        say("as of"),
        say("recorded"),
        say("outcome"),
        say("rulebook"),
        say("document") if documents else "",
    )
    rows = [heads]
    for run in runs:
        for report in run.reports:
            title = report.title + (f", {report.scenario}" if report.scenario else "")
            made = documents.get(run.number)
            document = "" if made is None else f"{made['template']}, {made['form']}"
            day = report.as_of.isoformat()
            rows.append((str(run.number), day, run.evaluated_at, say(report.outcome), title, document))
    told = columns(rows, indent=0)
    last = [] if head is None else [say("head {head}", head=head)]
    return "\n".join([*(told if runs else [say("there are no runs")]), *last]) + "\n"


def runs_json(runs: Sequence[Run], documents: Documents) -> str:
    """The same for programs, each run with its head."""
    body = [
        {
            "run": run.number,
            "head": str(run.head),
            "evaluated_at": run.evaluated_at,
            "policydsl": run.body["policydsl"],
            "parameters": run.body["asked"]["supplied"],
            "files": [{"path": path, "sha256": hash, "bytes": size} for path, hash, size in run.body["files"]],
            "document": (
                {name: documents[run.number][name] for name in ("template", "form", "sha256", "language")}
                if run.number in documents
                else None
            ),
            "reports": [
                {
                    name: report.body[name]
                    for name in (
                        "title", "version", "scenario", "as_of", "outcome", "counts", "text_hash", "meaning_hash",
                        "data_hash",
                    )
                }
                for report in run.reports
            ],
        }
        for run in runs
    ]  # fmt: skip
    return json_text({"schema_version": "1", "runs": body}) + "\n"


def audit_text(audit: Audit, path: str, language: str) -> str:
    """What was found, the worst that can be said first."""
    say = partial(sentence, language)
    counted = say("{runs} runs with {verdicts} verdicts", runs=audit.runs, verdicts=audit.verdicts)
    if audit.is_whole:
        lines = paragraph(say("{file} is as it was recorded: {counted}", file=path, counted=counted), 0, 2)
    else:
        count = len(audit.faults)
        told = "{file} is not as it was recorded: {count} faults" if count > 1 else "{file} is not as it was recorded"
        lines = paragraph(say(told, file=path, count=count), 0, 2)
        lines += [line for fault in audit.faults for line in paragraph(f"- {_told(fault, language)}", 2, 2)]
        lines += paragraph(say("as it was: {counted}", counted=counted), 0, 2)
    for head, more in audit.after:
        told = "after the head {head} nothing was added" if not more else "after the head {head} {count} were added"
        lines += paragraph(say(told, head=head, count=more), 0, 2)
    if audit.is_whole and not audit.after and audit.head is not None:
        told = say(
            "without a head that was noted elsewhere, an audit does not see that all hashes were worked out anew or "
            "the end was cut off: note the head, and give it with `--head`"
        )
        lines += paragraph(told, 0, 2)
    lines += [say("head {head}", head=audit.head)] if audit.head is not None else []
    return "\n".join(lines) + "\n"


def _told(fault: Fault, language: str) -> str:
    return sentence(
        language, fault.sentence, **{name: phrase(language, str(one)) for name, one in fault.blanks.items()}
    )


def audit_json(audit: Audit) -> str:
    """The same for programs."""
    body: dict[str, Json] = {
        "schema_version": "1",
        "whole": audit.is_whole,
        "runs": audit.runs,
        "verdicts": audit.verdicts,
        "head": None if audit.head is None else str(audit.head),
        "faults": [{"what": fault.what, "message": fault.text} for fault in audit.faults],
        "after": [{"head": str(head), "entries": more} for head, more in audit.after],
    }
    return json_text(body) + "\n"
