"""Verdicts on what is owed from time to time: one for each period, and for each of those who are asked."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from policydsl.data.table import Data
from policydsl.model.made import EXISTS
from policydsl.model.obligations import Duty, Entities, Obligation, Schedule, evidence_table
from policydsl.model.rulebook import Check, Outcome
from policydsl.verdicts import reasons
from policydsl.verdicts.attests import judge_answer
from policydsl.verdicts.behind import Behind
from policydsl.verdicts.case import Court
from policydsl.verdicts.duties import judge_delivery
from policydsl.verdicts.evidence import NONE, NOTHING
from policydsl.verdicts.later import now
from policydsl.verdicts.periods import Period, latest_due, named, once, periods
from policydsl.verdicts.registers import Asked, Register, same
from policydsl.verdicts.verdict import Verdict

NO_DAY = "the day that is judged is not known"
NO_PERIOD = "its first period has not begun"


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
    who: dict[str | None, bool] = {None: True}
    if entities is not None:
        who = _named(court.of.data, entities)
        if not who:
            yield _verdict(check, court, "undetermined", reasons.empty([court.of.data[entities.table]]))
            return
    found = list(_periods(check, obligation.schedule, register, day))
    if not found:
        yield _verdict(check, court, "not applicable", NO_PERIOD)
    for period in found:
        for entity, exists in who.items():
            asked = Asked(period, entity)
            judge = judge_delivery if isinstance(obligation, Duty) else judge_answer
            outcome, because, behind = judge(check, register, asked, day)
            if outcome == "breach" and not exists:
                outcome, because = "undetermined", reasons.MAYBE_NO_GROUP
            yield _verdict(check, court, outcome, because, _group(asked, entities), behind)


def _id_column(obligation: Obligation) -> str:
    return "duty" if isinstance(obligation, Duty) else "attest"


def _named(data: Mapping[str, Data], entities: Entities) -> dict[str | None, bool]:
    """The keys of those who are asked, and whether there surely is such a one; a blank key names nobody."""
    columns = data[entities.table].columns
    keys = columns[entities.key]
    there = columns.get(EXISTS, (True,) * len(keys))
    found: dict[str, bool] = {}
    for key, exists in zip(keys, there, strict=True):
        if isinstance(key, str) and key.strip() and exists is not False:
            found[key] = found.get(key, False) or exists is True
    return {key: found[key] for key in sorted(found)}


def _group(asked: Asked, entities: Entities | None) -> tuple[tuple[str, str | None], ...]:
    period = () if asked.period.name is None else (("period", asked.period.name),)
    return period if entities is None else (*period, (entities.word, asked.entity))


def _periods(check: Check, schedule: Schedule, register: Register, day: date) -> Iterable[Period]:
    """The periods that are judged: from the first day that the rulebook names; without one from the earliest that the
    data speaks of, and the last that is due in any case."""
    if schedule.every is None:
        return [once(schedule)]
    said = [first for first in (schedule.begins, check.remarks.valid_from) if first is not None]
    if said:
        return periods(schedule, max(said), day)
    ids = (at for at in range(len(register.data)) if same(register.value(register.id_column, at), check.id))
    spoken_of = (named(schedule, register.text("period", at) or "") for at in ids)
    known = [*(period for period in spoken_of if period is not None), latest_due(schedule, day)]
    first = min((period.start for period in known if period is not None), default=day)
    return periods(schedule, min(first, day), day)


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
