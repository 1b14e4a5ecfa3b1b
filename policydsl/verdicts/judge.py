"""From what was measured to verdicts, one for each group of each check; and the named quantities."""

from collections.abc import Iterator, Mapping

from attrs import evolve

from policydsl.data.table import Data
from policydsl.engines import Session
from policydsl.figures.environment import Environment
from policydsl.figures.values import every
from policydsl.model.rulebook import Check, Holds, Limit, RowsHold, Rulebook
from policydsl.model.types import TextType
from policydsl.plan.from_model import tallies_of
from policydsl.plan.tallies import Key, Tally
from policydsl.verdicts import reasons
from policydsl.verdicts.case import Case, Court, case_of, court_over, tables_of
from policydsl.verdicts.conditions import judge_holds, judge_rows
from policydsl.verdicts.measured import measured
from policydsl.verdicts.on_limits import judge_limit
from policydsl.verdicts.quantities import quantities
from policydsl.verdicts.verdict import Headroom, Verdict

__all__ = ["judge", "quantities"]


def judge(
    rulebook: Rulebook, data: Mapping[str, Data], environment: Environment, session: Session
) -> tuple[Verdict, ...]:
    """The verdicts of all checks, in the order of the rulebook and of the groups' names."""
    tallies = {check.id: tallies_of(check) for check in rulebook.checks}
    found = measured(rulebook, data, environment, session, (each for of in tallies.values() for each in of))
    court = court_over(found)
    return tuple(verdict for check in rulebook.checks for verdict in _verdicts(check, tallies[check.id], court))


def _verdicts(check: Check, tallies: tuple[Tally, ...], court: Court) -> Iterator[Verdict]:
    """The verdicts of one check."""
    whole = case_of(court, check, ())
    valid, why = reasons.validity(check, court.of.environment)
    if valid is not True:
        yield whole.verdict("undetermined" if valid is None else "not applicable", why)
        return
    first = [when for when, groups in check.whens if not groups and not check.worlds]
    applies = every([whole.holds(when, 0) for when in first])
    if applies is not True:
        yield _not_when(whole, applies)
        return
    empty = reasons.empty(tables_of(check, court))
    keys = _keys(check, tallies, court)
    if not keys:
        yield whole.verdict("undetermined", empty) if empty else whole.verdict("pass", reasons.NO_GROUP)
        return
    for key in keys:
        verdict = _verdict(case_of(court, check, key))
        yield _of_no_rows(verdict, empty, check, court) if empty else verdict


def _keys(check: Check, tallies: tuple[Tally, ...], court: Court) -> tuple[Key, ...]:
    """The keys that a check is asked of: one, the empty one, if it has neither worlds nor groups."""
    if not check.worlds and not check.groups:
        return ((),)
    narrowed = next(tally for tally in tallies if tally.groups == check.groups)
    return tuple(court.of.results[narrowed])


def _verdict(case: Case) -> Verdict:
    check = case.check
    applies = every([case.holds(when, groups) for when, groups in check.whens if groups or check.worlds])
    if applies is not True:
        return _not_when(case, applies)
    match check.assertion:
        case Limit() as limit:
            return judge_limit(limit, case)
        case RowsHold() as rows:
            return judge_rows(rows, case)
        case Holds() as condition:
            return judge_holds(condition, case)


def _not_when(case: Case, applies: bool | None) -> Verdict:
    if applies is None:
        return case.verdict("undetermined", reasons.WHEN_UNKNOWN)
    return case.verdict("not applicable", reasons.NOT_WHEN)


def _of_no_rows(verdict: Verdict, empty: str, check: Check, court: Court) -> Verdict:
    """What is said of a table without rows settles nothing; but who was asked for rows and has none has failed."""
    links = [column.type.link for column in check.groups if isinstance(column.type, TextType)]
    asked = any(link is not None and len(court.of.data[link]) for link in links)
    given = all(reasons.given(data) for data in tables_of(check, court))
    if verdict.outcome == "not applicable" or (asked and given and verdict.outcome in ("breach", "deviation")):
        return verdict
    return evolve(verdict, outcome="undetermined", because=empty, headroom=Headroom(), utilisation=None)
