"""Two reports side by side: which verdicts change from one to the other, and by how much."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from policydsl._frozen import frozen
from policydsl.reports.json import report_body, verdict_body
from policydsl.reports.json_text import Json, json_text
from policydsl.reports.layout import paragraph
from policydsl.reports.report import Report
from policydsl.verdicts import Verdict
from policydsl.verdicts.digits import exact
from policydsl.verdicts.outcomes import WORST_FIRST

Kind = Literal["worse", "better", "new", "gone", "moved", "same"]

_HEADINGS: dict[Kind, str] = {
    "worse": "Worse", "better": "Better", "new": "New", "gone": "Gone", "moved": "Figures and limits that move",
}  # fmt: skip


@frozen
class Shift:
    """A verdict before and after; one of them is None where the rule or the group is only in the other report."""

    before: Verdict | None
    after: Verdict | None

    @property
    def kind(self) -> Kind:
        """Whether it is worse, better, new, gone, or of the same outcome at another figure or limit (`moved`)."""
        if self.before is None or self.after is None:
            return "new" if self.before is None else "gone"
        step = WORST_FIRST.index(self.after.outcome) - WORST_FIRST.index(self.before.outcome)
        if step:
            return "worse" if step < 0 else "better"
        return "same" if _measured(self.before) == _measured(self.after) else "moved"

    @property
    def by(self) -> Fraction | None:
        """How much more headroom there is after, in points of the base where it is a share, else in the figure's own
        unit; None if it is not known on both sides."""
        if self.before is None or self.after is None:
            return None
        before, after = self.before.headroom, self.after.headroom
        if before.points is not None and after.points is not None:
            return after.points - before.points
        if before.amount is not None and after.amount is not None:
            return after.amount - before.amount
        return None


def _measured(verdict: Verdict) -> tuple[object, ...]:
    return verdict.figure, verdict.bound, verdict.part and (verdict.part.amount, verdict.part.base)


@frozen
class Comparison:
    """Two reports on what is alike, and in which words the second differs from the first."""

    what: str
    """Such as `in the scenario “Rates down one point”`."""
    before: Report
    after: Report

    @property
    def shifts(self) -> tuple[Shift, ...]:
        """Every verdict of both, in the order of the second report; those that are gone at the end."""
        old = {one.key: one for one in self.before.verdicts}
        new = {one.key: one for one in self.after.verdicts}
        both = [Shift(old.get(key), verdict) for key, verdict in new.items()]
        return (*both, *(Shift(verdict, None) for key, verdict in old.items() if key not in new))

    def to_text(self) -> str:
        """The comparison for reading."""
        shifts = self.shifts
        counts = {kind: sum(one.kind == kind for one in shifts) for kind in (*_HEADINGS, "same")}
        say = self.after.say
        told = [say(word, count=counts[kind]) for kind, word in _COUNTED.items() if counts[kind]]
        first = f"{self.what}: {', '.join(told) or say('there is nothing to compare')}"
        blocks = [paragraph(f"{first[0].upper()}{first[1:]}", hanging=2)]
        for kind, heading in _HEADINGS.items():
            of_kind = [one for one in shifts if one.kind == kind]
            if of_kind:
                blocks.append([say(heading), *(line for one in of_kind for line in _lines(one))])
        return "\n\n".join("\n".join(block) for block in blocks) + "\n"

    def to_json(self) -> str:
        """The comparison as JSON: both reports, and the verdicts that are not the same."""
        return json_text(comparison_body(self)) + "\n"


_COUNTED: dict[Kind, str] = {
    "worse": "{count} worse", "better": "{count} better", "new": "{count} new", "gone": "{count} gone",
    "moved": "{count} moved", "same": "{count} unchanged",
}  # fmt: skip


def _lines(shift: Shift) -> list[str]:
    verdict = shift.after or shift.before
    assert verdict is not None
    say = verdict.wording.say
    group = ", ".join(f"{column} {say('not known') if text is None else text}" for column, text in verdict.group)
    title = f": {verdict.check.title}" if verdict.check.title else ""
    outcomes = " -> ".join(dict.fromkeys(say(one.outcome) for one in (shift.before, shift.after) if one is not None))
    head = f"{verdict.id}{title}{say(' for {group}', group=group) if group else ''}: {outcomes}"
    lines = paragraph(head, 2, 4)
    for told, side in (("before {figures}", shift.before), ("after {figures}", shift.after)):
        if side is not None and (figures := _said(side)):
            lines += paragraph(say(told, figures=figures), 4, 4)
    return lines


def _said(verdict: Verdict) -> str:
    """A figure, its limit, and the distance between them."""
    return ", ".join(part for part in (verdict.figure_words, verdict.bound_words, verdict.headroom_words) if part)


def comparison_body(comparison: Comparison) -> dict[str, Json]:
    """The comparison as what JSON is made of."""
    changed = [one for one in comparison.shifts if one.kind != "same"]
    return {
        "schema_version": "1",
        "what": comparison.what,
        "changes": [shift_body(one) for one in changed],
        "before": report_body(comparison.before),
        "after": report_body(comparison.after),
    }


def shift_body(shift: Shift) -> dict[str, Json]:
    """A verdict before and after as what JSON is made of."""
    verdict = shift.after or shift.before
    assert verdict is not None
    by = shift.by
    return {
        "id": verdict.id,
        "group": dict(verdict.group) if verdict.group else None,
        "kind": shift.kind,
        "more_headroom": None if by is None else exact(by),
        "before": None if shift.before is None else verdict_body(shift.before),
        "after": None if shift.after is None else verdict_body(shift.after),
    }


def comparisons_text(comparisons: Sequence[Comparison]) -> str:
    """Several comparisons for reading, one after the other."""
    return "\n".join(comparison.to_text() for comparison in comparisons)
