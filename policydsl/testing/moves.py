"""Every number of a rulebook moved by one unit in its last place: a move that no test notices could be a misprint.

20% becomes 19% and 21%, 12.5% becomes 12.4% and 12.6%, `> 7y` becomes `> 6y` and `> 8y`.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import Literal

from policydsl._frozen import frozen
from policydsl.api import Rulebook
from policydsl.model import rulebook as model
from policydsl.model.check import check
from policydsl.model.rulebook import TestCase
from policydsl.model.tables_of import parts, read_in_rows
from policydsl.source import Source, Span
from policydsl.syntax import ast, parse
from policydsl.testing.named import name_of
from policydsl.testing.run import run_test

_NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
_HOLD_NO_LIMITS = (ast.Header, ast.Table, ast.Scale, ast.Test, ast.Broken)
_HOLD_BOUNDS = ("condition", "max", "min", "must", "should")
_Parsed = list[tuple[Source, ast.File]]


@frozen
class Move:
    """A number of a rule, a table or a parameter, and what it was moved to."""

    of: str
    """The declaration's id or name."""
    kind: Literal["bound", "number"]
    """A bound, or another number that rows are sorted or figures worked out by."""
    span: Span
    written: str
    moved: str
    noticed: bool


def moves(rulebook: Rulebook) -> tuple[Move, ...]:
    """Every move, and whether the rulebook then is wrong or fails one of its tests. The tests must pass as they are."""
    parsed: _Parsed = [(source, parse(source)[0]) for source in rulebook.model.sources]
    return tuple(
        Move(of, kind, span, source.words(span), moved, _noticed(rulebook, parsed, at, span, moved, of))
        for at, (source, file) in enumerate(parsed)
        for declaration in file.declarations
        for of, kind, span in _numbers(declaration, source)
        for moved in _neighbours(source.words(span))
    )


# --- the numbers ------------------------------------------------------------------------------------------------------


def _numbers(declaration: ast.Declaration, source: Source) -> Iterator[tuple[str, Literal["bound", "number"], Span]]:
    if isinstance(declaration, _HOLD_NO_LIMITS):
        return
    of, clauses = name_of(declaration), getattr(declaration, "clauses", ())
    held = {part.span for bound in _bounds(declaration) for part in parts(bound) if isinstance(part, ast.Quantity)}
    aside = (*clauses, *_norms(declaration))
    beside = {part.span for each in aside for part in parts(each) if isinstance(part, ast.Quantity)}
    for part in parts(declaration):
        if isinstance(part, ast.Quantity) and part.span not in beside and (digits := _digits(part.span, source)):
            yield of, "bound" if part.span in held else "number", digits


def _bounds(declaration: ast.Declaration) -> Iterator[object]:
    match declaration:
        case ast.Rule(assertion=assertion):
            yield assertion.bound
        case ast.Limits(heads=heads, rows=rows):
            at = [index for index, head in enumerate(heads) if head.kind in _HOLD_BOUNDS]
            for row in rows:
                yield from (row.cells[index] for index in at if index < len(row.cells))
        case ast.Parameter(value=value):
            yield value


def _norms(declaration: ast.Declaration) -> Iterator[object]:
    """The norms beside what must be: they are shown and make no verdict, so that no test can notice them."""
    match declaration:
        case ast.Rule(assertion=ast.Assertion(strength="must", norm=norm)):
            yield norm
        case ast.Limits(heads=heads, rows=rows) if not any(head.kind == "should" for head in heads):
            line = declaration.assertion
            at = [index for index, head in enumerate(heads) if head.kind == "norm"]
            if line is None or line.strength == "must":
                yield from (row.cells[index] for row in rows for index in at if index < len(row.cells))


def _digits(span: Span, source: Source) -> Span | None:
    """The part of a quantity that is its number; `every year` has none."""
    found = _NUMBER.match(source.text, span.start)
    return None if found is None else Span(span.path, span.start, found.end())


def _neighbours(written: str) -> Iterator[str]:
    """The number one unit in its last place lower (not below zero) and higher, in as many places."""
    number = Decimal("".join(written.split()).replace(",", "."))
    exponent = number.as_tuple().exponent
    unit = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    sign = "," if "," in written else "."
    for moved in (number - unit, number + unit):
        if moved >= 0:
            yield f"{moved:f}".replace(".", sign)


# --- whether anything notices -----------------------------------------------------------------------------------------


def _noticed(before: Rulebook, parsed: _Parsed, at: int, span: Span, moved: str, of: str) -> bool:
    source = parsed[at][0]
    changed = Source(source.path, source.text[: span.start] + moved + source.text[span.end :])
    file, wrong = parse(changed)
    if any(one.is_error for one in wrong):
        return True
    files = [(changed, file) if index == at else each for index, each in enumerate(parsed)]
    found, _ = check(files)
    if found is None:
        return True
    rulebook = Rulebook(found)
    return not all(run_test(rulebook, test).passed for test in _likeliest_first(found, before.model, of))


def _likeliest_first(found: model.Rulebook, before: model.Rulebook, of: str) -> Iterator[TestCase]:
    """All tests, those first that speak of what was changed or of what now says something else, then those of what
    reads it in rows."""
    left = list(found.tests)
    for names in (partial(_others, found, before), partial(_readers, found, of)):
        known = {*names(), of}
        first = [test for test in left if any({one.of, one.of.partition("[")[0]} & known for one in test.expectations)]
        yield from first
        left = [test for test in left if all(test is not one for one in first)]
    yield from left


def _others(found: model.Rulebook, before: model.Rulebook) -> set[str]:
    """The checks and quantities that are not what they were, and what tests ask of such."""
    checks = {check.id: check for check in before.checks}
    quantities = {quantity.name: quantity for quantity in before.quantities}
    probes = {one.of: one.probe for test in before.tests for one in test.expectations if one.probe is not None}
    asked = (one for test in found.tests for one in test.expectations if one.probe is not None)
    return {
        *(check.id for check in found.checks if check != checks.get(check.id)),
        *(quantity.name for quantity in found.quantities if quantity != quantities.get(quantity.name)),
        *(one.of for one in asked if one.probe != probes.get(one.of)),
    }


def _readers(found: model.Rulebook, name: str) -> set[str]:
    """The checks and quantities that read a parameter, column or category of this name, in rows too."""

    def reads(node: object) -> bool:
        read = read_in_rows(node, found.tables)
        return any(name in (getattr(part, "name", None), getattr(part, "category", None)) for part in read)

    return {
        *(check.id for check in found.checks if reads((check.assertion, check.whens))),
        *(quantity.name for quantity in found.quantities if reads(quantity.expression)),
    }
