"""The table of a `decide`: conditions in some columns, answers in the others."""

from policydsl.catalogue import say
from policydsl.syntax import ast
from policydsl.syntax.build.parts import DecideDraft
from policydsl.syntax.grid import GridReader, in_order
from policydsl.syntax.rows import read_rows

_CONDITIONS = ("name", "condition")


def read_decide(draft: DecideDraft, text: str, language: str) -> ast.Decide:
    """The declaration with its table read, or `Wrong` with all that is wrong in the table."""
    grid, problems = read_rows(draft.rows)
    reader = GridReader(text, language, problems)
    heads = tuple(reader.head(cell) for cell in grid[0])
    answers = frozenset(index for index, head in enumerate(heads) if isinstance(head, ast.AnswerHead))
    for head in heads:
        if isinstance(head, ast.Head) and head.kind not in _CONDITIONS:
            problems.append(say("PD562", head.span, head=head.text))
    if not problems and (not answers or 0 in answers):
        problems.append(say("PD563", draft.rows[0].span, name=draft.name.text))
    if not problems and len(grid) == 1:
        problems.append(say("PD564", draft.rows[0].span, name=draft.name.text))
    rows = tuple(
        reader.row(draft.rows[index].span, cells, frozenset(), last=index == len(grid) - 1)
        for index, cells in enumerate(grid)
        if index > 0
    )
    for row in rows:
        for index, cell in enumerate(row.cells):
            single = len(cell.items) <= 1 and not cell.negated
            if index in answers and not (single and not any(map(_is_test, cell.items))):
                problems.append(say("PD565", cell.span, cell=cell.text))
    if problems:
        raise in_order(problems)
    return ast.Decide(draft.name, draft.table, draft.by, draft.hits, heads, rows, draft.clauses, span=draft.span)


def _is_test(item: ast.Expr | ast.CellCompare) -> bool:
    return isinstance(item, ast.CellCompare | ast.Range)
