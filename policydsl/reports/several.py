"""What several rulebooks make of the same data, each with its own verdicts."""

from typing import TYPE_CHECKING

from policydsl._frozen import frozen
from policydsl.model.rulebook import Outcome
from policydsl.reports.report import Report
from policydsl.verdicts.outcomes import worst

if TYPE_CHECKING:
    from policydsl.reports.comparison import Comparison


@frozen
class Reports:
    """The reports in the order of the rulebooks, and what each of their scenarios changes."""

    reports: tuple[Report, ...]
    scenarios: tuple["Comparison", ...] = ()

    @property
    def outcome(self) -> Outcome:
        """The worst outcome of all of them, scenarios too."""
        return worst(verdict for report in self.all for verdict in report.verdicts)

    @property
    def all(self) -> tuple[Report, ...]:
        """The reports on the data as it is, then those on the scenarios."""
        return (*self.reports, *(comparison.after for comparison in self.scenarios))

    def to_text(self) -> str:
        """One report after the other, then the scenarios."""
        texts = [*(report.to_text() for report in self.reports), *(each.to_text() for each in self.scenarios)]
        return f"\n{'-' * 100}\n\n".join(texts)

    def to_json(self) -> str:
        """All reports, and the scenarios as comparisons with them."""
        from policydsl.reports.comparison import comparison_body
        from policydsl.reports.json import report_body
        from policydsl.reports.json_text import json_text

        body = {
            "schema_version": "1",
            "outcome": self.outcome,
            "reports": [report_body(report) for report in self.reports],
            "scenarios": [comparison_body(each) for each in self.scenarios],
        }
        return json_text(body) + "\n"
