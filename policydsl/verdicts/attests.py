"""The verdict on a question that only a person can answer: the answer of the right person, given in time."""

from datetime import date

from policydsl._frozen import frozen
from policydsl.figures.values import folded
from policydsl.model.obligations import Attest
from policydsl.model.rulebook import Check, Outcome
from policydsl.verdicts.behind import Behind, Unsettled
from policydsl.verdicts.periods import Period
from policydsl.verdicts.registers import Asked, Register
from policydsl.verdicts.settling import joined, ticked

_ANSWERED = "answered_on"
_NEEDED = ("answer", "person", "role", _ANSWERED)


@frozen
class Answer:
    """An answer that counts, or whose blank columns decide whether and how it counts."""

    at: int
    says: bool | None
    day: date | None
    blank: tuple[str, ...] = ()


def judge_answer(check: Check, register: Register, asked: Asked, day: date) -> tuple[Outcome, str, Behind]:
    """The outcome, why, and the rows behind it. The last answer counts; what was answered after the day judged has not
    been; an answer of somebody else, or outside the period, is none."""
    attest, due = check.assertion, asked.period.due
    assert isinstance(attest, Attest)
    sure, maybe = register.speaking_of(check, asked)
    rows_of = [at for at in (*sure, *maybe) if _may_count(attest, register, at, asked.period, day)]
    found = [_answer(register, at, _not_known(register, asked, at)) for at in rows_of]
    counted = [one for one in found if not one.blank]
    last = max((one.day for one in counted if one.day is not None), default=None)
    latest = [one for one in counted if one.day == last]
    doubtful = [one for one in found if one.blank and (one.day is None or last is None or one.day >= last)]
    rows = tuple(sorted((register.row(one.at, _ANSWERED) for one in latest), key=lambda row: row.name))
    open_rows = (register.row(one.at, _ANSWERED, one.blank) for one in doubtful)
    behind = Behind(rows, Unsettled(tuple(sorted(open_rows, key=lambda row: row.name))), ())
    says = {one.says for one in latest}
    if len(says) > 1:
        return "undetermined", f"on {last} it was answered both yes and no", behind
    if says and not any(one.says not in says for one in doubtful):
        return ("pass" if True in says else "breach"), _told(register, latest), Behind(rows, Unsettled(()), ())
    perhaps_no = any(one.says is False or (one.says is None and one.day is not None) for one in doubtful)
    if not says and due is not None and day <= due and not perhaps_no:
        return "not applicable", f"it may be answered until {due.isoformat()}", behind
    if doubtful:
        columns = ticked(list(dict.fromkeys(column for one in doubtful for column in one.blank)))
        return "undetermined", f"there is an answer in which {columns} is blank", behind
    wanted = f" of {attest.roles[0]}" + (f" by {due.isoformat()}" if due is not None else "")
    return "undetermined", f"there is no answer{wanted}", behind


def _may_count(attest: Attest, register: Register, at: int, period: Period, day: date) -> bool:
    """Whether a row may be an answer that counts on the day judged."""
    given = register.day(_ANSWERED, at)
    return in_role(attest, register, at) is not False and (given is None or (given <= day and in_time(given, period)))


def in_role(attest: Attest, register: Register, at: int) -> bool | None:
    """Whether a row is of one who may answer."""
    role = register.value("role", at)
    if role is None:
        return None
    return isinstance(role, str) and folded(role) in {folded(each) for each in attest.roles}


def in_time(given: date, period: Period) -> bool:
    """Whether an answer was given in its period, or in the time that is left after it."""
    return period.start <= given and (period.due is None or given <= period.due)


def _answer(register: Register, at: int, not_known: tuple[str, ...]) -> Answer:
    says = register.value("answer", at)
    blank = tuple(column for column in _NEEDED if not _is_told(register, at, column))
    return Answer(at, says if isinstance(says, bool) else None, register.day(_ANSWERED, at), (*not_known, *blank))


def _is_told(register: Register, at: int, column: str) -> bool:
    value = register.value(column, at)
    return isinstance(value, bool | date) or (isinstance(value, str) and bool(value.strip()))


def _not_known(register: Register, asked: Asked, at: int) -> tuple[str, ...]:
    """The columns that keep an answer from being told what it is about."""
    spoken_of = {"attest": True, "entity": asked.entity is not None, "period": asked.period.name is not None}
    return tuple(name for name, matters in spoken_of.items() if matters and register.value(name, at) is None)


def _told(register: Register, latest: list[Answer]) -> str:
    who = sorted(f"{register.text('person', one.at)} ({register.text('role', one.at)})" for one in latest)
    said = "yes" if latest[0].says else "no"
    return f"{joined(who)} answered {said} on {latest[0].day}"
