"""From a waiver as written to a waiver: of a rule that may be waived, by a body that may, to the side of its bound."""

from typing import Any

from policydsl.catalogue import nearest, say
from policydsl.model.context import Context
from policydsl.model.examples import groups_of, in_group, literal_value, resolve
from policydsl.model.expressions import Constant
from policydsl.model.obliging import bodies_from
from policydsl.model.problem import Problem
from policydsl.model.remarks import remarks_of
from policydsl.model.rulebook import Bound, Check, Limit, RowsHold, Waiver
from policydsl.model.scope import unknown
from policydsl.model.types import SHARE, GradeType, describe
from policydsl.model.words import constant_words, words
from policydsl.source import Span
from policydsl.syntax import ast


def waiver_of(written: ast.Waiver, checks: dict[str, Check], context: Context) -> Waiver:
    """The waiver."""
    check = resolve(written.of, checks, context.scope.broken)
    if written.granted_by is None or written.granted_on is None:
        form = 'granted by "..." on 2024-03-12'
        raise Problem(say("PD602", written.id_span, what="by whom and when", id=written.id, form=form))
    if written.because is None:
        raise Problem(say("PD602", written.id_span, what="why", id=written.id, form='because "..."'))
    if written.until is not None and written.until < written.granted_on:
        raise Problem(say("PD269", written.id_span, start=written.granted_on, end=written.until))
    _may_grant(written.granted_by, check, written.id_span, context)
    group, rows = _narrowed(written, check, context)
    cap, raises = _cap(written, check, context)
    return Waiver(
        written.id,
        check.id,
        written.granted_by,
        written.granted_on,
        written.until,
        written.because,
        group,
        rows,
        cap,
        raises,
        "" if cap is None else f"{written.direction} to {_words(cap, context)}",
        remarks_of(written.clauses),
        span=written.id_span,
    )


def _may_grant(grantor: str, check: Check, place: Span, context: Context) -> None:
    """The rule says who may waive it, or else the header for all of its own rulebook's rules."""
    header = context.scope.header
    whole = () if header is None or check.rule in context.scope.inherited else remarks_of(header.clauses).waivable_by
    wanted = check.remarks.waivable_by or whole
    if not wanted:
        raise Problem(say("PD597", place, id=check.id))
    bodies_from(grantor, check.rule, context.scope, place)
    may = [each for body in wanted for each in bodies_from(body, check.rule, context.scope, place)]
    if grantor.strip().casefold() not in {each.strip().casefold() for each in may}:
        near = nearest(grantor, [*may])
        hints = (f"did you mean `{near}`?",) if near else ()
        raise Problem(say("PD598", place, grantor=grantor, id=check.id, wanted=", ".join(wanted), hints=hints))


def _narrowed(
    written: ast.Waiver, check: Check, context: Context
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, Constant], ...]]:
    """The groups and the rows that it is granted to."""
    group, rows = [], []
    for name, value in written.group:
        if name.text in groups_of(check) or not isinstance(check.assertion, RowsHold):
            group.append(in_group(name, value, check, context))
        else:
            rows.append(_of_rows(name, value, check.assertion.rows.table, check, context))
    return tuple(group), tuple(rows)


def _of_rows(name: ast.Name, value: ast.Expr, table: str, check: Check, context: Context) -> tuple[str, Constant]:
    found = context.scope.tables[table]
    if name.text not in found.spellings:
        raise unknown(name, f"a column of {table} or a group of `{check.id}`", [*groups_of(check), *found.spellings])
    own = found.spellings[name.text]
    type = found.columns[own].type
    constant = literal_value(context.outside().infer(value, type), value.span)
    if constant.type != type and describe(constant.type) != describe(type):
        raise Problem(
            say("PD220", value.span, left=own, left_type=describe(type),
                right=words(constant), right_type=describe(constant.type))
        )  # fmt: skip
    return own, constant


# --- how far it goes --------------------------------------------------------------------------------------------------


def _cap(written: ast.Waiver, check: Check, context: Context) -> tuple[Constant | None, bool]:
    """The cap in the terms of the bound, and which of its ends stands for it."""
    if written.cap is None:
        return None, True
    word = f"{written.direction} to"
    assertion = check.assertion
    if not isinstance(assertion, Limit) or assertion.bound is None or assertion.bound.op in ("=", "!="):
        raise Problem(say("PD601", written.cap.span, id=check.id, word=word))
    bound, type = assertion.bound, assertion.figure.type
    raises = (written.direction == "up") != isinstance(type, GradeType)
    if bound.op not in ("between", *(("<=", "<") if raises else (">=", ">"))):
        side = "an upper" if written.direction == "up" else "a lower"
        raise Problem(say("PD599", written.cap.span, word=word, id=check.id, side=side))
    terms = SHARE if bound.of is not None else type
    cap = literal_value(context.outside().infer(written.cap, terms), written.cap.span)
    if cap.type != terms:
        said, wanted = describe(cap.type), describe(terms)
        raise Problem(say("PD257", written.cap.span, words=words(cap), type=said, wanted=wanted))
    if _allows_nothing(bound, cap, raises):
        text = f"{word} {_words(cap, context)}"
        raise Problem(say("PD600", written.cap.span, cap=text, id=check.id))
    return cap, raises


def _allows_nothing(bound: Bound, cap: Constant, raises: bool) -> bool:
    """Whether the bound's own end, as far as it is written out, goes as far as the cap."""
    end = bound.high if bound.op == "between" and raises else bound.value
    if not isinstance(end, Constant):
        return False
    ours: Any = cap.value  # both are of one type, and of one that has an order
    theirs: Any = end.value
    return bool(ours <= theirs) if raises else bool(ours >= theirs)


def _words(cap: Constant, context: Context) -> str:
    grades = cap.type.names if isinstance(cap.type, GradeType) else ()
    return constant_words(cap.value, cap.type, grades)
