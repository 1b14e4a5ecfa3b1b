"""One recorded run: what its entry says, and its lines."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Literal

from attrs import define, frozen

from policydsl.catalogue.languages import ENGLISH
from policydsl.figures.values import folded
from policydsl.records.chain import Entry, Head
from policydsl.records.connection import RecordError
from policydsl.records.database import Database, altered
from policydsl.records.packing import unpacked
from policydsl.syntax.retelling import called

RUN = "run"
"""The kind of entry that a run is."""

Key = tuple[str, tuple[tuple[str, str | None], ...]]
"""A check by its id, and a group of it as texts compare: without regard to case and outer spaces."""


def key_of(id: str, group: Iterable[Sequence[str | None]]) -> Key:
    """The same of all runs, however each of them wrote the group."""
    return id, tuple((str(column), None if value is None else str(folded(value))) for column, value in group)


@frozen
class Listed:
    """A verdict or a figure as the entry of its run lists it: what it is of, the outcome of a verdict, until when it is
    to be put right as the data told it (`until`), and as counted from the day of the run (`from_here`)."""

    kind: Literal["verdict", "figure"]
    id: str
    group: tuple[tuple[str, str | None], ...]
    outcome: str | None
    until: str | None
    from_here: str | None
    hash: str
    place: int

    @property
    def key(self) -> Key:
        """What it has in common with the same of another run."""
        return key_of(self.id, self.group)

    @property
    def name(self) -> str:
        """`T5[D..E], issuer Staten`."""
        return name_of(self.id, self.group)


def name_of(id: str, group: Iterable[tuple[str, str | None]], language: str = ENGLISH) -> str:
    """What a check and group, or a figure, is called."""
    names = (f"{column} {'?' if value is None else value}" for column, value in group)
    return ", ".join([id if language == ENGLISH else called(id, language), *names])


def listed(found: Any, first: int) -> list[Listed]:
    """The lines of a report as they are listed, the first of them at a place."""
    return [
        Listed(kind, id, tuple((column, value) for column, value in group), outcome, until, from_here, hash, place)
        for place, (kind, id, group, outcome, until, from_here, hash) in enumerate(found, first)
    ]


@frozen
class Said:
    """A verdict or a figure as it was recorded: `body` is what stands in a report in JSON, and what it was in words."""

    body: Mapping[str, Any]

    @property
    def key(self) -> Key:
        """What it has in common with the same of another run."""
        return key_of(self.body["id"], self.body["group"])

    def called(self, language: str) -> str:
        """`T5[D..E], issuer Staten`, in a language."""
        return name_of(self.body["id"], self.body["group"], language)

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

    def listed(self, report: RecordedReport) -> list[Listed]:
        """The verdicts and figures of a report, in its order."""
        return listed(self.content(report.body["lines"]), report.body["first"])

    def said(self, of: Sequence[Listed]) -> list[Said]:
        """What some of them say, each held against its hash."""
        places = [one.place for one in of]
        found = {line.place: line for line in self.database.lines(self.number, places)}
        told = []
        for one in of:
            line = found.get(one.place)
            if line is None or line.hash != one.hash:
                raise RecordError([altered(self.database.path, f"`{one.name}` of run {self.number}")])
            told.append(Said(unpacked(line.body)))
        return told
