"""Comparisons of values in SQL, three-valued."""

from fractions import Fraction

from policydsl.engines.sql.calculating import aligned
from policydsl.engines.sql.database import Database, Refused
from policydsl.engines.sql.held import Held, either
from policydsl.model.expressions import Sign

UNKNOWN = "CAST(NULL AS BOOLEAN)"
_TURNED: dict[Sign, Sign] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


def compared(left: Held, op: Sign, right: Held, database: Database) -> str:
    """A comparison, three-valued; with none only `!=` is true."""
    found = _of_known(left, op, right, database)
    none = either(left.none, right.none)
    return found if none is None else f"CASE WHEN {none} THEN {truth(op == '!=')} ELSE {found} END"


def truth(value: bool) -> str:
    """A truth as SQL has it."""
    return "TRUE" if value else "FALSE"


def _of_known(left: Held, op: Sign, right: Held, database: Database) -> str:
    if "blank" in (left.kind, right.kind):
        return UNKNOWN
    if left.kind != right.kind:
        raise Refused("two kinds of values are compared")
    if left.kind != "number":
        if op not in ("=", "!="):
            raise Refused("texts have no order in a database that is the same in all of them")
        return f"({left.sql} {'=' if op == '=' else '<>'} {right.sql})"
    if left.constant:
        left, op, right = right, _TURNED[op], left
    if right.constant:
        return _against(left, op, Fraction(right.low, right.den))
    a, b = aligned(left, right, database)
    return f"({a.sql} {'<>' if op == '!=' else op} {b.sql})"


def _against(left: Held, op: Sign, end: Fraction) -> str:
    """A number against one that is the same in all rows: integers suffice, however many digits that one has."""
    scaled = end * left.den
    down, up = scaled.numerator // scaled.denominator, -(-scaled.numerator // scaled.denominator)
    if down != up and op in ("=", "!="):
        return f"CASE WHEN {left.sql} IS NOT NULL THEN {truth(op == '!=')} END"
    bound = down if op in ("<=", ">", "=", "!=") else up
    bound = max(left.low - 1, min(left.high + 1, bound))
    return f"({left.sql} {'<>' if op == '!=' else op} {bound})"
