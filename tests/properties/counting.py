"""What the generated cases came to: how many there were, what they used, and how their verdicts fell."""

import re
from collections import Counter

from attrs import define, field

from .cases import Case
from .running import Body

FORMS = {
    "each": r": each |^each ",
    "no": r"(?m)^rule [^:]*:.*\bno (?:position|loan|chosen)",
    "per": r"\bper \w+:",
    "per a, b": r"\bper \w+, \w+:",
    "within each": r"rule .*within each",
    "within each, in the header": r"(?m)^  within each",
    "when": r"when ",
    "unless": r" unless ",
    "should": r"\bshould\b",
    "norm": r", norm ",
    "warn at": r"warn at [\d.]+%(?! of limit)",
    "warn at % of limit": r"of limit",
    "between": r"between \d+% and",
    "undecided": r"undecided",
    "sum": r"\bsum\b",
    "share": r"\bshare\b",
    "count": r"\bcount\b",
    "distinct": r"\bdistinct\b",
    "average": r"\baverage \w+ of",
    "average weighted": r"weighted by",
    "median": r"\bmedian\b",
    "min": r"\bmin\b",
    "max": r"\bmax\b",
    "best": r"\bbest \w+ of",
    "worst": r"\bworst\b",
    "largest": r"of largest",
    "category": r"(?m)^category",
    "category where": r"(?m)^category .* where ",
    "otherwise label": r"(?m)^  otherwise",
    "label range": r"\b[A-E]\.\.[A-E]\b",
    "better of": r"better of",
    "worse of": r"worse of",
    "when, otherwise": r"when real otherwise",
    "otherwise": r"second otherwise rating",
    "larger of": r"larger of",
    "smaller of": r"smaller of",
    "% of a sum": r"\d% of (?:total|debt|chosen_value)",
    "limits, cells": r"\| [A-E]\.\.[A-E] \|",
    "limits, bands": r"\| >= 3y",
    "limits, own values": r"max per issuer share",
    "limits, otherwise": r"\| otherwise",
    "limits, norm": r"\| norm \|",
    "limits, -": r"\| - \|",
    "figure in a condition": r"amount [<>]=? \d+% of",
    "shift": r"maturity [<>]=? bought [+-]",
    "remaining": r"remaining\(",
    "gap": r"maturity - bought",
    "in": r" in \(",
    "not in": r" not in \(",
    "range": r"\.\.<",
    "contains": r" contains ",
    "is missing": r"is missing",
    "is none": r"is none",
    "is unrated": r"is unrated",
    "is present": r"is present",
    "not": r"\bnot \(",
    "or": r" or ",
    "supplied": r"supplied by the run",
    "list": r"friends",
    "link": r"link to",
    "dated by": r"dated by",
    "set of rows": r"define chosen",
    "set of a set": r"define fewer",
    "valid": r"valid from",
    "sum of a computed column": r"sum (?:worth|kept|each_unit) of",
    "combined": r"100% - \(",
    "quotient": r"\) / ",
    "product": r"\) \* \(",
}
"""Forms of the language that the generated rulebooks are to use, each with a pattern of its text."""


@define
class Count:
    """The count."""

    pairs: int = 0
    outcomes: Counter[str] = field(factory=Counter)
    forms: Counter[str] = field(factory=Counter)
    failures: dict[str, tuple[int, str]] = field(factory=dict)
    """Of each kind of failure how often it came and its smallest case."""

    def add(self, case: Case, body: Body) -> None:
        """Count a case and its verdicts."""
        self.pairs += 1
        self.outcomes.update(verdict["outcome"] for verdict in body["verdicts"])
        self.forms.update(form for form, pattern in FORMS.items() if re.search(pattern, case.text))

    def fail(self, kind: str, shown: str, times: int = 1) -> None:
        """Count a failure."""
        before, smallest = self.failures.get(kind, (0, shown))
        self.failures[kind] = (before + times, min(shown, smallest, key=len))

    def __add__(self, other: "Count") -> "Count":
        both = Count(
            self.pairs + other.pairs, self.outcomes + other.outcomes, self.forms + other.forms, {**self.failures}
        )
        for kind, (times, shown) in other.failures.items():
            both.fail(kind, shown, times)
        return both

    def share(self, outcome: str) -> float:
        """The share of an outcome in all verdicts, in percent."""
        return 100 * self.outcomes[outcome] / max(1, self.outcomes.total())

    @property
    def never(self) -> list[str]:
        """The forms that no case used."""
        return [form for form in FORMS if not self.forms[form]]

    def __str__(self) -> str:
        shares = ", ".join(f"{outcome} {self.share(outcome):.1f}%" for outcome, _ in self.outcomes.most_common())
        return f"{self.pairs} pairs of rulebook and tables, {self.outcomes.total()} verdicts: {shares}"
