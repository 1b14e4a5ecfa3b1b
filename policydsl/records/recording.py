"""What is kept of a run: enough to make its reports again, byte for byte, and to follow each figure over time."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from attrs import define, evolve, field, frozen

import policydsl
from policydsl.api import Rulebook
from policydsl.data.parameters import Supplied
from policydsl.diagnostics import Diagnostic
from policydsl.inputs.databases.address import is_address
from policydsl.inputs.places import find_files, path_name
from policydsl.inputs.sheet import Sheet
from policydsl.records.chain import Line, digest
from policydsl.records.packing import message_body, packed, sheet_text, supplied_body
from policydsl.reports.json import report_body
from policydsl.reports.json_text import json_text
from policydsl.reports.limit_lines import figure_of
from policydsl.reports.report import Report
from policydsl.reports.several import Reports
from policydsl.verdicts import FigureLine, Verdict
from policydsl.verdicts.curing import last_day


@frozen(eq=False)
class Asked:
    """What a run was asked: all that its reports follow from."""

    rulebooks: Sequence[Rulebook]
    sheets: Mapping[str, Sheet]
    as_of: date | None
    supplied: Mapping[str, Supplied]
    engine: str
    told: Sequence[Diagnostic] = ()
    """What was said when the data were read."""
    scenarios: Sequence[str] = ()
    plain: bool = True
    """Whether no scenario was asked for, so that one report stands by itself."""
    files: Sequence[tuple[str, str, int]] = ()
    """The files that were read: name, SHA-256 of their bytes, and size."""


@define
class Kept:
    """An entry's text, its lines as pairs of texts, and the contents that it rests on, by their hashes."""

    body: str = ""
    lines: list[tuple[str, str]] = field(factory=list)
    contents: dict[str, str] = field(factory=dict)

    def content(self, value: object) -> str:
        """Keeps a value; its hash."""
        return self.text(packed(value))

    def text(self, text: str) -> str:
        """Keeps a packed text; its hash."""
        hash = digest(text)
        self.contents[hash] = text
        return hash


def kept(asked: Asked, reports: Reports) -> Kept:
    """What an entry of a run holds."""
    found = Kept()
    found.body = packed(
        {
            "policydsl": policydsl.__version__,
            "asked": {
                "as_of": None if asked.as_of is None else asked.as_of.isoformat(),
                "engine": asked.engine,
                "supplied": supplied_body(asked.supplied),
                "scenarios": list(asked.scenarios),
                "plain": asked.plain,
            },
            "rulebooks": [rulebook_entry(one, found) for one in asked.rulebooks],
            "tables": [[name, found.text(sheet_text(sheet))] for name, sheet in asked.sheets.items()],
            "files": [list(one) for one in asked.files],
            "told": found.content([message_body(one) for one in asked.told]),
            "reports": [report_entry(one, found) for one in reports.all],
        }
    )
    return found


def fingerprints(given: Sequence[str]) -> list[tuple[str, str, int]]:
    """The files that data are read from: name, SHA-256 and size of each. Tables of a database have none."""
    found = []
    for file in find_files([each for each in given if not is_address(each)])[0]:
        if file.path.is_file():
            with file.path.open("rb") as opened:
                hashed = sha256()
                while part := opened.read(1 << 20):
                    hashed.update(part)
                found.append((path_name(file.path), hashed.hexdigest(), opened.tell()))
    return found


def rulebook_entry(rulebook: Rulebook, found: Kept) -> dict[str, object]:
    """What an entry says of a rulebook, whose texts are kept with it."""
    model = rulebook.model
    return {
        "title": model.title,
        "version": model.version,
        "text_hash": model.text_hash,
        "meaning_hash": model.meaning_hash,
        "told_in": model.told_in,
        "files": [[source.path, found.content(source.text)] for source in model.sources],
        "told": remarks_on(rulebook, found),
    }


def remarks_on(rulebook: Rulebook, found: Kept) -> str:
    """Keeps what was said about a rulebook; the hash of it."""
    return found.content([message_body(one) for one in rulebook.diagnostics])


def report_entry(report: Report, found: Kept) -> dict[str, object]:
    """What an entry says of a report, whose verdicts and figures are kept with it."""
    assert report.as_of is not None
    body: dict[str, Any] = report_body(report)
    first = len(found.lines) + 1
    return {
        "title": report.title,
        "version": report.version,
        "scenario": report.scenario,
        "as_of": report.as_of.isoformat(),
        "outcome": report.outcome,
        "counts": dict(report.counts),
        "data_hash": report.data_hash,
        "text_hash": report.text_hash,
        "meaning_hash": report.meaning_hash,
        "engine": report.engine,
        "language": report.language,
        "json": digest(json_text(body) + "\n"),
        "first": first,
        "lines": found.content(list(_lines(report, body, found))),
    }


def _lines(report: Report, body: Mapping[str, Any], found: Kept) -> Iterator[list[object]]:
    """Keeps the verdicts and figures of a report; what is listed of each."""
    told = [("verdict", *_verdict(one, made)) for one, made in zip(report.verdicts, body["verdicts"], strict=True)]
    told += [("figure", *_figure(one, made)) for one, made in zip(report.figures, body["figures"], strict=True)]
    for kind, said, rows in told:
        line = Line(0, packed(said), packed(rows))
        found.lines.append((line.body, line.detail))
        until = (said.get("cure") or {}).get("until")
        yield [kind, said["id"], said["group"], said.get("outcome"), until, said.get("cure_from_here"), line.hash]


def _verdict(verdict: Verdict, made: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A verdict as a report in JSON tells it, with its words; and the rows behind it."""
    said = {name: value for name, value in made.items() if name not in ("rows", "outside")}
    said["group"] = list(verdict.group)
    said["words"] = {
        "figure": verdict.figure_words,
        "bound": verdict.bound_words,
        "headroom": verdict.headroom_words,
        "finding": evolve(verdict, cure=None).finding,  # until when it is to be put right, the record knows better
    }
    if verdict.is_about_rows:
        said["words"]["failing"] = figure_of(verdict)
    said["on_purchase"] = verdict.check.purchase is not None
    said["cure_from_here"] = _iso(last_day(verdict.check, verdict.as_of)) if verdict.cure is not None else None
    return said, {"rows": made["rows"], "outside": made["outside"]}


def _figure(line: FigureLine, made: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    said = {name: value for name, value in made.items() if name != "rows"}
    said["id"] = line.name
    said["group"] = list(line.group)
    said["words"] = {"figure": line.figure_words}
    return said, {"rows": made["rows"]}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
