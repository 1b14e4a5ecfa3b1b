"""One group of one check before the judge: what was measured for it, and what every verdict on it says."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from policydsl._frozen import define, evolve, field, frozen
from policydsl.figures.values import folded
from policydsl.model.expressions import ColumnOf, Expression, Known, Value
from policydsl.model.made import EXISTS
from policydsl.model.rulebook import Check, Limit, Outcome
from policydsl.plan.tallies import Key
from policydsl.verdicts import reasons
from policydsl.verdicts.behind import Behind, Unsettled
from policydsl.verdicts.docket import Brief, Docket
from policydsl.verdicts.evidence import Asked, Witness
from policydsl.verdicts.measured import Measured, View
from policydsl.verdicts.settling import joined
from policydsl.verdicts.verdict import Against, Verdict
from policydsl.verdicts.wording import alone


@define(eq=False)
class Court:
    """What the cases of a run have in common."""

    docket: Docket
    of: Measured
    witness: Witness
    _named: dict[str, frozenset[Value]] = field(factory=dict, init=False)

    def named_in(self, table: str) -> frozenset[Value]:
        """What the rows of a table are linked by, as it is compared."""
        if table not in self._named:
            keys = self.of.rulebook.tables[table].keys
            columns = self.of.data[table].columns
            column = columns[keys[0]] if len(keys) == 1 else ()
            if EXISTS in columns:
                column = tuple(name for name, sure in zip(column, columns[EXISTS], strict=True) if sure)
            self._named[table] = frozenset(folded(name) for name in column if isinstance(name, str))
        return self._named[table]


@frozen
class Held:
    """What figures are held against, in ranks for grades, whose best is the least."""

    against: Against
    without_meaning: Expression | None
    """What the bound is a percentage of, if that is not surely above zero."""


@define(eq=False)
class Base:
    """What groups don't narrow: all groups of a world have it in common, unless the bound speaks of its own group."""

    view: View
    held: Held | None = None


class Bases(dict[Key, Base]):
    """What groups don't narrow, by the values of the worlds."""


@define(eq=False)
class Case:
    """A check and the values of its worlds and groups."""

    court: Court
    brief: Brief
    check: Check
    key: Key
    here: View
    """The figures that groups narrow."""
    bases: "Bases"
    aside: tuple[View, ...] = ()
    """What else was looked at."""
    perhaps_exempt: bool = field(default=False, init=False)
    _base: Base | None = None

    @property
    def base(self) -> Base:
        """What groups don't narrow."""
        if self._base is None:
            world = self.key if self.brief.of_groups else self.key[: len(self.check.worlds)]
            if world not in self.bases:
                self.bases[world] = Base(_view(self.court, self.brief, (), self.key))
            self._base = self.bases[world]
        return self._base

    def holds(self, condition: Expression, groups: int | None = None) -> bool | None:
        """Whether a condition beside the assertion holds; of the groups the first ones narrow it, or all. What it
        says of a table that was not given is not known."""
        columns = self.check.groups[:groups]
        view = _view(self.court, self.brief, columns, self.key)
        self.aside = (*self.aside, view)
        found = view.truth(condition)
        known = all(reasons.given(self.court.of.data[tally.table]) for tally in view.asked)
        return found if known else None

    @property
    def group(self) -> tuple[tuple[str, str | None], ...]:
        """Its worlds and groups with their values in words."""
        columns = (*self.check.worlds, *self.check.groups)
        named = [(column.name, self._text(column, value)) for column, value in zip(columns, self.key, strict=False)]
        return (*self.brief.trade, *named)

    def _text(self, column: ColumnOf, value: Known | None) -> str | None:
        if value is None or isinstance(value, str):
            return value
        return alone(value, column.type, self.court.docket.wording.neutral)

    def verdict(self, outcome: Outcome, because: str = "", **more: Any) -> Verdict:
        """A verdict with the rows behind it: those of `here` are counted, those of all others may settle it."""
        of = self.court.of
        undecided = outcome == "undetermined"
        if undecided and (told := self._told()):
            because = told
        return Verdict(
            self.check,
            self.group,
            outcome,
            of.environment.as_of,
            because=because,
            missing=reasons.missing(self.check, of.rulebook, of.environment) if undecided else (),
            behind=self.court.witness.later(self._every, self._behind),
            no_label=self.court.witness.outside(self.check),
            perhaps_exempt=self.perhaps_exempt,
            wording=self.court.docket.wording,
            **more,
        )

    def _told(self) -> str:
        """Why something is not known of other days."""
        return joined([*dict.fromkeys(each for view in (self.here, *self._beside) for each in view.told)])

    @property
    def _beside(self) -> tuple[View, ...]:
        return self.aside if self._base is None else (self._base.view, *self.aside)

    @property
    def _others(self) -> Asked:
        return tuple(each for view in self._beside for seen in (view, *view.beside) for each in _asked(seen))

    def _every(self) -> Asked:
        return _asked(self.here) + self._others

    def _behind(self) -> Behind:
        found = self.court.witness.behind(_asked(self.here), self._others, self._least_first)
        elsewhere = [seen for view in (self.here, *self._beside) for seen in view.elsewhere]
        return found if not elsewhere else evolve(found, unsettled=_and_then(found.unsettled, elsewhere))

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
        self.perhaps_exempt = outcome in ("pass", "warning")
        return outcome, because

    def failure(self) -> Outcome:
        """What it is not to hold: a breach of what must be, a deviation from what should."""
        return "breach" if self.check.strength == "must" else "deviation"


def whole_of(court: Court, brief: Brief) -> Case:
    """The case of a check before its groups are told apart."""
    return next(cases_of(court, brief, ((),), Bases()))


def cases_of(court: Court, brief: Brief, keys: Iterable[Key], bases: Bases) -> Iterator[Case]:
    """The cases of a check, one a key; what groups don't narrow is put with the others' `bases`."""
    for key in keys:
        yield Case(court, brief, brief.check, key, _view(court, brief, brief.check.groups, key), bases)


def _and_then(unsettled: Unsettled, elsewhere: Sequence[View]) -> Unsettled:
    """The rows that would settle a verdict, those of other days named with their date."""
    rows = dict.fromkeys(unsettled.rows)
    for view in elsewhere:
        for row in Witness(view.of).behind((), _asked(view)).unsettled.rows:
            dated = view.of.data[row.table].dated
            rows[row if dated is None else evolve(row, name=f"{row.name} on {dated.isoformat()}")] = None
    return Unsettled(tuple(rows), unsettled.more)


def _view(court: Court, brief: Brief, groups: tuple[ColumnOf, ...], key: Key) -> View:
    worlds, whole = brief.check.worlds, ((*brief.check.worlds, *brief.check.groups), key)
    return View(court.of, worlds, groups, brief.keys, key[: len(worlds) + len(groups)], brief.known, whole)


def _asked(view: View) -> Asked:
    return tuple((tally, view.key) for tally in view.asked)
