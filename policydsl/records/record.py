"""A record of runs: where runs are added, read again, followed and audited."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from os import PathLike
from typing import TYPE_CHECKING, Any, Literal

from attrs import evolve

from policydsl import api
from policydsl.catalogue import say
from policydsl.data.parameters import Supplied
from policydsl.diagnostics import Diagnostic
from policydsl.engines.choosing import Engine
from policydsl.engines.handed import day_of, rows_alone
from policydsl.inputs.frames import read_frame
from policydsl.records.chain import Entry, Head, head_of
from policydsl.records.connection import RecordError
from policydsl.records.database import Database, altered
from policydsl.records.documents import DOCUMENT
from policydsl.records.following import Again, FollowUp, Rulings, beside, follow_up, since_when
from policydsl.records.packing import packed, unpacked
from policydsl.records.recording import Asked, kept
from policydsl.records.rulings import rulings_of
from policydsl.records.run import RUN, Run
from policydsl.records.series import Series, series_of
from policydsl.records.trends import Trend, trends_of
from policydsl.reports.comparison import Comparison
from policydsl.reports.report import Report
from policydsl.reports.several import Reports
from policydsl.reports.since import Since
from policydsl.verdicts.judged import verdicts_of
from policydsl.verdicts.verdict import Cure, Verdict

if TYPE_CHECKING:
    from policydsl.documents import MadeDocument
    from policydsl.records.auditing import Audit
    from policydsl.records.deciding import Causes
    from policydsl.reports.papers.making import PaperForm


class Record:
    """The runs in a file. Use it in a `with`, or close it; it may be used by one thread at a time.

    `writes=True` makes the file if there is none and lets runs be added; a run that `add` has returned is on the disk.
    `anything=True` opens a file in which somebody has changed the tables, for an audit. Everything raises RecordError
    where the file is not what it should be.
    """

    def __init__(self, path: str | PathLike[str], *, writes: bool = False, anything: bool = False) -> None:
        self.database = Database(path, writes=writes, anything=anything)

    def __enter__(self) -> "Record":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self.database.close()

    # --- adding -------------------------------------------------------------------------------------------------------

    def check(
        self,
        rulebook: api.Rulebook,
        tables: Mapping[str, object],
        *,
        as_of: date | None = None,
        parameters: Mapping[str, Supplied] | None = None,
        engine: Engine = "auto",
    ) -> Report:
        """Judge tables as `Rulebook.check` does, record the run, and tell of each failure since when it stands."""
        sheets, told = rows_alone(tables)
        as_of = day_of(as_of)
        reports, diagnostics = api.judged_by_all([rulebook], sheets, as_of, parameters or {}, engine, told)
        if reports is None:
            raise api.DataError(diagnostics)
        run = self.add(Asked([rulebook], sheets, as_of, parameters or {}, engine, told), reports)
        return self.with_since(reports, run.number).reports[0]

    def add(self, asked: Asked, reports: Reports) -> Run:
        """A run with its reports. When this returns, it is on the disk."""
        if any(one.as_of is None for one in reports.all):
            raise RecordError([say("PD825")])
        titles = [one.title for one in reports.reports]
        if (twice := next((one for one in titles if titles.count(one) > 1), None)) is not None:
            raise RecordError([say("PD836", title=twice)])
        made = kept(asked, reports)
        return Run(self._added(RUN, made.body, made.lines, made.contents), self.database)

    def cause(self, trades: object, *names: str, run: int | None = None, amount: str | None = None) -> "Causes":
        """Finds out, and records, what made the failures that a run is the first to show: `trades`, a frame, or prices,
        ratings and maturities. Of the rules that are named, else of all. See `causes`."""
        from policydsl.records.deciding import causes_in

        sheet, told = read_frame(trades, "trades")
        if any(one.is_error for one in told):
            raise RecordError(told)
        return causes_in(self, sheet, names, run, amount)

    def reclassify(
        self,
        name: str,
        cause: Literal["active", "passive"],
        by: str,
        because: str,
        group: str | None = None,
        run: int | None = None,
    ) -> Head:
        """Records that a person holds a failure in a run to be active or passive, and why. What was found before
        stays."""
        from policydsl.records.deciding import reclassified

        return reclassified(self, name, cause, by, because, group, run).head

    def note(self, kind: str, body: str, contents: Mapping[str, str]) -> Head:
        """Adds an entry that is no run."""
        return self._added(kind, body, (), contents).head

    def add_document(self, made: "MadeDocument", run: int) -> Head:
        """Records a document that was made from a template, as one of a run. When this returns, it is on the disk."""
        from policydsl.records.documenting import kept_document

        body, contents = kept_document(made, run)
        return self.note(DOCUMENT, packed(body), contents)

    def _added(self, kind: str, body: str, lines: Sequence[tuple[str, str]], contents: Mapping[str, str]) -> Entry:
        """A new entry; none is added behind an altered entry, nor behind a last run with altered verdicts."""
        for run in self.runs()[-1:]:
            for report in run.reports:
                run.said(run.listed(report))
        return self.database.add(kind, _now(), body, lines, contents)

    # --- reading ------------------------------------------------------------------------------------------------------

    @property
    def head(self) -> Head | None:
        """What stands for all that has been recorded; None if nothing has."""
        with self.database.reading():
            last = self.database.last()
        return None if last is None else last.head

    def runs(self) -> list[Run]:
        """All runs in the order in which they were recorded; raises RecordError if an entry has been altered."""
        with self.database.reading():
            entries = self.database.entries()
        previous = None
        for entry in entries:
            linked = previous is None or (entry.previous == previous.hash and entry.number == previous.number + 1)
            if entry.hash != entry.hash_as(entry.number) or not linked:
                raise RecordError([altered(self.database.path, f"entry {entry.number}")])
            previous = entry
        return [Run(entry, self.database) for entry in entries if entry.kind == RUN]

    def run(self, number: int | None = None) -> Run:
        """The run with a number, else the last one."""
        runs = self.runs()
        found = runs[-1:] if number is None else [run for run in runs if run.number == number]
        if not found:
            numbers = ", ".join(str(run.number) for run in runs[-10:]) or "none"
            raise RecordError([say("PD826", None, path=self.database.path, run=number or 1, numbers=numbers)])
        return found[0]

    def latest(self) -> Run:
        """The run of the latest day judged; of that day the one that was recorded last."""
        runs = self.runs()
        return max(runs, key=lambda run: (max(one.as_of for one in run.reports), run.number)) if runs else self.run()

    def standing(self, run: int | None = None) -> tuple[Run, list[Series]]:
        """A run and the series that it is the last of, as they stood when it was recorded; without a number that of the
        latest day, and the series as they stand now."""
        runs = self.runs()
        if run is not None:
            return self.run(run), series_of(runs, run)
        chosen = self.latest()
        return chosen, series_of(runs, chosen.number, now=True)

    def again(self, run: int | None = None) -> Again | None:
        """The run that was recorded last, where it judged an earlier day than the latest; none beside a run that is
        asked for by its number."""
        last, chosen = self.run(), self.latest()
        if run is not None or last.number <= chosen.number:
            return None
        return Again(last.number, max(one.as_of for one in last.reports))

    def rulings(self, upto: int | None = None) -> Rulings:
        """What is held of the causes of failures, as the record stood after some entry."""
        with self.database.reading():
            return rulings_of(self.database.entries(), upto)

    def follow_up(self, run: int | None = None) -> tuple[FollowUp, ...]:
        """What was new, still open and cured in a run, else in that of the latest day, of each of its rulebooks."""
        (chosen, judged), rulings = self.standing(run), self.rulings()
        first, *rest = (follow_up(each, rulings) for each in judged)
        known = self.runs() if run is None else [one for one in self.runs() if one.number <= chosen.number]
        others = beside(series_of(known), judged)
        return evolve(first, beside=others, again=self.again(run)), *rest

    def trends(self) -> list[Trend]:
        """Every figure over time, against its limit, of each rulebook and scenario."""
        return [trend for each in series_of(self.runs()) for trend in trends_of(each)]

    def reports(self, run: int | None = None) -> tuple[Reports, tuple[Diagnostic, ...]]:
        """The reports of a run, else of the last one, made again from what was recorded; and a warning if this version
        of policydsl makes them otherwise."""
        from policydsl.records.replaying import replayed

        chosen = self.run(run)
        reports, told = replayed(chosen)
        return self.with_since(reports, chosen.number), told

    def document(self, run: int | None = None, form: "PaperForm | None" = None) -> tuple[bytes, tuple[Diagnostic, ...]]:
        """The document of a run, else of the last one that has one, made again from what was recorded, in its own form
        or in another; and a warning if this version of policydsl makes it otherwise."""
        from policydsl.records.documenting import document_again

        return document_again(self, run, form)

    def documents(self) -> dict[int, Mapping[str, Any]]:
        """What was recorded of each document, by the number of its run; raises RecordError as `runs` does."""
        self.runs()
        with self.database.reading():
            bodies = [unpacked(entry.body) for entry in self.database.entries() if entry.kind == DOCUMENT]
        return {body["run"]: body for body in bodies}

    def with_since(self, reports: Reports, number: int) -> Reports:
        """The reports of a run with, of each failure, since when it stands, as the record stood then."""
        rulings = self.rulings(number)
        known = {(each.title, each.scenario): each for each in series_of(self.runs(), number)}

        def told(report: Report) -> Report:
            began = since_when(known[report.title, report.scenario], rulings)
            since = {(one.id, one.group): began[one.key] for one in report.verdicts if one.key in began}
            verdicts = verdicts_of([_with_cure(one, began.get(one.key)) for one in report.verdicts])
            return evolve(report, since=since, verdicts=verdicts)

        told_of = [(one, told(one)) for one in reports.reports]
        again = [
            Comparison(one.what, next(new for old, new in told_of if old is one.before), told(one.after))
            for one in reports.scenarios
        ]
        return Reports(tuple(new for _, new in told_of), tuple(again))

    def audit(self, *heads: str, again: bool = False) -> "Audit":
        """Whether anything was altered since it was recorded, and since a head was noted; see `auditing`. With `again`
        every run is also judged anew, and compared with what was recorded."""
        from policydsl.records.auditing import audited

        noted = []
        for text in heads:
            head = head_of(text)
            if head is None:
                raise RecordError([say("PD833", None, given=text)])
            noted.append(head)
        return audited(self.database, noted, again, lambda run: self.document(run)[1])


def _with_cure(verdict: Verdict, since: Since | None) -> Verdict:
    """A verdict with the last day to put it right, where the record knows of an earlier one than the data."""
    cure = verdict.cure
    if cure is None or since is None or since.until is None or (cure.until is not None and cure.until <= since.until):
        return verdict
    return evolve(verdict, cure=Cure(cure.within, since.day, since.sure, since.until))


def _now() -> str:
    """The time, in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
