"""What is told of the rows of evidence before they are judged: words that nothing in the rulebook is called by, and
answers that don't count."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from policydsl.catalogue import nearest, say
from policydsl.data.table import Data
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.figures.values import folded
from policydsl.model.expressions import Nothing, Value
from policydsl.model.obligations import ATTESTATIONS, DELIVERIES, Attest, Duty, Obligation
from policydsl.model.rulebook import Check, Rulebook
from policydsl.verdicts.attests import in_role, in_time
from policydsl.verdicts.periods import Period, example, named, once
from policydsl.verdicts.registers import Register

_MOST_TOLD = 50
_ALIKE = 0.8
_KINDS: tuple[tuple[str, str, type[Obligation]], ...] = (
    (DELIVERIES, "duty", Duty),
    (ATTESTATIONS, "attest", Attest),
)


def registered(rulebook: Rulebook, tables: Mapping[str, Data]) -> tuple[Diagnostic, ...]:
    """All that is to be told of the tables of evidence."""
    told: list[Diagnostic] = []
    for table, column, kind in _KINDS:
        checks: dict[Value, Check] = {
            folded(check.id): check for check in rulebook.checks if isinstance(check.assertion, kind)
        }
        if checks and table in tables:
            told += islice(_of_table(checks, Register(tables[table], column), tables), _MOST_TOLD)
    return tuple(told)


def _of_table(checks: Mapping[Value, Check], register: Register, tables: Mapping[str, Data]) -> Iterator[Diagnostic]:
    for at in range(len(register.data)):
        id = register.text(register.id_column, at)
        check = checks.get(folded(id)) if id is not None else None
        if check is not None:
            yield from _of_row(check, register, at, tables)
        elif id is not None:
            near = nearest(id, [each.id for each in checks.values()])
            place = _place(register, at, register.id_column)
            if near is not None and _alike(id, near):
                yield say("PD587", place, name=id, near=near, what=register.id_column)
            else:
                yield say("PD590", place, name=id, what=register.id_column)


def _alike(one: str, other: str) -> bool:
    """Whether one is most likely the other, misspelt, and not of another rulebook that shares the evidence."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one.casefold(), other.casefold()).ratio() >= _ALIKE


def _of_row(check: Check, register: Register, at: int, tables: Mapping[str, Data]) -> Iterator[Diagnostic]:
    obligation = check.assertion
    assert isinstance(obligation, Obligation)
    yield from _of_entity(check, obligation, register, at, tables)
    schedule, period = obligation.schedule, register.text("period", at)
    found: Period | None = once(schedule)
    if schedule.every is not None:
        found = named(schedule, period) if period is not None else None
        if period is not None and found is None:
            place = _place(register, at, "period")
            yield say("PD591", place, period=period, id=check.id, example=example(schedule))
    if isinstance(obligation, Attest) and found is not None:
        yield from _of_answer(check, obligation, register, at, found)


def _of_entity(
    check: Check, obligation: Obligation, register: Register, at: int, tables: Mapping[str, Data]
) -> Iterator[Diagnostic]:
    entity, entities = register.value("entity", at), obligation.entities
    place = _place(register, at, "entity")
    if entities is None:
        if isinstance(entity, str) and entity.strip():
            yield say("PD592", place, entity=entity, id=check.id)
        return
    known = [key for key in tables[entities.table].columns[entities.key] if isinstance(key, str)]
    if entity is Nothing.NONE:
        yield say("PD593", place, id=check.id, word=entities.word)
    elif isinstance(entity, str) and known and folded(entity) not in {folded(key) for key in known}:
        yield say("PD594", place, entity=entity, table=entities.table, hint=_hint(entity, known))


def _hint(word: str, known: Sequence[str]) -> str:
    near = nearest(word, list(known))
    return f": did you mean `{near}`?" if near else ""


def _of_answer(check: Check, attest: Attest, register: Register, at: int, period: Period) -> Iterator[Diagnostic]:
    """That an answer does not count, being somebody else's or outside its period."""
    role, given = register.text("role", at) or "nobody", register.day("answered_on", at)
    if in_role(attest, register, at) is False:
        yield say("PD595", _place(register, at, "role"), role=role, id=check.id, wanted=attest.roles[0])
    elif given is not None and not in_time(given, period):
        until = f" until {period.due}" if period.due is not None else ""
        place = _place(register, at, "answered_on")
        since = f"from {period.start}" if period.name is not None else ""
        yield say("PD596", place, day=given, id=check.id, time=f"{since}{until}".strip())


def _place(register: Register, at: int, column: str) -> DataPlace:
    return DataPlace(register.data.path, None, register.data.rows[at], column)
