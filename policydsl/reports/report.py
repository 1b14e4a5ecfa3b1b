"""A report: what a rulebook makes of some data on a day, and all that is needed to do it again."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal

from policydsl._frozen import field, frozen
from policydsl.catalogue.languages import sentence
from policydsl.diagnostics import Diagnostic
from policydsl.model.rulebook import Outcome, Rulebook, Waiver
from policydsl.reports import text
from policydsl.reports.renderings import FORMS, Form, rendered
from policydsl.reports.since import Since
from policydsl.source import Source
from policydsl.verdicts import FigureLine, Verdicts
from policydsl.verdicts.later import Later
from policydsl.verdicts.outcomes import WORST_FIRST, worst_of
from policydsl.verdicts.table_lines import TablesOfRun

if TYPE_CHECKING:
    import pandas


@frozen
class Report:
    """The verdicts and figures of one run.

    Two reports are equal if rulebook, data, day and everything that was found are: which engine measured it, and where
    the rulebook's text came from, don't count.
    """

    title: str
    version: str | None
    text_hash: str
    meaning_hash: str
    as_of: date | None
    hashed: Later[str] = field(repr=False)
    verdicts: Verdicts
    figures: tuple[FigureLine, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    scenario: str | None = None
    """The title of the scenario that the data was changed by."""
    engine: str = field(default="", eq=False)
    sources: tuple[Source, ...] = field(default=(), eq=False, repr=False)
    language: str = field(default="en", eq=False)
    """What it is told in."""
    waivers: tuple[Waiver, ...] = field(default=(), eq=False)
    """The waivers of the rulebook that are in force on the day."""
    tables: TablesOfRun | None = field(default=None, eq=False, repr=False)
    """The tables of the run, for reports that list rows."""
    since: Mapping[tuple[str, tuple[tuple[str, str | None], ...]], Since] = field(factory=dict, eq=False, repr=False)
    """Since when each failure stands, by check and group, where a record of earlier runs is known."""

    def say(self, english: str, **blanks: object) -> str:
        """A sentence in the language of the report, its blanks filled in."""
        return sentence(self.language, english, **blanks)

    @property
    def data_hash(self) -> str:
        """The hash of the rows, whatever their order: found when it is first read."""
        return self.hashed()

    @property
    def outcome(self) -> Outcome:
        """The worst outcome."""
        return worst_of(self.verdicts.outcomes)

    @property
    def counts(self) -> Mapping[Outcome, int]:
        """How many rules and cells have which outcome, worst first: that of the worst of their groups."""
        of_checks: dict[str, list[Outcome]] = {}
        for id, outcome in zip(self.verdicts.ids, self.verdicts.outcomes, strict=True):
            of_checks.setdefault(id, []).append(outcome)
        ends = [min(outcomes, key=WORST_FIRST.index) for outcomes in of_checks.values()]
        return {outcome: ends.count(outcome) for outcome in WORST_FIRST if outcome in ends}

    def to_json(self) -> str:
        """The report as JSON, after `policydsl/reports/report.schema.json`: the same for equal reports, `run` apart."""
        from policydsl.reports.json import report_json

        return report_json(self)

    def to(self, form: Form | Literal["text", "json"]) -> str | bytes:
        """The report in a form, such as `html`; the same for equal reports, to the last byte. Raises ValueError for a
        form that there is not."""
        match form:
            case "text":
                return self.to_text()
            case "json":
                return self.to_json()
        if form not in FORMS:
            raise ValueError(f"there is no form {form!r}: there are text, json, {', '.join(FORMS)}")
        return rendered((self,), form)

    def to_text(self) -> str:
        """The report for reading, in at most 100 columns."""
        return text.report_text(self)

    def to_frame(self) -> "pandas.DataFrame":
        """One row a verdict, exact figures as text beside rounded ones as numbers."""
        from policydsl.reports.frame import report_frame

        return report_frame(self)


def report_of(
    rulebook: Rulebook,
    as_of: date | None,
    hashed: Later[str],
    verdicts: Verdicts,
    figures: tuple[FigureLine, ...],
    diagnostics: tuple[Diagnostic, ...],
    engine: str,
    scenario: str | None = None,
    tables: TablesOfRun | None = None,
) -> Report:
    """The report of a run of a rulebook."""
    return Report(
        rulebook.title,
        rulebook.version,
        rulebook.text_hash,
        rulebook.meaning_hash,
        as_of,
        hashed,
        verdicts,
        figures,
        diagnostics,
        scenario,
        engine,
        rulebook.sources,
        rulebook.told_in or rulebook.language,
        tuple(waiver for waiver in rulebook.waivers if waiver.in_force(as_of)),
        tables,
    )
