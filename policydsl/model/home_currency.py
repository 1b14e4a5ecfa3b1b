"""`kr` and its like: a currency that a language calls by a word of its own, beside another one in the header."""

from collections.abc import Iterator

from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic
from policydsl.source import Source
from policydsl.syntax import ast
from policydsl.syntax.words import words_of


def other_kronor(source: Source, file: ast.File, currency: str) -> Iterator[Diagnostic]:
    """Amounts in `kr` of a rulebook whose currency is none that the file's language calls so: which one is meant?"""
    home = words_of(file.language).home_currency
    if home is None or home == currency:
        return
    for quantity in _quantities(file.declarations):
        written = source.words(quantity.span)
        if quantity.unit == home and home not in written:
            yield say("PD650", quantity.span, text=written, home=home, currency=currency)


def _quantities(node: object) -> Iterator[ast.Quantity]:
    if isinstance(node, ast.Quantity):
        yield node
    elif isinstance(node, tuple):
        for part in node:
            yield from _quantities(part)
    else:
        for field in getattr(type(node), "__attrs_attrs__", ()):
            if field.name != "span":
                yield from _quantities(getattr(node, field.name))
