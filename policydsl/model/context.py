"""Where an expression stands: in the rows of one table, or among the quantities of the whole run."""

from typing import Protocol

from policydsl._frozen import frozen
from policydsl.catalogue import nearest, say
from policydsl.model.expressions import And, ColumnOf, Constant, Expression
from policydsl.model.problem import Problem
from policydsl.model.scope import Scope, TableScope, listing
from policydsl.model.types import YES_NO, LabelType, Numeric, Type, describe
from policydsl.model.words import words
from policydsl.source import Span
from policydsl.syntax import ast


class Infer(Protocol):
    """The function that checks expressions, handed down so that its parts need not know it."""

    def __call__(self, node: ast.Expr | ast.Answer, context: "Context", hint: Type | None = None) -> Expression:
        """The checked form of an expression."""
        ...


class Derive(Protocol):
    """The function that works out the columns of a table that is made from others, handed down for the same reason."""

    def __call__(self, table: str, context: "Context") -> None:
        """Work them out, unless that has been done."""
        ...


@frozen
class Context:
    """The scope, the table whose rows are spoken of (None among quantities), and whether groups narrow a share."""

    scope: Scope
    checker: Infer
    deriver: Derive
    table: str | None = None
    grouped: bool = False
    per: tuple[ColumnOf, ...] = ()
    """The groups of the check whose figure or bound this is."""
    beside: bool = False
    """Whether groups narrow nothing here but what they have for themselves: in a bound."""
    source: str | None = None
    """The table whose rows figures speak of that name none, if that is not the one behind the base."""

    def infer(self, node: ast.Expr | ast.Answer, hint: Type | None = None) -> Expression:
        """The checked form of an expression that stands here."""
        return self.checker(node, self, hint)

    def condition(self, node: ast.Expr) -> Expression:
        """The checked form of a condition; what is not one is told by its type."""
        found = self.infer(node, YES_NO)
        if found.type != YES_NO:
            raise Problem(say("PD218", node.span, words=words(found), type=describe(found.type)))
        return found

    def conjuncts(self, node: ast.Expr | None) -> tuple[Expression, ...]:
        """A condition as the conditions that must all hold."""
        if node is None:
            return ()
        found = self.condition(node)
        return found.conditions if isinstance(found, And) else (found,)

    def numeric(self, node: ast.Expr) -> Expression:
        """The checked form of a number with whatever unit."""
        found = self.infer(node)
        if not isinstance(found.type, Numeric):
            raise Problem(say("PD219", node.span, words=words(found), type=describe(found.type)))
        return found

    def within(self, table: str) -> "Context":
        """The same place in the rows of a table."""
        if self.scope.tables[table].written is not None:
            self.deriver(table, self)
        return Context(self.scope, self.checker, self.deriver, table)

    def outside(self) -> "Context":
        """The same place among the quantities."""
        return Context(self.scope, self.checker, self.deriver)

    @property
    def rows(self) -> TableScope | None:
        """The table whose rows are spoken of."""
        return None if self.table is None else self.scope.tables[self.table]

    def grade(self, text: str, scale: str, span: Span) -> Constant:
        """A grade of a scale, as its rank."""
        ranks = self.scope.grades[scale]
        rank = ranks.get(text.strip().casefold())
        if rank is None:
            raise _no_such(text, f"a grade of {scale}", self.grade_names(scale), span)
        return Constant(rank, self.scope.grade_type(scale))

    def grade_names(self, scale: str) -> list[str]:
        """All names of a scale's grades, as written."""
        found = self.scope.scales[scale]
        return [*(name for grade in found.grades for name in grade), *found.unrated, "unrated"]

    def label(self, text: str, type: LabelType, span: Span) -> Constant:
        """A label of a column or category."""
        for label in type.labels:
            if label.casefold() == text.strip().casefold():
                return Constant(label, type)
        raise _no_such(text, f"a label of {type.owner}", list(type.labels), span)


def _no_such(word: str, what: str, known: list[str], span: Span) -> Problem:
    near = nearest(word, known)
    hint = f": did you mean `{near}`?" if near else listing(known)
    return Problem(say("PD200", span, name=word, what=what, hint=hint))
