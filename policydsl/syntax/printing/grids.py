"""Tables in the text, with their columns under one another."""

from collections.abc import Sequence

from policydsl.syntax import ast
from policydsl.syntax.printing.assertions import limited
from policydsl.syntax.printing.expressions import OR, PRODUCT_SUM, expression
from policydsl.syntax.printing.names import text
from policydsl.syntax.words import Words

_DASH = "-"


def grid(rows: Sequence[Sequence[str]], indent: str) -> list[str]:
    """The lines of a table."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [
        f"{indent}| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |" for row in rows
    ]


def limits_grid(words: Words, said: ast.Limits, indent: str) -> list[str]:
    """The table of a `limits`; headings and cells as the author wrote them."""
    return grid([[heading(words, head) for head in said.heads], *body(words, said.rows)], indent)


def body(words: Words, rows: Sequence[ast.LimitsRow]) -> list[list[str]]:
    """The cells under the headings."""
    found = []
    for row in rows:
        cells = [_cell(words, cell) for cell in row.cells]
        found.append([words.written("OTHERWISE"), *cells[1:]] if row.otherwise else cells)
    return found


def history_grid(words: Words, said: ast.History, indent: str) -> list[str]:
    """The table of a parameter's values; columns that say nothing are left out."""
    columns = {
        "FROM": [one.start.isoformat() for one in said.periods],
        "UNTIL": [one.end.isoformat() if one.end else "" for one in said.periods],
        "VALUE": [expression(words, one.value) for one in said.periods],
        "DECIDED_BY": [text(one.decided_by) if one.decided_by is not None else "" for one in said.periods],
        "SOURCE": [text(one.source) if one.source is not None else "" for one in said.periods],
    }
    filled = {head: cells for head, cells in columns.items() if any(cells)}
    rows = zip(*filled.values(), strict=True)
    return grid([[words.written(head) for head in filled], *([cell or _DASH for cell in row] for row in rows)], indent)


def heading(words: Words, head: ast.Head) -> str:
    """A heading as the author wrote it."""
    if head.text or head.kind == "blank":
        return head.text
    if head.subject is not None and head.kind in ("name", "condition"):
        return expression(words, head.subject, OR, of_rows=True)
    left = limited(words, ast.Assertion(head.prefixes, head.subject, None, span=head.span))
    return f"{words.written(head.kind.upper())} {left}".strip()


def _cell(words: Words, cell: ast.Cell) -> str:
    if cell.text or not cell.items:
        return cell.text or _DASH
    items = ", ".join(cell_item(words, item) for item in cell.items)
    return f"{words.written('NOT')} {items}" if cell.negated else items


def cell_item(words: Words, item: ast.Expr | ast.CellCompare) -> str:
    """A value, a range or a comparison in a cell."""
    if isinstance(item, ast.CellCompare):
        return f"{item.op} {expression(words, item.value, PRODUCT_SUM, of_rows=True)}"
    return expression(words, item, PRODUCT_SUM, of_rows=True)
