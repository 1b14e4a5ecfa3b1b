"""From what was measured to verdicts, one for each group of each check; and the named quantities."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial

from policydsl._frozen import evolve
from policydsl._progress import got
from policydsl.data.table import Data
from policydsl.engines import Session
from policydsl.figures.environment import Environment
from policydsl.figures.operations import as_value
from policydsl.figures.results import Joint, Result
from policydsl.figures.values import every, folded
from policydsl.model.expressions import Expression
from policydsl.model.obligations import Attest, Duty
from policydsl.model.rulebook import Holds, Limit, RowsHold, Rulebook
from policydsl.model.ruled import asked_in, in_order
from policydsl.model.types import DATE, TextType
from policydsl.plan.dependencies import aggregates_in
from policydsl.plan.tallies import Key
from policydsl.verdicts import reasons
from policydsl.verdicts.allowed import allowed
from policydsl.verdicts.at_once import Plain, PlainSums
from policydsl.verdicts.case import Bases, Case, Court, cases_of, whole_of
from policydsl.verdicts.conditions import judge_holds, judge_rows
from policydsl.verdicts.docket import Brief, docket_of
from policydsl.verdicts.evidence import Witness
from policydsl.verdicts.judged import Ruling, Verdicts, Waiting, ruling_of, verdicts_of
from policydsl.verdicts.measured import Measured, View, unrated_in
from policydsl.verdicts.on_limits import judge_limit
from policydsl.verdicts.outcomes import possible
from policydsl.verdicts.plain import plain_checks
from policydsl.verdicts.quantities import quantities
from policydsl.verdicts.settled import Results
from policydsl.verdicts.verdict import Verdict

__all__ = ["judge", "quantities"]


def judge(rulebook: Rulebook, data: Mapping[str, Data], environment: Environment, session: Session) -> Verdicts:
    """The verdicts of all checks, in the order of the rulebook and of the groups' names."""
    docket = docket_of(rulebook)
    results = Results(docket, session, environment)
    found = Measured(rulebook, data, environment, session, results, unrated_in(rulebook))
    court = Court(docket, found, Witness(found))
    if docket.in_turn:
        return verdicts_of(_one_after_another(rulebook, court))
    with_rows = {name for name, table in data.items() if len(table)}
    asked = [
        None if plain is None or not with_rows.issuperset(brief.tables) else plain
        for brief, plain in zip(docket.briefs, plain_checks(docket, rulebook), strict=True)
    ]
    results.measure([
        tally
        for brief, plain in zip(docket.briefs, asked, strict=True)
        if not isinstance(plain, PlainSums)
        for tally in brief.tallies
    ])  # fmt: skip
    rulings = []
    for at, (brief, plain) in enumerate(zip(docket.briefs, asked, strict=True)):
        rulings.append(_ruling(brief, plain, court))
        got("judging", at + 1, len(asked))
    return Verdicts(rulings)


def _ruling(brief: Brief, plain: Plain | None, court: Court) -> Ruling:
    """What a check comes to: its verdicts, or what is known of them until somebody reads them."""
    results = court.of.results
    known = plain.known(results, court.of.environment) if plain is not None and isinstance(results, Results) else None
    if known is None:
        return ruling_of(brief.check, tuple(_verdicts(brief, court)))
    waiting = Waiting(len(known.outcomes), partial(_maker, brief, court))
    return Ruling(brief.check, known.outcomes, known.figures, waiting, partial(_keys, brief, court))


def _maker(brief: Brief, court: Court) -> Callable[[int], Verdict]:
    """What makes each of the verdicts of a check."""
    keys, bases = _keys(brief, court), Bases()

    def made(at: int) -> Verdict:
        (case,) = cases_of(court, brief, (keys[at],), bases)
        return _of_case(case, "")

    return made


def _one_after_another(rulebook: Rulebook, court: Court) -> tuple[Verdict, ...]:
    """The verdicts where some speak of those of others: each check after those."""
    briefs = {brief.check.id: brief for brief in court.docket.briefs}
    judged: dict[str, tuple[Verdict, ...]] = {}
    rules: dict[str, list[Verdict]] = {}
    for id in in_order(rulebook.checks):
        for name in asked_in(briefs[id].check):
            known = {**court.of.environment.verdicts, name: possible(judged.get(name, ()) or rules.get(name, ()))}
            court.of.environment = evolve(court.of.environment, verdicts=known)
        judged[id] = tuple(_verdicts(briefs[id], court))
        rules.setdefault(briefs[id].check.rule, []).extend(judged[id])
    return tuple(verdict for brief in court.docket.briefs for verdict in judged[brief.check.id])


def _verdicts(brief: Brief, court: Court) -> Iterator[Verdict]:
    """The verdicts of one check, over time if it is asked so."""
    found = _asked(brief, court)
    owing = isinstance(brief.check.assertion, Duty | Attest) or brief.check.remarks.cure_within is None
    if owing:
        return found
    from policydsl.verdicts.curing import with_cures

    return with_cures(brief, found, court, _on_a_day)


def _asked(brief: Brief, court: Court) -> Iterator[Verdict]:
    if brief.check.purchase is not None:
        from policydsl.verdicts.purchases import every_purchase

        return every_purchase(brief, court, _of_rows)
    if brief.check.always is not None:
        from policydsl.verdicts.over_time import every_day

        return every_day(brief, court, _on_a_day)
    return _on_a_day(brief, court)


def _on_a_day(brief: Brief, court: Court) -> Iterator[Verdict]:
    if brief.check.windows is None:
        found = _of_rows(brief, court)
    else:
        from policydsl.verdicts.over_time import every_window

        found = every_window(brief, court, _of_rows)
    return found if brief.check.due is None else (_when_due(brief.check.due, verdict, court) for verdict in found)


def _when_due(due: Expression, verdict: Verdict, court: Court) -> Verdict:
    """A target is shown before its day, and judged from then on."""
    day, today = as_value(View(court.of).figure(due), DATE), court.of.environment.as_of
    if not isinstance(day, date) or today is None:
        return evolve(verdict, outcome="undetermined", because=reasons.NO_DUE_DAY)
    if today >= day:
        return verdict
    return evolve(
        verdict, outcome="not applicable", because=reasons.not_due(day, verdict.figure_words, verdict.bound_words)
    )


def _of_rows(brief: Brief, court: Court) -> Iterator[Verdict]:
    """The verdicts of one check on the rows of one day."""
    check = brief.check
    if isinstance(check.assertion, Duty | Attest):
        from policydsl.verdicts.obligations import owed

        yield from (allowed(verdict, court) for verdict in owed(check, court))
        return
    valid, why = reasons.validity(check, court.of.environment)
    if valid is not True:
        yield whole_of(court, brief).verdict("undetermined" if valid is None else "not applicable", why)
        return
    empty = reasons.empty(court.of.data[table] for table in brief.tables)
    if check.whens and (verdict := _before_groups(brief, court, empty)) is not None:
        yield verdict
        return
    keys = _keys(brief, court)
    if not keys:
        whole = whole_of(court, brief)
        yield whole.verdict("undetermined", empty) if empty else whole.verdict("pass", reasons.NO_GROUP)
        return
    yield from (_of_case(case, empty) for case in cases_of(court, brief, keys, Bases()))


def _of_case(case: Case, empty: str) -> Verdict:
    """The verdict on one group; `empty` says of which tables there are no rows."""
    verdict, brief, court = _verdict(case), case.brief, case.court
    if verdict.outcome in ("breach", "deviation") and not _surely_exists(case.key, brief, court):
        verdict = evolve(verdict, outcome="undetermined", because=reasons.MAYBE_NO_GROUP)
    return allowed(_of_no_rows(verdict, empty, brief, court) if empty else verdict, court, case)


def _before_groups(brief: Brief, court: Court, empty: str) -> Verdict | None:
    """The verdict, if what no group narrows says that the check does not apply, or that this is not known."""
    check, whole = brief.check, whole_of(court, brief)
    first = [when for when, groups in check.whens if not groups and not check.worlds]
    for counts_rows in (False, True):
        applies = every([whole.holds(when, 0) for when in first if bool(aggregates_in(when)) is counts_rows])
        if applies is not True:
            return whole.verdict("undetermined", empty) if empty and counts_rows else _not_when(whole, applies)
    return None


def _surely_exists(key: Key, brief: Brief, court: Court) -> bool:
    """Whether a group has a row that is surely in it, or is one of the rows that its column links to."""
    if not key or any(_rows(court.of.results[tally][key]) for tally in brief.presence):
        return True
    links = {column.type.link for column in brief.check.groups if isinstance(column.type, TextType)} - {None}
    return any(folded(key[-1]) in court.named_in(link) for link in links if link)


def _rows(result: Result) -> int:
    return result.rows if isinstance(result, Joint) else 0


def _keys(brief: Brief, court: Court) -> tuple[Key, ...]:
    """The keys that a check is asked of: one, the empty one, if it has neither worlds nor groups."""
    check = brief.check
    if not check.worlds and not check.groups:
        return ((),)
    narrowed = next(tally for tally in brief.tallies if tally.groups == check.groups)
    return tuple(court.of.results[narrowed])


def _verdict(case: Case) -> Verdict:
    check = case.check
    if check.whens:
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
        case Duty() | Attest():
            raise AssertionError(f"{check.id} is owed, so its rows are read and not measured")


def _not_when(case: Case, applies: bool | None) -> Verdict:
    whens = " and ".join(case.court.docket.wording.text(when) for when, _ in case.check.whens)
    if applies is None:
        return case.verdict("undetermined", reasons.when_unknown(whens))
    return case.verdict("not applicable", reasons.not_when(whens))


def _of_no_rows(verdict: Verdict, empty: str, brief: Brief, court: Court) -> Verdict:
    """What is said of a table without rows settles nothing; but who was asked for rows and has none has failed."""
    links = [column.type.link for column in brief.check.groups if isinstance(column.type, TextType)]
    asked = any(link is not None and len(court.of.data[link]) for link in links)
    given = all(reasons.given(court.of.data[table]) for table in brief.tables)
    if asked and given and verdict.outcome in ("breach", "deviation"):
        return verdict
    return evolve(verdict, outcome="undetermined", because=empty)
