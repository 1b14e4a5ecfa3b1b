"""Verdicts on what is owed from time to time: one for each period, and for each of those who are asked."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from policydsl.model.obligations import Duty, Entities, Obligation, Schedule, evidence_table
from policydsl.model.rulebook import Check, Outcome
from policydsl.verdicts import reasons
from policydsl.verdicts.attests import judge_answer
from policydsl.verdicts.behind import Behind, Row, Unsettled
from policydsl.verdicts.case import Court
from policydsl.verdicts.duties import judge_delivery
from policydsl.verdicts.entities import NOBODY_ELSE, everyone
from policydsl.verdicts.evidence import NONE, NOTHING
from policydsl.verdicts.later import now
from policydsl.verdicts.periods import Period, latest_due, named, once, periods
from policydsl.verdicts.registers import Asked, Register, same
from policydsl.verdicts.verdict import Verdict

NO_DAY = "the day that is judged is not known"
NO_PERIOD = "its first period has not begun"
MAYBE_EARLIER = "a row of which it is not known for what it is may be of an earlier period, and then more is asked"
NOT_SURELY_ASKED = "from which day on it is asked of is not known"


def owed(check: Check, court: Court) -> Iterator[Verdict]:
    """The verdicts on a duty or on a question that a person answers."""
    obligation, environment = check.assertion, court.of.environment
    assert isinstance(obligation, Obligation)
    valid, why = reasons.validity(check, environment)
    data = court.of.data[evidence_table(obligation)]
    day = environment.as_of
    if valid is not True:
        yield _verdict(check, court, "undetermined" if valid is None else "not applicable", why)
    elif day is None:
        yield _verdict(check, court, "undetermined", NO_DAY, missing=("as_of",))
    elif not reasons.given(data):
        yield _verdict(check, court, "undetermined", reasons.empty([data]))
    else:
        yield from _each(check, obligation, court, Register(data, _id_column(obligation)), day)


def _each(check: Check, obligation: Obligation, court: Court, register: Register, day: date) -> Iterator[Verdict]:
    entities = obligation.entities
    who = [NOBODY_ELSE] if entities is None else everyone(court.of.data[entities.table], entities)
    if entities is not None and not who:
        yield _verdict(check, court, "undetermined", reasons.empty([court.of.data[entities.table]]))
        return
    begun = [each.since for each in who if each.since is not None]
    asked_for = [*_periods(check, obligation.schedule, register, day, begun)]
    found = [
        (Asked(period, each.name), each)
        for period in asked_for
        for each in who
        if each.since is None or each.since <= period.end
    ]
    if not found:
        yield _verdict(check, court, "not applicable", NO_PERIOD)
    for asked, one in found:
        judge = judge_delivery if isinstance(obligation, Duty) else judge_answer
        outcome, because, behind = judge(check, register, asked, day)
        if outcome == "breach" and not (one.exists and one.since_is_known):
            outcome, because = "undetermined", NOT_SURELY_ASKED if one.exists else reasons.MAYBE_NO_GROUP
        yield _verdict(check, court, outcome, because, _group(asked, entities), behind)
    first = min((period.start for period in asked_for), default=day)
    if any(each.since is None for each in who) and (rows := _perhaps_earlier(check, obligation, register, first)):
        open_ = Behind((), Unsettled(rows), ())
        group = (("period", None), *(((entities.word, None),) if entities is not None else ()))
        yield _verdict(check, court, "undetermined", MAYBE_EARLIER, group, open_)


def _id_column(obligation: Obligation) -> str:
    return "duty" if isinstance(obligation, Duty) else "attest"


def _group(asked: Asked, entities: Entities | None) -> tuple[tuple[str, str | None], ...]:
    period = () if asked.period.name is None else (("period", asked.period.name),)
    return period if entities is None else (*period, (entities.word, asked.entity))


def _periods(
    check: Check, schedule: Schedule, register: Register, day: date, begun: Sequence[date]
) -> Iterable[Period]:
    """The periods that are judged: from the first day that the rulebook names; without one from the earliest that the
    data speaks of or that somebody is asked for (`begun`), and the last that is due in any case."""
    if schedule.every is None:
        return [once(schedule)]
    said = [first for first in (schedule.begins, check.remarks.valid_from) if first is not None]
    if said:
        return periods(schedule, max(said), day)
    ids = (at for at in range(len(register.data)) if same(register.value(register.id_column, at), check.id))
    spoken_of = (named(schedule, register.text("period", at) or "") for at in ids)
    known = [*(period for period in spoken_of if period is not None), latest_due(schedule, day)]
    first = min((*(period.start for period in known if period is not None), *begun), default=day)
    return periods(schedule, min(first, day), day)


def _perhaps_earlier(check: Check, obligation: Obligation, register: Register, first: date) -> tuple[Row, ...]:
    """The rows of which it is not known whether they speak of a period before the first one that is judged, where only
    the data say how far back it is asked."""
    schedule, found = obligation.schedule, []
    if schedule.every is None or schedule.begins is not None or check.remarks.valid_from is not None:
        return ()
    for at in range(len(register.data)):
        spoken_of, period = same(register.value(register.id_column, at), check.id), register.value("period", at)
        blank = [register.id_column] * (spoken_of is None) + ["period"] * (period is None)
        known = named(schedule, period) if isinstance(period, str) else None
        earlier = period is None or (known is not None and known.start < first)
        if spoken_of is not False and blank and earlier:
            day_column = "delivered_on" if isinstance(obligation, Duty) else "answered_on"
            found.append(register.row(at, day_column, tuple(blank)))
    return tuple(sorted(found, key=lambda row: row.name))


def _verdict(
    check: Check,
    court: Court,
    outcome: Outcome,
    because: str,
    group: tuple[tuple[str, str | None], ...] = (),
    behind: Behind | None = None,
    missing: tuple[str, ...] = (),
) -> Verdict:
    return Verdict(
        check,
        group,
        outcome,
        court.of.environment.as_of,
        because=because,
        missing=missing,
        behind=now(behind or Behind((), NOTHING, ())),
        no_label=NONE,
        wording=court.docket.wording,
    )
