"""From duties and attestations as written to checks."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from policydsl.catalogue import nearest, say
from policydsl.model.obligations import (
    ATTESTATIONS,
    DELIVERIES,
    Attest,
    DayOfYear,
    Duty,
    Entities,
    Grace,
    Schedule,
)
from policydsl.model.problem import Problem
from policydsl.model.remarks import remarks_of, within_validity
from policydsl.model.rulebook import Check
from policydsl.model.scope import Scope, TableScope, unknown
from policydsl.model.types import DATE, DAYS, TEXT, YES_NO, ListType, Numeric, TextType, Type, describe
from policydsl.model.units import constant
from policydsl.model.words import words
from policydsl.source import Span
from policydsl.syntax import ast
from policydsl.syntax.languages import DEFAULT
from policydsl.syntax.printing import print_obligation

BODIES = "bodies"
"""The scale of those who decide, the highest first, if it is called so."""

_TEXTS = ListType(TEXT)
_LONGEST = 12 * 100


def duty_check(written: ast.Duty, scope: Scope) -> Check:
    """The check that a duty is."""
    columns: dict[str, Type] = {"duty": TEXT, "period": TEXT, "delivered_on": DATE}
    columns |= {"entity": TEXT} if written.timing.per else {}
    columns |= {"prepared_by": TEXT, "reviewed_by": TEXT} if written.reviewed else {}
    columns |= {"contents": _TEXTS} if written.contents else {}
    _evidence(DELIVERIES, columns, written.id_span, scope)
    for index, item in enumerate(written.contents):
        if _plain(item) in map(_plain, written.contents[:index]):
            raise Problem(say("PD259", written.span, what=item))
    schedule = _schedule(written.timing, written.id_span, scope)
    if schedule.every is None and schedule.by is None:
        raise Problem(say("PD582", written.id_span))
    duty = Duty(schedule, _entities(written.timing, scope), written.contents, written.reviewed)
    return _check(written, written.title, duty, scope)


def attest_check(written: ast.Attest, scope: Scope) -> Check:
    """The check that a question is which a person answers."""
    columns: dict[str, Type] = {
        "attest": TEXT, "period": TEXT, "answer": YES_NO, "person": TEXT, "role": TEXT, "answered_on": DATE,
    }  # fmt: skip
    _evidence(ATTESTATIONS, columns | ({"entity": TEXT} if written.timing.per else {}), written.id_span, scope)
    if written.by is None:
        raise Problem(say("PD583", written.id_span, id=written.id))
    schedule = _schedule(written.timing, written.id_span, scope)
    roles = bodies_from(written.by, written.id, scope, written.span)
    return _check(written, written.question, Attest(schedule, roles, _entities(written.timing, scope)), scope)


def _check(written: ast.Duty | ast.Attest, title: str | None, assertion: Duty | Attest, scope: Scope) -> Check:
    return Check(
        written.id,
        written.id,
        None,
        title,
        assertion,
        "must",
        (),
        (),
        (),
        within_validity(remarks_of(written.clauses), scope.header),
        requirement=print_obligation(written, scope.languages.get(written.span.path, DEFAULT)),
        span=written.id_span,
    )


def bodies_from(body: str, id: str, scope: Scope, place: Span) -> tuple[str, ...]:
    """A body that a rule speaks of and, if there is a scale of bodies, all that stand above it with their other names.

    That is the scale called `bodies`, which then holds every body; else the only scale that has this one as a grade.
    What a lower layer rules is for its own bodies: a scale of the layers above it puts nobody above them.
    """
    own = [name for name, scale in scope.scales.items() if id not in scope.inherited or scale.span.path in scope.lower]
    scales = [BODIES] if BODIES in own else [name for name in own if _plain(body) in scope.grades[name]]
    if len(scales) != 1:
        return (body,)
    grades = scope.scales[scales[0]].grades
    rank = scope.grades[scales[0]].get(_plain(body))
    if rank is None:
        near = nearest(body, [name for grade in grades for name in grade])
        hint = f": did you mean `{near}`?" if near else ""
        raise Problem(say("PD200", place, name=body, what=f"a grade of the scale `{BODIES}`", hint=hint))
    above = [name for grade in grades[: rank + 1] for name in grade]
    return (body, *(name for name in above if _plain(name) != _plain(body)))


def _plain(text: str) -> str:
    return text.strip().casefold()


# --- the table of evidence --------------------------------------------------------------------------------------------


def _evidence(table: str, columns: Mapping[str, Type], place: Span, scope: Scope) -> None:
    """The table that holds what was delivered or answered has to be there, with the columns that are read."""
    found = scope.tables.get(table)
    if found is None:
        if table in scope.broken:
            raise Problem()
        raise Problem(say("PD580", place, table=table, use=f"standard/{table}"))
    for name, type in columns.items():
        column = found.columns.get(name)
        if column is None or not _fits(column.type, type):
            wanted = f"have a column `{name}` that holds {describe(type)}"
            now = "it has none" if column is None else f"that holds {describe(column.type)}"
            raise Problem(say("PD581", place, table=table, wanted=wanted, found=now))
    if (day := found.declared.dated_by) is not None:
        now = f"only those of one day of `{day.text}` would"
        raise Problem(say("PD581", place, table=table, wanted="be read whole: all its rows count", found=now))


def _fits(found: Type, wanted: Type) -> bool:
    """A link is the text of a key."""
    return found == wanted or (isinstance(found, TextType) and isinstance(wanted, TextType))


def _entities(timing: ast.Timing, scope: Scope) -> Entities | None:
    """The rows that a `per` asks each of."""
    name, since = timing.per, timing.since
    if since is not None and (name is None or timing.every is None):
        raise Problem(say("PD585", since.span, word=f"from {since.text}"))
    if name is None:
        return None
    table = scope.rows_name(name)
    if table is None:
        raise unknown(name, "a table or what one of its rows is called", [*scope.tables, *scope.singulars])
    columns = scope.tables[table]
    key = _key(columns)
    if key is None:
        raise Problem(say("PD586", name.span, table=table))
    return Entities(name.text, table, key, None if since is None else _day_of(since, columns, table))


def _day_of(since: ast.Name, columns: TableScope, table: str) -> str:
    """The column with the day from which a row is asked."""
    days = [spelling for spelling, own in columns.spellings.items() if columns.columns[own].type == DATE]
    if since.text not in days:
        raise unknown(since, f"a column of {table} that holds a date", days)
    return columns.spellings[since.text]


def _key(table: TableScope) -> str | None:
    keys = [column.name for column in table.columns.values() if column.key]
    return keys[0] if len(keys) == 1 and isinstance(table.columns[keys[0]].type, TextType) else None


# --- when it is due ---------------------------------------------------------------------------------------------------


def _schedule(written: ast.Timing, place: Span, scope: Scope) -> Schedule:
    if written.every is None and not written.once:
        raise Problem(say("PD582", place))
    if written.every is not None and written.once:
        raise Problem(say("PD585", written.every.span, word="once"))
    every = None if written.every is None else _months(written.every)
    if written.within is not None and (every is None or written.by is not None):
        raise Problem(say("PD585", written.within.span, word="within"))
    if every is None and (written.begins is not None or isinstance(written.by, ast.DayOfYear)):
        raise Problem(say("PD585", place, word="once"))
    if every is not None and isinstance(written.by, date):
        raise Problem(say("PD585", place, word=f"by {written.by}"))
    if every not in (None, 12) and isinstance(written.by, ast.DayOfYear):
        raise Problem(say("PD585", written.by.span, word="by"))
    if every is not None and 12 % every and written.begins is None:
        raise Problem(say("PD589", place, months=every))
    by = DayOfYear(written.by.month, written.by.day) if isinstance(written.by, ast.DayOfYear) else written.by
    return Schedule(every, written.begins, by, None if written.within is None else _grace(written.within, scope))


def _months(every: ast.Every) -> int:
    """The length of a period in months."""
    if every.term is None:
        return 3
    found = constant(every.term)
    value = found.value
    if found.type != _MONTHS or not isinstance(value, Fraction) or value.denominator != 1 or not 1 <= value <= _LONGEST:
        raise Problem(say("PD584", every.span, word=words(found)))
    return int(value)


_MONTHS = Numeric((("months", 1),))


def _grace(term: ast.Quantity, scope: Scope) -> Grace:
    """The time after a period."""
    found = constant(term, scope.country)
    value = found.value
    is_term = isinstance(found.type, Numeric) and found.type.is_term
    if not is_term or not isinstance(value, Fraction) or value.denominator != 1 or value > 36_500:
        raise Problem(say("PD584", term.span, word=words(found)))
    assert isinstance(found.type, Numeric)
    if found.type.banking is not None:
        return Grace(int(value), "banking days", found.type.banking)
    return Grace(int(value), "days" if found.type == Numeric(((DAYS, 1),)) else "months")
