"""Exact arithmetic in SQL: integers over a common denominator, widened before 64 bits could overflow."""

from fractions import Fraction
from math import lcm
from typing import Literal

from attrs import evolve

from policydsl.engines.sql.database import Database, Refused
from policydsl.engines.sql.held import Held, both, either, missing, number, roomy
from policydsl.model.expressions import Arithmetic

_WHOLE = 2**63 - 1


def aligned(left: Held, right: Held, database: Database) -> tuple[Held, Held]:
    """Two numbers over the same denominator."""
    den = lcm(left.den, right.den)
    return _scaled(left, den // left.den, database), _scaled(right, den // right.den, database)


def calculated(node: Arithmetic, left: Held, right: Held, database: Database) -> Held:
    """One operation; anything with none is none, and nothing is a percentage of what is not above zero."""
    if "blank" in (left.kind, right.kind):
        if left.none is None and right.none is None:
            return Held("blank", "NULL")
        return Held("blank", "NULL", either(left.none, right.none))
    if left.kind != "number" or right.kind != "number":
        raise Refused("it calculates with what is no number")
    found = _operation(node.op, left, right, database)
    if node.no_whole is not None:
        above = ">=" if node.no_whole == "<" else ">"
        found = evolve(found, sql=f"CASE WHEN {right.sql} {above} 0 THEN {found.sql} END")
    return evolve(found, none=either(left.none, right.none))


def _operation(op: Literal["+", "-", "*", "/"], left: Held, right: Held, database: Database) -> Held:
    if op in ("+", "-"):
        a, b = aligned(left, right, database)
        low, high = (a.low + b.low, a.high + b.high) if op == "+" else (a.low - b.high, a.high - b.low)
        return _made(a, op, b, a.den, low, high, database)
    if op == "/":
        if not right.constant or not right.low:
            raise Refused("it divides by what differs from row to row")
        right = number(1 / Fraction(right.low, right.den))
    ends = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
    return _made(left, "*", right, left.den * right.den, min(ends), max(ends), database)


def _made(a: Held, op: str, b: Held, den: int, low: int, high: int, database: Database) -> Held:
    found = roomy(Held("number", "", None, den, low, high))
    if max(abs(low), abs(high)) <= _WHOLE:
        return evolve(found, sql=f"({a.sql} {op} {b.sql})")
    return evolve(found, sql=f"({database.wide(a.sql)} {op} {database.wide(b.sql)})")


def _scaled(held: Held, by: int, database: Database) -> Held:
    if by == 1:
        return held
    low, high = held.low * by, held.high * by
    if held.constant:
        return roomy(evolve(held, sql=str(low), den=held.den * by, low=low, high=high))
    return evolve(_made(held, "*", number(by), held.den * by, low, high, database), none=held.none)


def picked(which: Literal["larger", "smaller", "better", "worse"], left: Held, right: Held, database: Database) -> Held:
    """The larger or smaller (none if either is none), or the better or worse grade (passing over none)."""
    a, b = alike(left, right, database)
    op = ">" if which in ("larger", "worse") else "<"
    sql = f"WHEN {a.sql} {op} {b.sql} THEN {a.sql} WHEN NOT ({a.sql} {op} {b.sql}) THEN {b.sql} END"
    none = either(a.none, b.none)
    if which in ("better", "worse"):
        none = both(a.none, b.none)
        sql = (f"WHEN {b.none} THEN {a.sql} " if b.none else "") + sql
        sql = (f"WHEN {a.none} THEN {b.sql} " if a.none else "") + sql
    ends = Held("number", f"CASE {sql}", none, a.den, min(a.low, b.low), max(a.high, b.high))
    return ends


def chosen(condition: str | None, then: Held, otherwise: Held, database: Database) -> Held:
    """One value where a condition holds and the other where not; where that is unknown, what both agree on. Without
    one, the other stands in where the first is unknown or none."""
    a, b = alike(then, otherwise, database)
    low, high = min(a.low, b.low), max(a.high, b.high)
    if condition is None:
        none = None if b.none is None else f"({missing(a.sql)} AND {b.none})"
        return Held("number", f"CASE WHEN {a.sql} IS NOT NULL THEN {a.sql} ELSE {b.sql} END", none, a.den, low, high)
    sql = (
        f"CASE WHEN {condition} THEN {a.sql} WHEN NOT {condition} THEN {b.sql} WHEN {a.sql} = {b.sql} THEN {a.sql} END"
    )
    none = None
    if a.none or b.none:
        one, other = a.none or "FALSE", b.none or "FALSE"
        none = f"CASE WHEN {condition} THEN {one} WHEN NOT {condition} THEN {other} ELSE {one} AND {other} END"
    return Held("number", sql, none, a.den, low, high)


def alike(left: Held, right: Held, database: Database) -> tuple[Held, Held]:
    """Two numbers over the same denominator, of which either may be one of which nothing is known."""
    if "number" not in (left.kind, right.kind) or not {left.kind, right.kind} <= {"number", "blank"}:
        raise Refused("it chooses between what are no numbers")
    if left.kind == "blank":
        return evolve(right, sql=f"NULLIF({right.sql}, {right.sql})", none=left.none), right
    if right.kind == "blank":
        return left, evolve(left, sql=f"NULLIF({left.sql}, {left.sql})", none=right.none)
    return aligned(left, right, database)
