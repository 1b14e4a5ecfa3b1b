"""The layers of a rulebook as the one that they make together."""

from collections.abc import Iterable

from policydsl._frozen import evolve
from policydsl.catalogue import say
from policydsl.model.layers.stack import Files, Stack, Statement
from policydsl.model.layers.tests_of_bases import without_what_changed
from policydsl.syntax import ast


def stacked(layers: Iterable[Files]) -> Stack:
    """The layers put on one another, the lowest first; a rulebook that stands alone has nothing to change."""
    stack = Stack()
    every = list(layers)
    for files in every:
        if not stack.held and len(every) == 1:
            stack.diagnostics += [
                say("PD620", one.span, word=type(one).__name__.lower())
                for _, file in files
                for one in file.declarations
                if isinstance(one, Statement)
            ]
            files = [(source, _without_statements(file)) for source, file in files]
        stack.put_on(files)
    if len(every) > 1:
        without_what_changed(stack)
    return stack


def _without_statements(file: ast.File) -> ast.File:
    return evolve(file, declarations=tuple(one for one in file.declarations if not isinstance(one, Statement)))
