"""A rulebook file as a tree: every declaration by itself, so that a broken one hides no other."""

from policydsl.diagnostics import Diagnostic
from policydsl.source import Source, Span
from policydsl.syntax import ast
from policydsl.syntax.chunks import chunks, comments
from policydsl.syntax.wrong import Wrong


def parse(source: Source) -> tuple[ast.File, tuple[Diagnostic, ...]]:
    """The tree of a file and all that is wrong with its text; never raises, whatever the text."""
    declarations: list[ast.Declaration] = []
    problems: list[Diagnostic] = []
    for place in chunks(source):
        declaration, found = _declaration(place, source.text)
        declarations.append(declaration)
        problems += found
    return ast.File(source.path, tuple(declarations), comments(source)), tuple(problems)


def _declaration(place: Span, text: str) -> tuple[ast.Declaration, list[Diagnostic]]:
    from policydsl.syntax.build.parts import LimitsDraft
    from policydsl.syntax.grid import read_limits
    from policydsl.syntax.pieces import parse_piece

    try:
        made = parse_piece(place, text, "declaration", "en")
    except Wrong as bad:
        return ast.Broken(span=place), list(bad.diagnostics)
    if isinstance(made, LimitsDraft):
        return read_limits(made, text, "en")
    return made, []
