"""One group of one check before the judge: what was measured for it, and what every verdict on it says."""

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import define, field

from policydsl.model.expressions import ColumnOf, Expression
from policydsl.model.rulebook import Check, Limit, Outcome
from policydsl.plan.tallies import Key
from policydsl.verdicts import reasons
from policydsl.verdicts.docket import Brief, Docket
from policydsl.verdicts.evidence import Asked, Witness
from policydsl.verdicts.later import Later
from policydsl.verdicts.measured import Measured, View
from policydsl.verdicts.verdict import Behind, Verdict
from policydsl.verdicts.wording import alone


@define(eq=False)
class Court:
    """What the cases of a run have in common."""

    docket: Docket
    of: Measured
    witness: Witness


@define(eq=False)
class Case:
    """A check and the values of its worlds and groups."""

    court: Court
    brief: Brief
    key: Key
    here: View
    """The figures that groups narrow."""
    bases: dict[Key, View] = field(factory=dict)
    """The figures that groups don't narrow, by the values of the worlds: all groups of a world have them in common."""
    aside: list[View] = field(factory=list, init=False)
    """What else was looked at."""
    _base: View | None = field(default=None, init=False)

    @property
    def check(self) -> Check:
        """The check."""
        return self.brief.check

    @property
    def base(self) -> View:
        """The figures that groups don't narrow."""
        if self._base is None:
            world = self.key[: len(self.check.worlds)]
            if world not in self.bases:
                self.bases[world] = _view(self.court, self.brief, (), self.key)
            self._base = self.bases[world]
        return self._base

    def holds(self, condition: Expression, groups: int | None = None) -> bool | None:
        """Whether a condition beside the assertion holds; of the groups the first ones narrow it, or all. What it
        says of a table that was not given is not known."""
        columns = self.check.groups[:groups]
        view = _view(self.court, self.brief, columns, self.key)
        self.aside.append(view)
        found = view.truth(condition)
        known = all(reasons.given(self.court.of.data[tally.table]) for tally in view.asked)
        return found if known else None

    @property
    def group(self) -> tuple[tuple[str, str | None], ...]:
        """Its worlds and groups with their values in words."""
        if not self.key:
            return ()
        columns = (*self.check.worlds, *self.check.groups)
        return tuple((column.name, self._text(column, at)) for at, column in enumerate(columns[: len(self.key)]))

    def _text(self, column: ColumnOf, at: int) -> str | None:
        value = self.key[at]
        if value is None or isinstance(value, str):
            return value
        return alone(value, column.type, self.court.docket.wording)

    def verdict(self, outcome: Outcome, because: str = "", **more: Any) -> Verdict:
        """A verdict with the rows behind it: those of `here` are counted, those of all others may settle it."""
        of = self.court.of
        undecided = outcome == "undetermined"
        return Verdict(
            self.check,
            self.group,
            outcome,
            of.environment.as_of,
            because=because,
            missing=reasons.missing(self.check, of.rulebook, of.environment) if undecided else (),
            behind=Later(self._behind),
            no_label=self.court.witness.outside(self.check),
            wording=self.court.docket.wording,
            **more,
        )

    def _behind(self) -> Behind:
        beside = self.aside if self._base is None else [self._base, *self.aside]
        others = tuple(each for view in beside for each in _asked(view))
        return self.court.witness.behind(_asked(self.here), others, self._least_first)

    @property
    def _least_first(self) -> bool:
        """Whether a lower bound makes the least values the worst."""
        assertion = self.check.assertion
        return isinstance(assertion, Limit) and assertion.bound is not None and assertion.bound.op in (">=", ">")

    def unless(self, exemption: Expression | None, outcome: Outcome, because: str = "") -> tuple[Outcome, str]:
        """An outcome, and why, as an exemption leaves it: none at all where it holds, and no failure where it may."""
        exempt = False if exemption is None else self.holds(exemption)
        if exemption is None or exempt is False:
            return outcome, because
        text = self.court.docket.wording.text(exemption)
        if exempt:
            return "not applicable", reasons.exempt(text)
        if outcome in ("breach", "deviation"):
            return "undetermined", reasons.exempt_unknown(text)
        return outcome, because

    def failure(self) -> Outcome:
        """What it is not to hold: a breach of what must be, a deviation from what should."""
        return "breach" if self.check.strength == "must" else "deviation"


def whole_of(court: Court, brief: Brief) -> Case:
    """The case of a check before its groups are told apart."""
    return Case(court, brief, (), _view(court, brief, brief.check.groups, ()))


def cases_of(court: Court, brief: Brief, keys: Iterable[Key]) -> Iterator[Case]:
    """The cases of a check, one a key."""
    bases: dict[Key, View] = {}
    for key in keys:
        yield Case(court, brief, key, _view(court, brief, brief.check.groups, key), bases)


def _view(court: Court, brief: Brief, groups: tuple[ColumnOf, ...], key: Key) -> View:
    worlds = brief.check.worlds
    return View(court.of, worlds, groups, brief.keys, key[: len(worlds) + len(groups)], brief.known)


def _asked(view: View) -> Asked:
    return tuple((tally, view.key) for tally in view.asked)
