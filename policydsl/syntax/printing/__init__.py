"""Trees as text, in the one canonical spelling of a language: what is printed parses to the same tree."""

from itertools import pairwise

from policydsl.syntax import ast
from policydsl.syntax.printing.declarations import declaration
from policydsl.syntax.printing.expressions import expression
from policydsl.syntax.printing.obligations import asked
from policydsl.syntax.words import words_of


def print_file(file: ast.File) -> str:
    """The text of a file's declarations, without its comments. A file with a broken declaration has no such text."""
    words = words_of()
    texts: list[str] = []
    for made in file.declarations:
        if isinstance(made, ast.Broken):
            raise ValueError(f"{file.path} has a declaration that does not parse, so it cannot be printed")
        texts.append(declaration(words, made))
    gaps = [_gap(text, after) for text, after in pairwise(texts)] + [""]
    return "".join(f"{text}\n{gap}" for text, gap in zip(texts, gaps, strict=False))


def print_expr(expr: ast.Expr) -> str:
    """The text of an expression."""
    return expression(words_of(), expr)


def print_obligation(said: ast.Duty | ast.Attest) -> str:
    """What a duty or an attestation asks, without its id and title."""
    return asked(words_of(), said)


def _gap(text: str, after: str) -> str:
    """A blank line between declarations, except between short ones of the same kind."""
    short = "\n" not in text + after and text.split(" ", 1)[0] == after.split(" ", 1)[0]
    return "" if short else "\n"
