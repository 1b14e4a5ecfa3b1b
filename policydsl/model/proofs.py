"""What is proved of a decision table: no case is left out, no two rows contradict each other, each row is reached."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from policydsl._frozen import frozen
from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic, Label
from policydsl.model import cover
from policydsl.model.atoms import Atom, Domain, Parameters, Unfixed, atoms_of, constants, described
from policydsl.model.context import Context
from policydsl.model.decisions import Asked, Row, asked_by
from policydsl.model.domains import domain_of
from policydsl.model.expressions import Constant, Expression, ParameterOf, ShiftDate
from policydsl.model.periods import value_in_text
from policydsl.model.problem import Problem
from policydsl.model.tables_of import parts, parts_that_are
from policydsl.model.taking import Taking
from policydsl.model.types import YES_NO, DateType, GradeType, Numeric
from policydsl.syntax import ast

_TOO_MANY = "its columns can be combined in too many ways"
MOST = 3
"""How many cases of one kind are told."""


@frozen
class Axis:
    """A column of conditions: all that its value can be, and which rows take each part of it."""

    name: str
    domain: Domain
    atoms: tuple[Atom, ...]
    taken: cover.Axis

    def words(self, atom: int) -> str:
        """An atom, with the neighbours that the same rows take, in words; empty if all atoms are alike."""
        first = last = atom
        rows = self.taken.rows
        if len(set(rows)) == 1:
            return ""
        if isinstance(self.domain.type, Numeric | DateType | GradeType) and self.atoms[atom].low is not None:
            while first > 0 and rows[first - 1] == rows[atom]:
                first -= 1
            while last + 1 < len(self.atoms) and rows[last + 1] == rows[atom] and self._ordered(last + 1):
                last += 1
        return described(self.atoms[first], self.atoms[last], self.name, self.domain.type)

    def _ordered(self, atom: int) -> bool:
        return (self.atoms[atom].low, self.atoms[atom].high) != (None, None)


def findings_of(decide: ast.Decide, context: Context) -> Iterator[Diagnostic]:
    """All that is wrong with a decision table as a whole."""
    places = [index for index, head in enumerate(decide.heads) if isinstance(head, ast.AnswerHead)]
    asked = asked_by(decide, context, places)
    if _needs_no_proof(asked):
        return
    try:
        told: dict[str, Diagnostic] = {}
        for parameters in _settings(asked):
            for found in _findings(asked, _axes(asked, parameters)):
                told.setdefault(f"{found.code} {found.message}", found)
        yield from told.values()
    except Unfixed as unfixed:
        yield say("PD571", decide.name.span, name=decide.name.text, why=f"the text does not settle `{unfixed}`")
    except cover.TooEntangled:
        yield say("PD571", decide.name.span, name=decide.name.text, why=_TOO_MANY)


def _needs_no_proof(asked: Asked) -> bool:
    """Whether the last row always answers, and the text does not settle what the cells compare with."""
    if asked.decide.hits == "exactly one" or not asked.rows[-1].otherwise or any(asked.rows[-1].conditions):
        return False
    try:
        for parameters in _settings(asked):
            _axes(asked, parameters)
    except Unfixed:
        return True
    return False


# --- columns ----------------------------------------------------------------------------------------------------------


def _settings(asked: Asked) -> Iterator[Parameters]:
    """The values of the parameters that the cells name: one setting, or one for each time that they change."""
    scope = asked.inside.scope
    conditions = [test for row in asked.rows for test in row.conditions if test is not None]
    names = sorted({part.name for part in parts_that_are(ParameterOf, tuple(conditions))})
    found = [scope.parameters[name] for name in names]
    days: set[date] = {period.start for parameter in found for period in parameter.history}
    settings = [{one.name: value_in_text(one, day) for one in found} for day in sorted(days) or [date.min]]
    if not any(all(isinstance(value, Constant) for value in setting.values()) for setting in settings):
        raise Unfixed(next(name for name, value in settings[-1].items() if not isinstance(value, Constant)))
    for setting in settings:
        known = {name: value for name, value in setting.items() if isinstance(value, Constant)}
        if len(known) == len(setting):  # on a day on which a value is open, the answer is, too
            yield known


def _axes(asked: Asked, parameters: Parameters) -> list[Axis]:
    return [_axis(asked, place, parameters) for place in range(len(asked.columns))]


def _axis(asked: Asked, place: int, parameters: Parameters) -> Axis:
    head = asked.decide.heads[asked.columns[place]]
    assert isinstance(head, ast.Head) and head.subject is not None
    conditions = [row.conditions[place] for row in asked.rows]
    if head.kind == "condition":
        return _yes_or_no(head, asked, place)
    asking = [test for test in conditions if test is not None]
    subject = _subject(head.subject, asking, asked.inside)
    domain = Domain(subject) if isinstance(subject, Numeric) else domain_of(subject, asked.inside.scope)
    atoms = atoms_of(domain, constants(asking, parameters, subject))
    taking = Taking(atoms, parameters)
    return Axis(head.text, domain, atoms, cover.Axis([taking.by(test) for test in conditions], len(atoms)))


def _yes_or_no(head: ast.Head, asked: Asked, place: int) -> Axis:
    """A heading that is a whole condition: it holds or not, independently of the other columns."""
    index = asked.columns[place]
    holds, fails = 0b01, 0b10
    taken: list[cover.Atoms] = []
    for row in asked.decide.rows:
        items = row.cells[index].items
        asks = items[0] if items and not (row.otherwise and place == 0) else None
        taken.append((holds if asks.value else fails) if isinstance(asks, ast.YesNo) else holds | fails)
    return Axis(f"`{head.text}`", Domain(YES_NO), (Atom(True), Atom(False)), cover.Axis(taken, 2))


def _subject(subject: ast.Expr, conditions: Sequence[Expression], inside: Context) -> Expression | Numeric:
    """What the cells of a column compare; of the time between two dates, which is no value by itself, its type."""
    try:
        return inside.infer(subject)
    except Problem:
        for part in parts(tuple(conditions)):
            if isinstance(part, ShiftDate) and isinstance(part.term.type, Numeric):
                return part.term.type
        raise


# --- findings ---------------------------------------------------------------------------------------------------------


def _findings(asked: Asked, axes: list[Axis]) -> Iterator[Diagnostic]:
    every = [axis.taken for axis in axes]
    name = asked.decide.name
    impossible = {index for index in range(len(asked.rows)) if cover.takes_nothing(every, index)}
    for index in sorted(impossible):
        yield say("PD570", asked.rows[index].written.span, name=name.text, row=_row_words(asked.rows[index], asked))
    if asked.decide.hits == "exactly one":
        yield from islice(_contradictions(asked, axes, every), MOST)
    if asked.decide.hits in ("first", "all"):
        rests = [(index, row) for index, row in enumerate(asked.rows) if row.otherwise or asked.decide.hits == "first"]
        for index, row in rests:
            if index not in impossible and cover.covered(every, index, (1 << index) - 1):
                yield say("PD569", row.written.span, name=name.text, row=_row_words(row, asked))
    for path in islice(cover.left_out(every, (1 << len(asked.rows)) - 1), MOST):
        yield say("PD567", name.span, name=name.text, case=_case(path, axes, asked))


def _contradictions(asked: Asked, axes: list[Axis], every: list[cover.Axis]) -> Iterator[Diagnostic]:
    others: cover.Rows = 0  # the rows before that are no `otherwise`
    alike: dict[tuple[Expression, ...], cover.Rows] = {}  # of these, those of one answer
    for later, second in enumerate(asked.rows):
        if second.otherwise:
            continue
        agreeing = alike.get(second.answers, 0)
        for earlier in cover.members(cover.touching(every, later) & others & ~agreeing):
            first = asked.rows[earlier]
            label = Label(first.written.span, "the other row is here")
            yield say(
                "PD568", second.written.span, labels=(label,), name=asked.decide.name.text,
                case=_case(cover.shared(every, earlier, later), axes, asked), first=_answer_words(first, asked),
                second=_answer_words(second, asked),
            )  # fmt: skip
        others |= 1 << later
        alike[second.answers] = agreeing | 1 << later


def _case(path: tuple[int, ...], axes: list[Axis], asked: Asked) -> str:
    """A box in words: `a lease with kind = property and amount = 5 000 000 DKK`."""
    said = [words for atom, axis in zip(path, axes, strict=False) if (words := axis.words(atom))]
    table = asked.decide.table
    if table is None:
        return f"where {', '.join(said)}" if said else "whatever the figures are"
    rows = asked.inside.rows
    singular = rows.declared.singular.text if rows is not None and rows.declared.singular else f"row of {table.text}"
    article = "an" if singular[:1].casefold() in "aeiou" else "a"
    return f"{article} {singular} with {', '.join(said)}" if said else f"any {singular}"


def _row_words(row: Row, asked: Asked) -> str:
    return " | ".join(row.written.cells[index].text or "-" for index in asked.columns)


def _answer_words(row: Row, asked: Asked) -> str:
    places = [index for index, head in enumerate(asked.decide.heads) if isinstance(head, ast.AnswerHead)]
    return " | ".join(row.written.cells[index].text or "-" for index in places)
