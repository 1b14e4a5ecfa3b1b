"""Decision tables: what each row asks and answers, and which of the rows that fit answers."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from policydsl._frozen import frozen
from policydsl.catalogue import nearest, say
from policydsl.model.cells import cell_condition
from policydsl.model.context import Context
from policydsl.model.expressions import And, Constant, Decision, Expression, Not, Nothing, Or
from policydsl.model.naming import column_of, is_declared
from policydsl.model.problem import Problem, all_of
from policydsl.model.scope import unknown
from policydsl.model.types import AnswersType, GradeType, LabelType, Numeric, TextType, Type, describe
from policydsl.syntax import ast


@frozen
class Row:
    """A row of a decision table: a condition for each column (None where it does not ask), and an answer for each."""

    conditions: tuple[Expression | None, ...]
    answers: tuple[Expression, ...]
    written: ast.LimitsRow
    otherwise: bool = False


@frozen
class Asked:
    """A decision table, checked: its columns of conditions by their places, and its rows."""

    decide: ast.Decide
    columns: tuple[int, ...]
    rows: tuple[Row, ...]
    inside: Context


def definitions_of(decide: ast.Decide) -> Iterator[ast.Define]:
    """The columns or quantities that a decision table defines: one answer bears its name, several their headings'."""
    heads = [(index, head) for index, head in enumerate(decide.heads) if isinstance(head, ast.AnswerHead)]
    for index, head in heads:
        name = decide.name if len(heads) == 1 else head.name
        body = ast.Answer(decide, index, span=head.span)
        yield ast.Define(name, decide.table, body, decide.clauses, span=decide.span)


def answer_of(node: ast.Answer, context: Context) -> Decision:
    """One column of answers, as a value of each row or of the whole run."""
    asked = asked_by(node.decide, context, (node.column,))
    rows = asked.rows
    if node.decide.hits == "all":
        return all_answers(node, rows)
    if node.decide.hits == "strictest":
        rows = tuple(sorted(rows, key=lambda row: _looseness(row, node)))
    answers = tuple((_together(row), row.answers[0]) for row in rows)
    return Decision(answers, answers[0][1].type, node.decide.name.text)


def all_answers(node: ast.Answer, rows: Sequence[Row]) -> Decision:
    """The answers of all rows that fit, each with its row's condition; `otherwise` fits where no other row does."""
    type = rows[0].answers[0].type
    head = node.decide.heads[node.column]
    if not isinstance(type, TextType | LabelType | GradeType):
        raise Problem(say("PD741", head.span, name=node.decide.name.text, type=describe(type)))
    others = Or(tuple(_together(row) for row in rows if not row.otherwise))
    answers = tuple(
        (And((Not(others), _together(row))) if row.otherwise else _together(row), row.answers[0]) for row in rows
    )
    return Decision(answers, AnswersType(type), node.decide.name.text)


def _together(row: Row) -> Expression:
    tests = tuple(test for test in row.conditions if test is not None)
    return tests[0] if len(tests) == 1 else And(tests)


def asked_by(decide: ast.Decide, context: Context, answers: Sequence[int]) -> Asked:
    """The rows of a decision table with some of their answers."""
    columns = tuple(index for index, head in enumerate(decide.heads) if isinstance(head, ast.Head))
    if decide.table is None:
        _only_what_it_goes_by(decide)
    made = all_of(*((lambda row=row: _conditions(decide, row, columns, context)) for row in decide.rows))
    answered = all_of(*((lambda index=index: _answers(decide, index, context)) for index in answers))
    rows = tuple(
        Row(conditions, tuple(column[place] for column in answered), row, row.otherwise)
        for place, (conditions, row) in enumerate(zip(made, decide.rows, strict=True))
    )
    return Asked(decide, columns, rows, context)


def _only_what_it_goes_by(decide: ast.Decide) -> None:
    """The headings are what stands behind `by`, all of it."""
    known = [name.text for name in decide.by]
    heads = [head.subject for head in decide.heads if isinstance(head, ast.Head)]
    for subject in heads:
        if not isinstance(subject, ast.Name):
            raise Problem(say("PD562", subject.span if subject else decide.span, head=decide.name.text))
        if subject.text not in known:
            raise unknown(subject, f"what `{decide.name.text}` goes by", known)
    for name in decide.by:
        if name.text not in {subject.text for subject in heads if isinstance(subject, ast.Name)}:
            raise Problem(say("PD574", name.span, name=name.text, table=decide.name.text))


def _conditions(
    decide: ast.Decide, row: ast.LimitsRow, columns: tuple[int, ...], context: Context
) -> tuple[Expression | None, ...]:
    return tuple(all_of(*((lambda index=index: _condition(decide, row, index, context)) for index in columns)))


def _condition(decide: ast.Decide, row: ast.LimitsRow, index: int, context: Context) -> Expression | None:
    head, cell = decide.heads[index], row.cells[index]
    assert isinstance(head, ast.Head) and head.subject is not None
    if head.kind == "name" or not cell.items:
        return cell_condition(head, cell, context)
    test = context.condition(head.subject)
    match cell.items:
        case (ast.YesNo(value=yes),) if not cell.negated:
            return test if yes else Not(test)
    raise Problem(say("PD575", cell.span, cell=cell.text, head=head.text))


# --- answers ----------------------------------------------------------------------------------------------------------


def _answers(decide: ast.Decide, index: int, context: Context) -> list[Expression]:
    """The answers of a column, which are of one type; a dash is none."""
    head = decide.heads[index]
    assert isinstance(head, ast.AnswerHead)
    cells = [row.cells[index] for row in decide.rows]
    items = [cell.items[0] for cell in cells if cell.items]
    plain = [item for item in items if not isinstance(item, ast.CellCompare | ast.Undecided)]
    hint = _kind_named(head, context) or _scale_of(plain, context)
    _is_not_misspelt(decide, head, hint, context)
    values = all_of(*((lambda item=item: context.infer(item, hint)) for item in plain))
    type = values[0].type if values else hint
    if type is None:
        raise Problem(say("PD576", head.span, head=head.text))
    for item, value in zip(plain, values, strict=True):
        if value.type != type:
            raise Problem(say("PD573", item.span, first=describe(type), second=describe(value.type), head=head.text))
    known = iter(values)
    found: list[Expression] = []
    for cell in cells:
        if not cell.items:
            found.append(Constant(Nothing.NONE, type))
        else:
            found.append(Decision((), type, "undecided") if isinstance(cell.items[0], ast.Undecided) else next(known))
    return found


def _kind_named(head: ast.AnswerHead, context: Context) -> Type | None:
    """What the answers are, if their heading names a scale, or a column of grades or labels."""
    if head.name.text in context.scope.scales:
        return context.scope.grade_type(head.name.text)
    column = column_of(head.name, context) if context.rows is not None and _is_other(head, context) else None
    return column.type if column is not None and isinstance(column.type, GradeType | LabelType) else None


def _is_not_misspelt(decide: ast.Decide, head: ast.AnswerHead, hint: Type | None, context: Context) -> None:
    """The heading of a single answer may be any word but one that is nearly the scale of the answers."""
    single = sum(isinstance(each, ast.AnswerHead) for each in decide.heads) == 1
    known = head.name.text in (*context.scope.scales, decide.name.text) or _is_other(head, context)
    if single and not known and isinstance(hint, GradeType) and nearest(head.name.text, [hint.scale]) is not None:
        raise unknown(head.name, "a scale", [hint.scale])


def _is_other(head: ast.AnswerHead, context: Context) -> bool:
    """Whether a heading names a column of the data or a category, not an answer of this or another decision."""
    rows = context.rows
    return rows is not None and (head.name.text in rows.spellings or head.name.text in rows.categories)


def _scale_of(items: Sequence[ast.Expr], context: Context) -> GradeType | None:
    """The scale of which all answers are grades, if they are words or texts and there is just one. A word that is
    nearly a grade of the scale that the others are of is taken for one, and then told as misspelt."""
    written: list[str] = []
    for item in items:
        match item:
            case ast.Text(value=text):
                written.append(text.strip().casefold())
            case ast.Name(text=text) if not is_declared(item, context):
                written.append(text.casefold())
            case _:
                return None
    scales = [name for name, grades in context.scope.grades.items() if written and set(written) <= set(grades)]
    if not scales:
        scales = [name for name in context.scope.grades if _nearly(set(written), name, context)]
    return context.scope.grade_type(scales[0]) if len(scales) == 1 else None


def _nearly(written: set[str], scale: str, context: Context) -> bool:
    grades = set(context.scope.grades[scale])
    names = context.grade_names(scale)
    return bool(written & grades) and all(nearest(word, names) is not None for word in written - grades)


def _looseness(row: Row, node: ast.Answer) -> tuple[int, Fraction]:
    """Where a row stands among all: the strictest first, an answer of none and `otherwise` last."""
    head = node.decide.heads[node.column]
    assert isinstance(head, ast.AnswerHead)
    answer = row.answers[0]
    match answer:
        case Constant(value=Nothing.NONE):
            return 1 + row.otherwise, Fraction(0)
        case Constant(value=int(rank), type=GradeType()):
            return 2 * row.otherwise, Fraction(rank)
        case Constant(value=Fraction() as value, type=Numeric()) if head.limit is not None:
            return 2 * row.otherwise, value if head.limit == "max" else -value
    raise Problem(say("PD566", head.span, head=head.text))
