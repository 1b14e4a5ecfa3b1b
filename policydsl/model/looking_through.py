"""Funds and the like, seen as the parts that they consist of."""

from policydsl._frozen import evolve
from policydsl.catalogue import say
from policydsl.model.context import Context
from policydsl.model.made import LookThrough
from policydsl.model.naming import row_set
from policydsl.model.problem import Problem
from policydsl.model.rulebook import Column
from policydsl.model.scope import TableScope, unknown
from policydsl.model.types import NUMBER, SHARE, Numeric, TextType, describe
from policydsl.syntax import ast


def look_through(written: ast.LookThrough, found: TableScope, context: Context) -> LookThrough:
    """What `table exposures from holdings through constituents on ... scaling ... by ...` is worked out from."""
    rows = row_set(written.rows, context)
    of, parts_of = context.within(rows.table), row_set(written.parts, context)
    rows = evolve(rows, where=(*rows.where, *of.conjuncts(written.where)))
    parts = context.within(parts_of.table)
    on, key, weight = _column(written.on, of), _column(written.key, parts), _column(written.weight, parts)
    for name, column in ((written.on, on), (written.key, key)):
        if not isinstance(column.type, TextType):
            raise Problem(say("PD506", name.span, column=column.name, type=describe(column.type), wanted="text"))
    if weight.type not in (SHARE, NUMBER):
        wanted = "a share"
        raise Problem(say("PD506", written.weight.span, column=weight.name, type=describe(weight.type), wanted=wanted))
    scaled = [_column(name, of) for name in written.scaled]
    for name, column in zip(written.scaled, scaled, strict=True):
        if not isinstance(column.type, Numeric):
            raise Problem(
                say("PD506", name.span, column=column.name, type=describe(column.type), wanted="an amount or a number")
            )
    names = tuple(column.name for column in scaled)
    _columns(written, found, _inputs(of), _inputs(parts), {key.name, weight.name})
    header = context.scope.header
    worlds = {name.text for name in header.within_each} if header is not None else set()
    own = frozenset({on.name, *worlds} & {*_inputs(of)} - {*_inputs(parts)})
    return LookThrough(rows, parts_of, on.name, key.name, names, weight.name, own)


def _inputs(inside: Context) -> dict[str, Column]:
    assert inside.rows is not None
    return {name: column for name, column in inside.rows.columns.items() if name in inside.rows.spellings}


def _columns(
    written: ast.LookThrough, found: TableScope, own: dict[str, Column], parts: dict[str, Column], left_out: set[str]
) -> None:
    """The columns of the rows and of their parts."""
    for name, column in (own | {name: column for name, column in parts.items() if name not in left_out}).items():
        if name in own and name in parts and name not in left_out and own[name].type != parts[name].type:
            first, here = describe(own[name].type), describe(parts[name].type)
            raise Problem(say("PD505", written.parts.span, name=name, first=first, here=here))
        found.columns[name] = Column(name, column.type, not_negative=False, span=written.name.span)
        for spelling in (name, *own.get(name, column).also):
            found.spellings.setdefault(spelling, name)


def _column(name: ast.Name, inside: Context) -> Column:
    rows = inside.rows
    assert rows is not None
    column = rows.columns.get(rows.spellings.get(name.text, ""))
    if column is None:
        raise unknown(name, f"a column of {inside.table}", list(rows.spellings))
    return column
