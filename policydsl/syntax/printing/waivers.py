"""The `waiver` declaration."""

from collections.abc import Iterator

from policydsl.syntax import ast
from policydsl.syntax.printing.clauses import INDENT, clauses
from policydsl.syntax.printing.examples import pairs, reference
from policydsl.syntax.printing.expressions import PRODUCT_SUM, expression
from policydsl.syntax.printing.names import identifier, text
from policydsl.syntax.words import Words


def waiver(words: Words, said: ast.Waiver) -> list[str]:
    """The lines of a `waiver`."""
    group = f" {words.written('FOR')} {pairs(words, said.group)}" if said.group else ""
    of = f"{words.written('OF')} {reference(said.of)}{group}"
    head = f"{words.written('WAIVER')} {identifier(said.id)} {of}"
    return [head, *(f"{INDENT}{part}" for part in _parts(words, said)), *clauses(words, said.clauses)]


def _parts(words: Words, said: ast.Waiver) -> Iterator[str]:
    if said.granted_by is not None:
        until = f" {words.written('UNTIL')} {said.until}" if said.until is not None else ""
        yield f"{words.written('GRANTED_BY')} {text(said.granted_by)} {words.written('ON')} {said.granted_on}{until}"
    if said.cap is not None:
        word = words.written("UP_TO" if said.direction == "up" else "DOWN_TO")
        yield f"{word} {expression(words, said.cap, PRODUCT_SUM)}"
    if said.because is not None:
        yield f"{words.written('BECAUSE')} {text(said.because)}"
