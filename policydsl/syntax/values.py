"""Values and expressions typed alone, such as `--set limit='350 MSEK'`."""

from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic
from policydsl.source import Source, Span
from policydsl.syntax import ast
from policydsl.syntax.depth import check_depth
from policydsl.syntax.languages import DEFAULT
from policydsl.syntax.refusals import refusal
from policydsl.syntax.wrong import Wrong

Read = tuple[ast.Expr | None, tuple[Diagnostic, ...]]


def parse_value(text: str, path: str, language: str = DEFAULT) -> Read:
    """A value as a parameter may have it: a quantity, a text, a date, a name, a range, or a list of these."""
    return _parse(text, path, "settled", language)


def parse_expression(text: str, path: str = "expression", language: str = DEFAULT) -> Read:
    """An expression as it may stand after `define ... =`."""
    return _parse(text, path, "definition", language)


def _parse(text: str, path: str, start: str, language: str) -> Read:
    refused = refusal(Source(path, text))
    if refused is not None:
        return None, (refused,)
    place = Span(path, 0, len(text))
    if not text.strip():
        return None, (say("PD126", place, after=path),)
    from policydsl.syntax.build.loose import settle
    from policydsl.syntax.pieces import parse_piece

    try:
        made = settle(parse_piece(place, text, start, language))
        check_depth(made)
    except Wrong as bad:
        return None, bad.diagnostics
    return made, ()
