"""The verdict on something to be delivered: in time, with all that it must have, looked over by another person."""

from collections.abc import Iterator
from datetime import date

from policydsl.figures.values import folded
from policydsl.model.expressions import Nothing
from policydsl.model.obligations import Duty
from policydsl.model.rulebook import Check, Outcome
from policydsl.verdicts.behind import Behind, Unsettled
from policydsl.verdicts.registers import Asked, Register
from policydsl.verdicts.settling import joined

Fault = tuple[bool | None, str, str]
"""Whether something is as it should be; what is said if not; the blank column that would settle it."""

_DELIVERED = "delivered_on"


def judge_delivery(check: Check, register: Register, asked: Asked, day: date) -> tuple[Outcome, str, Behind]:
    """The outcome, why, and the rows behind it. Of several deliveries the best one counts; what came after the day
    judged has not come."""
    duty, due = check.assertion, asked.period.due
    assert isinstance(duty, Duty)
    sure, maybe = register.speaking_of(check, asked)
    sure, maybe = ([at for at in rows if _has_come(register, at, day)] for rows in (sure, maybe))
    found = sorted((_judged(duty, register, at, due) for at in sure), key=lambda each: (_BEST.index(each[0]), each[1]))
    blank = [register.row(at, _DELIVERED, tuple(_blank(duty, register, at, due))) for at in sure]
    doubtful = [register.row(at, _DELIVERED, tuple(_not_known(register, asked, at))) for at in maybe]
    counted = tuple(sorted((register.row(at, _DELIVERED) for at in sure), key=lambda row: row.name))

    def behind(*unsettled: object) -> Behind:
        rows = [row for row in (*blank, *doubtful) if row.columns] if unsettled else []
        return Behind(counted, Unsettled(tuple(sorted(rows, key=lambda row: row.name))), ())

    outcome, because = found[0] if found else ("breach", _nothing(due))
    if outcome == "pass":
        return outcome, because, behind()
    if due is None or day <= due:
        so_far = f"; so far {because}" if found else ""
        return "not applicable", f"it is due {_on(due)}{so_far}", behind()
    may_be = [at for at in maybe if _judged(duty, register, at, due)[0] != "breach"]
    if outcome == "breach" and may_be:
        return "undetermined", f"{because}; but {len(may_be)} of the deliveries may be it", behind(True)
    return outcome, because, behind(*([True] if outcome == "undetermined" else []))


_BEST: tuple[Outcome, ...] = ("pass", "undetermined", "breach")


def _has_come(register: Register, at: int, day: date) -> bool:
    delivered = register.day(_DELIVERED, at)
    return delivered is None or delivered <= day


def _nothing(due: date | None) -> str:
    return f"nothing was delivered, which was due {_on(due)}"


def _on(due: date | None) -> str:
    return "at any time" if due is None else f"on {due.isoformat()}"


def _judged(duty: Duty, register: Register, at: int, due: date | None) -> tuple[Outcome, str]:
    """What one delivery comes to."""
    faults = list(_faults(duty, register, at, due))
    wrong = [said for holds, said, _ in faults if holds is False]
    open_ = [said for holds, said, _ in faults if holds is None]
    if wrong:
        return "breach", joined(wrong)
    if open_:
        return "undetermined", joined(open_)
    delivered = register.day(_DELIVERED, at)
    return "pass", f"it was delivered on {delivered}{f', and due {_on(due)}' if due else ''}"


def _blank(duty: Duty, register: Register, at: int, due: date | None) -> Iterator[str]:
    """The columns of a delivery that would settle it."""
    yield from (column for holds, _, column in _faults(duty, register, at, due) if holds is None)


def _not_known(register: Register, asked: Asked, at: int) -> Iterator[str]:
    """The columns that keep a delivery from being told what it is."""
    spoken_of = {"duty": True, "entity": asked.entity is not None, "period": asked.period.name is not None}
    yield from (name for name, matters in spoken_of.items() if matters and register.value(name, at) is None)


def _faults(duty: Duty, register: Register, at: int, due: date | None) -> Iterator[Fault]:
    yield _in_time(register, at, due)
    if duty.contents:
        yield _complete(duty, register, at)
    if duty.reviewed:
        yield _reviewed(register, at)


def _in_time(register: Register, at: int, due: date | None) -> Fault:
    delivered = register.day(_DELIVERED, at)
    if delivered is None:
        return None, "the day on which it was delivered is not known", _DELIVERED
    late = 0 if due is None else (delivered - due).days
    said = f"it was delivered on {delivered.isoformat()}, {late} day{'' if late == 1 else 's'} after it was due ({due})"
    return late <= 0, said, _DELIVERED


def _complete(duty: Duty, register: Register, at: int) -> Fault:
    has = register.value("contents", at)
    if has is None:
        return None, "what it contains is not known", "contents"
    held = {folded(item) for item in has} if isinstance(has, tuple) else set()
    lacking = [f"“{item}”" for item in duty.contents if folded(item) not in held]
    return not lacking, f"it lacks {joined(lacking)}", "contents"


def _reviewed(register: Register, at: int) -> Fault:
    """Whether the reviewer is another person than who prepared it."""
    prepared, reviewed = register.value("prepared_by", at), register.value("reviewed_by", at)
    if reviewed is Nothing.NONE:
        return False, "nobody reviewed it", "reviewed_by"
    if reviewed is None:
        return None, "who reviewed it is not known", "reviewed_by"
    if not isinstance(prepared, str):
        return None, "who prepared it is not known", "prepared_by"
    return folded(prepared) != folded(reviewed), f"{reviewed} reviewed what the same person had prepared", "reviewed_by"
