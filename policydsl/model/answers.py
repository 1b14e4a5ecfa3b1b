"""What is asked of the answers of all rows that fit: whether one is among them, whether there is any."""

from collections.abc import Iterator

from policydsl._frozen import frozen
from policydsl.model.comparing import agree
from policydsl.model.context import Context
from policydsl.model.expressions import (
    And,
    Compare,
    Constant,
    Decision,
    Expression,
    FigureOf,
    Named,
    Not,
    Nothing,
    Or,
    StateIs,
)
from policydsl.model.naming import column_of, definition
from policydsl.model.rulebook import Quantity
from policydsl.model.scope import unknown
from policydsl.model.types import YES_NO, AnswersType
from policydsl.model.words import words
from policydsl.syntax import ast


@frozen
class Answers:
    """A decision table whose rows may answer at once; `whole` if it is one of the run and is asked for in rows."""

    decision: Decision
    whole: bool

    def asks(self, condition: Expression, text: str) -> Expression:
        """A condition on it, which messages and reports call by the author's words."""
        told = Decision(((condition, Constant(True, YES_NO)), (And(()), Constant(False, YES_NO))), YES_NO, text)
        return FigureOf(Named(text, told, YES_NO), YES_NO) if self.whole else told


def answers_named(node: ast.Expr, context: Context) -> Answers | None:
    """The decision with several answers that a word names; None if it names anything else."""
    if not isinstance(node, ast.Name):
        return None
    rows = context.rows
    if rows is not None and node.text in rows.names():
        if not _all_rows(rows.definitions.get(node.text)):
            return None
        column_of(node, context, answers=True)
        found: Expression = rows.computed_done[node.text].expression
    elif _all_rows(context.scope.definitions.get(node.text)):
        quantity = definition(node, context)
        assert isinstance(quantity, Quantity)
        found = quantity.expression
    else:
        return None
    assert isinstance(found, Decision)
    return Answers(found, context.table is not None and (rows is None or node.text not in rows.names()))


def _all_rows(define: ast.Define | None) -> bool:
    return define is not None and isinstance(define.body, ast.Answer) and define.body.decide.hits == "all"


def holds_answer(answers: Answers, written: ast.Expr, context: Context) -> Expression:
    """Whether an answer is among those of the rows that fit: true if a row surely fits that surely says so."""
    wanted = _wanted(answers, written, context)
    return answers.asks(among(answers.decision, wanted), f"{answers.decision.written} contains {words(wanted)}")


def any_answer(answers: Answers) -> Expression:
    """Whether any row that fits says something but none."""
    said = tuple(test for test, answer in answers.decision.rows if not _is_none(answer))
    return answers.asks(Or(said), f"{answers.decision.written} is not none")


def exactly(answers: Answers, written: tuple[ast.Expr, ...], context: Context) -> Expression:
    """Whether the answers are these and no others."""
    wanted = tuple(_wanted(answers, one, context) for one in written)
    parts = (*(among(answers.decision, one) for one in wanted), Not(Or(tuple(_beside(answers.decision, wanted)))))
    return answers.asks(And(parts), f"{answers.decision.written} is {', '.join(map(words, wanted))}")


def open_answers(answers: Answers) -> Expression:
    """Whether it is not known of some answer if it is among them."""
    parts = (among(answers.decision, one) for one in distinct(answers.decision))
    open_ = Or(tuple(StateIs(part, "missing") for part in parts))
    return answers.asks(open_, f"{answers.decision.written} is missing")


def distinct(decision: Decision) -> tuple[Expression, ...]:
    """All that the rows may answer, each once, in their order."""
    return tuple(dict.fromkeys(answer for _, answer in decision.rows if not _is_none(answer)))


def among(decision: Decision, wanted: Expression) -> Expression:
    """Whether one of the rows that fit says this."""
    return Or(tuple(_said(decision, wanted)))


def _said(decision: Decision, wanted: Expression) -> Iterator[Expression]:
    for test, answer in decision.rows:
        if isinstance(answer, Constant) and isinstance(wanted, Constant):
            if _same(answer, wanted):
                yield test
        elif answer == wanted:
            yield test
        else:
            yield And((test, Compare("=", answer, wanted)))


def _same(one: Constant, other: Constant) -> bool:
    first, second = one.value, other.value
    if isinstance(first, str) and isinstance(second, str):
        return first.strip().casefold() == second.strip().casefold()
    return first == second


def _beside(decision: Decision, wanted: tuple[Expression, ...]) -> Iterator[Expression]:
    """That a row says something that is not wanted."""
    for test, answer in decision.rows:
        if not _is_none(answer):
            yield And((test, Not(Or(tuple(Compare("=", answer, one) for one in wanted)))))


def _is_none(answer: Expression) -> bool:
    return isinstance(answer, Constant) and answer.value is Nothing.NONE


def _wanted(answers: Answers, written: ast.Expr, context: Context) -> Expression:
    type = answers.decision.type
    assert isinstance(type, AnswersType)
    found = context.infer(written, type.of)
    agree(Decision((), type.of, answers.decision.written), found, written.span)
    said = distinct(answers.decision)
    known = [one for one in said if isinstance(one, Constant)]
    if isinstance(found, Constant) and len(known) == len(said) and not any(_same(one, found) for one in known):
        name = ast.Name(words(found).strip('"'), span=written.span)
        raise unknown(name, f"an answer of {answers.decision.written}", [words(one).strip('"') for one in known])
    return found
