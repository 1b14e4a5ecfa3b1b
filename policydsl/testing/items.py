"""An account of a register of requirements: what answers each, and whether tests have seen that fail.

A requirement is answered by the declarations that name it in an `item` clause. A rule is proved by a test in which it
fails; what is only a definition by a test of its value, or by a rule that is built on it and is proved itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from policydsl._frozen import frozen
from policydsl.api import Rulebook
from policydsl.model.tables_of import parts
from policydsl.source import Span
from policydsl.syntax import ast, parse
from policydsl.testing.coverage import coverage
from policydsl.testing.named import name_of
from policydsl.testing.run import run_tests

State = Literal["executed", "attested", "not checkable", "missing"]


@frozen
class Answer:
    """A declaration that names a requirement."""

    rulebook: str
    kind: str
    """The word that declares it: `rule`, `limits`, `define`, ..."""
    name: str
    proved: bool
    reason: str | None
    """Why the requirement is said not to be checkable."""
    span: Span


@frozen
class Account:
    """A requirement and its answers, in the order of the rulebooks."""

    id: str
    answers: tuple[Answer, ...]

    @property
    def state(self) -> State:
        """What became of it: what executes it counts before what attests it, and that before a reason why not."""
        if any(each.reason is None and each.kind != "attest" for each in self.answers):
            return "executed"
        if any(each.reason is None for each in self.answers):
            return "attested"
        return "not checkable" if self.answers else "missing"

    @property
    def proved(self) -> bool:
        """Whether a test has seen one of its answers to fail."""
        return any(each.proved for each in self.answers if each.reason is None)


@frozen
class Stranger:
    """An `item` clause that names nothing in the register."""

    id: str
    span: Span


def accounts(
    register: Sequence[str], rulebooks: Sequence[tuple[str, Rulebook]]
) -> tuple[tuple[Account, ...], tuple[Stranger, ...]]:
    """The account of each requirement, and the clauses that name none. A rulebook comes with the name to call it by."""
    answers: dict[str, list[Answer]] = {id: [] for id in register}
    strangers: dict[Span, Stranger] = {}
    for title, rulebook in rulebooks:
        for id, answer in _answers(title, rulebook):
            if id in answers:
                answers[id].append(answer)
            else:
                strangers[answer.span] = Stranger(id, answer.span)
    return tuple(Account(id, tuple(found)) for id, found in answers.items()), tuple(strangers.values())


def _answers(title: str, rulebook: Rulebook) -> Iterator[tuple[str, Answer]]:
    declarations = [one for source in rulebook.model.sources for one in parse(source)[0].declarations]
    proved = _proved(rulebook, declarations)
    for declaration in declarations:
        kind, name = _kind(declaration), name_of(declaration)
        for clause in _items(declaration):
            yield clause.text, Answer(title, kind, name, name in proved, clause.not_checkable, clause.span)


def _items(declaration: ast.Declaration) -> Iterator[ast.Item]:
    yield from (clause for clause in getattr(declaration, "clauses", ()) if isinstance(clause, ast.Item))


def _kind(declaration: ast.Declaration) -> str:
    return "rulebook" if isinstance(declaration, ast.Header) else type(declaration).__name__.lower()


# --- what tests have seen to fail -------------------------------------------------------------------------------------


def _proved(rulebook: Rulebook, declarations: Sequence[ast.Declaration]) -> frozenset[str]:
    results = run_tests(rulebook)
    passed = [test for test, result in zip(rulebook.model.tests, results, strict=True) if result.passed]
    valued = {expected.of for test in passed for expected in test.expectations if expected.outcome is None}
    failed = {one.id.partition("[")[0] for one in coverage(rulebook, results) if "failed" in one.seen}
    return frozenset(valued | _reached(failed | valued, _speaks(declarations)))


def _speaks(declarations: Sequence[ast.Declaration]) -> dict[str, frozenset[str]]:
    """By name, the words of each declaration but the tests; a label speaks of its category, a rule of the header."""
    headers = frozenset(name_of(one) for one in declarations if isinstance(one, ast.Header))
    speaks: dict[str, frozenset[str]] = {}
    for one in declarations:
        if isinstance(one, ast.Category):
            speaks |= {line.label.text: frozenset((one.name.text,)) for line in one.labels}
    for one in declarations:
        if not isinstance(one, ast.Test | ast.Broken):
            speaks[name_of(one)] = frozenset(_names(one)) | headers
    return speaks


def _reached(first: set[str], speaks: Mapping[str, frozenset[str]]) -> set[str]:
    """The declarations that others are built on, and those themselves."""
    found, waiting = set(first), list(first)
    while waiting:
        for name in speaks.get(waiting.pop(), frozenset()):
            if name in speaks and name not in found:
                found.add(name)
                waiting.append(name)
    return found


def _names(node: object) -> Iterator[str]:
    """The words that a declaration speaks of."""
    for part in parts(node):
        if isinstance(part, ast.Name):
            yield from (part.text, *part.text.split("."))
