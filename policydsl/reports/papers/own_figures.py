"""The figures of a template's own: rule text that defines, and never decides, what a verdict is."""

from pathlib import Path

from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic
from policydsl.model.loading import read_source
from policydsl.syntax import ast, parse

_ALLOWED = (
    ast.Table, ast.DerivedTable, ast.StackedTable, ast.LookThrough, ast.Scale, ast.Category, ast.Parameter, ast.Define,
    ast.Decide,
)  # fmt: skip


def beyond_figures(path: Path) -> tuple[Diagnostic, ...]:
    """What a file of figures may not hold, such as a rule; and what of it can't be read."""
    source, told = read_source(path)
    if source is None:
        return tuple(told)
    file, wrong = parse(source)
    found = [one for one in (*told, *wrong) if one.is_error]
    found += [
        say("PD886", one.span)
        for one in file.declarations
        if not isinstance(one, (*_ALLOWED, ast.Broken))
    ]  # fmt: skip
    return tuple(found)
