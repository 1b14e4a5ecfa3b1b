"""One recorded run: what its entry says, and its lines."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from attrs import define, frozen

from policydsl.records.chain import Entry, Head, Line
from policydsl.records.database import Database, RecordError, altered
from policydsl.records.packing import unpacked

RUN = "run"
"""The kind of entry that a run is."""

Key = tuple[str, tuple[tuple[str, str | None], ...]]
"""A check by its id, and a group of it."""


@frozen
class Said:
    """A verdict or a figure as it was recorded: `body` is what stands in a report in JSON, and what it was in words."""

    body: Mapping[str, Any]
    detail: Mapping[str, Any]
    """The rows behind it, a hundred of each kind at most."""

    @property
    def key(self) -> Key:
        """What it has in common with the same of another run."""
        return self.body["id"], tuple((column, value) for column, value in self.body["group"])

    @property
    def outcome(self) -> str:
        """The outcome of a verdict."""
        found: str = self.body["outcome"]
        return found


@frozen
class RecordedReport:
    """A report of a run: by which rulebook, on which day, in which scenario if any, and where its lines stand."""

    run: int
    title: str
    scenario: str | None
    as_of: date
    body: Mapping[str, Any]

    @property
    def outcome(self) -> str:
        """The worst outcome."""
        found: str = self.body["outcome"]
        return found


@define(eq=False, slots=False)
class Run:
    """A run as it was recorded; what is read of it is held against the hashes in its entry."""

    entry: Entry
    database: Database

    @property
    def number(self) -> int:
        """The number of its entry."""
        return self.entry.number

    @property
    def head(self) -> Head:
        """What stands for the record up to this run."""
        return self.entry.head

    @property
    def evaluated_at(self) -> str:
        """When it was recorded, in UTC: the only thing in a record that a clock says."""
        return self.entry.at

    @cached_property
    def body(self) -> Mapping[str, Any]:
        """What the entry says."""
        found: Mapping[str, Any] = unpacked(self.entry.body)
        return found

    @cached_property
    def reports(self) -> tuple[RecordedReport, ...]:
        """Its reports: one of each rulebook, and one of each scenario that was asked for."""
        return tuple(
            RecordedReport(self.number, one["title"], one["scenario"], date.fromisoformat(one["as_of"]), one)
            for one in self.body["reports"]
        )

    def content(self, hash: str) -> Any:
        """A content that the run rests on."""
        text = self.database.content(hash)
        if text is None:
            raise RecordError([altered(self.database.path, f"what run {self.number} rests on")])
        return unpacked(text)

    @cached_property
    def _lines(self) -> Sequence[Line]:
        return self.database.lines(self.number)

    def said(self, report: RecordedReport) -> tuple[list[Said], list[Said]]:
        """The verdicts and the figures of a report, in its order."""
        expected = self.content(report.body["lines"])
        first = report.body["first"]
        found = {line.place: line for line in self._lines if first <= line.place < first + len(expected)}
        verdicts: list[Said] = []
        figures: list[Said] = []
        for place, (kind, name, hash) in enumerate(expected, first):
            line = found.get(place)
            if line is None or line.hash != hash:
                raise RecordError([altered(self.database.path, f"`{name}` of run {self.number}")])
            said = Said(unpacked(line.body), unpacked(line.detail))
            (verdicts if kind == "verdict" else figures).append(said)
        return verdicts, figures
