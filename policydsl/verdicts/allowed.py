"""What waivers make of a failure: waived where they surely go as far, and never a pass."""

from collections.abc import Sequence

from policydsl._frozen import evolve
from policydsl.figures.interval import Interval
from policydsl.figures.operations import as_figure
from policydsl.figures.values import compared, every, folded
from policydsl.model.rulebook import Limit, Outcome, RowsHold, Waiver
from policydsl.verdicts import limits
from policydsl.verdicts.behind import Row
from policydsl.verdicts.case import Case, Court
from policydsl.verdicts.settling import ticked
from policydsl.verdicts.verdict import Against, Verdict
from policydsl.verdicts.waived_rows import Waived, waived_rows

FAILURES: tuple[Outcome, ...] = ("breach", "deviation")
OTHERS_MAY_FAIL = "what surely fails is waived, but it is not known whether other rows fail too"


def allowed(verdict: Verdict, court: Court, case: Case | None = None) -> Verdict:
    """A verdict with the waivers that are in force for it; `case` is what was measured for it.

    What is not decided stays so, unless all that it may come to is waived. What failed for another reason than its
    bound says that reason, and no waiver speaks of it.
    """
    if verdict.outcome not in (*FAILURES, "undetermined"):
        return verdict
    mine = [each for each in court.of.rulebook.waivers if each.check == verdict.check.id]
    mine = [each for each in mine if each.in_force(verdict.as_of) and _for_group(each, verdict)]
    if not mine:
        return verdict
    match verdict.check.assertion:
        case Limit() as limit if case is not None and not verdict.because:
            return _limit(verdict, limit, case, mine)
        case RowsHold() if not verdict.because:
            return _rows(verdict, court, mine, case)
        case Limit() | RowsHold():
            return verdict
        case _ if verdict.outcome in FAILURES:
            return _waived(verdict, mine[:1])
    return verdict


def _for_group(waiver: Waiver, verdict: Verdict) -> bool:
    group = dict(verdict.group)
    return all(folded(group.get(name)) == folded(value) for name, value in waiver.group)


def _waived(verdict: Verdict, by: Sequence[Waiver]) -> Verdict:
    return evolve(verdict, outcome="waived", waivers=tuple(by), unwaived=verdict.outcome)


# --- figures ----------------------------------------------------------------------------------------------------------


def _limit(verdict: Verdict, limit: Limit, case: Case, waivers: Sequence[Waiver]) -> Verdict:
    """The figure held against each cap in place of the bound's end, with the rule's own strictness."""
    assert limit.bound is not None
    found, held = limits.found(limit, case), limits.held_against(limit.bound, case).against
    kept = [(_within(found, held, waiver), waiver) for waiver in waivers]
    if sufficient := [waiver for within, waiver in kept if within]:
        return _waived(verdict, sufficient[:1])
    doubtful = [waiver.id for within, waiver in kept if within is None]
    if verdict.outcome in FAILURES and doubtful:
        because = f"whether it goes beyond what waiver {ticked(doubtful)} allows is not known"
        return evolve(
            verdict, outcome="undetermined", because=because, waivers=tuple(waivers), unwaived=verdict.outcome
        )
    return evolve(verdict, waivers=tuple(waivers), unwaived=verdict.outcome)


def _within(found: limits.Found, bound: Against, waiver: Waiver) -> bool | None:
    """Whether a figure keeps the bound with the cap in place of its end; without a cap everything is allowed."""
    if waiver.cap is None:
        return True
    cap = as_figure(waiver.cap.value)
    moved = evolve(bound, high=cap) if bound.op == "between" and waiver.raises else evolve(bound, value=cap)
    return limits.bound_kept(found, moved)


# --- rows -------------------------------------------------------------------------------------------------------------


def _rows(verdict: Verdict, court: Court, waivers: Sequence[Waiver], case: Case | None) -> Verdict:
    """Each row that fails needs a waiver; a row that may fail, too."""
    behind = verdict.behind()
    if case is not None and (behind.more or behind.unsettled.more):
        return _many_rows(verdict, waived_rows(case, waivers), waivers)
    used = [waiver for waiver in waivers if any(_covers(waiver, row, court) for row in verdict.rows)]
    left = [row for row in verdict.rows if not any(_covers(waiver, row, court) for waiver in waivers)]
    open_ = [row for row in verdict.unsettled if not any(_covers(waiver, row, court) for waiver in waivers)]
    if verdict.outcome == "undetermined":
        return verdict if open_ or not verdict.unsettled else _waived(verdict, waivers)
    doubtful = [waiver.id for waiver in waivers if any(_covers(waiver, row, court) is None for row in left)]
    if doubtful and all(any(_covers(waiver, row, court) is None for waiver in waivers) for row in left):
        return _not_known_for_which(verdict, doubtful, waivers)
    return _used(verdict, used, bool(left), bool(open_))


def _many_rows(verdict: Verdict, found: Waived, waivers: Sequence[Waiver]) -> Verdict:
    """The same where rows are counted."""
    if verdict.outcome == "undetermined":
        return verdict if found.open else _waived(verdict, waivers)
    if found.left and not found.uncovered:
        return _not_known_for_which(verdict, [waiver.id for waiver in found.doubtful], waivers)
    return _used(verdict, found.used, bool(found.left), bool(found.open))


def _not_known_for_which(verdict: Verdict, doubtful: Sequence[str], waivers: Sequence[Waiver]) -> Verdict:
    because = f"whether waiver {ticked(doubtful)} is for all of these rows is not known"
    return evolve(verdict, outcome="undetermined", because=because, waivers=tuple(waivers), unwaived=verdict.outcome)


def _used(verdict: Verdict, used: Sequence[Waiver], left: bool, open_: bool) -> Verdict:
    """A failure whose rows waivers are used for: some may be `left` without one, and others `open_`, which may fail."""
    if left:
        return evolve(verdict, waivers=tuple(used), unwaived=verdict.outcome) if used else verdict
    if open_ and _others_may_fail(verdict):
        return evolve(
            verdict, outcome="undetermined", because=OTHERS_MAY_FAIL, waivers=tuple(used), unwaived=verdict.outcome
        )
    return _waived(verdict, used)


def _others_may_fail(verdict: Verdict) -> bool:
    return not (isinstance(verdict.figure, Interval) and verdict.figure.exact)


def _covers(waiver: Waiver, row: Row, court: Court) -> bool | None:
    """Whether a waiver is for a row."""
    if not waiver.rows:
        return True
    data = court.of.data[row.table]
    if any(name not in data.columns for name, _ in waiver.rows):
        return False
    at = data.names.index(row.name)
    return every(compared(data.columns[name][at], "=", wanted.value) for name, wanted in waiver.rows)
