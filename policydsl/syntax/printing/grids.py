"""Tables in the text, with their columns under one another."""

from collections.abc import Sequence

from policydsl.syntax import ast
from policydsl.syntax.printing.assertions import limited, prefix
from policydsl.syntax.printing.expressions import OR, PRODUCT_SUM, expression
from policydsl.syntax.printing.names import name, text
from policydsl.syntax.words import Words

_DASH = "-"


def grid(rows: Sequence[Sequence[str]], indent: str) -> list[str]:
    """The lines of a table."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [
        f"{indent}| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |" for row in rows
    ]


def limits_grid(words: Words, said: ast.Limits, indent: str) -> list[str]:
    """The table of a `limits`."""
    return grid([[heading(words, head) for head in said.heads], *body(words, said.rows)], indent)


def body(words: Words, rows: Sequence[ast.LimitsRow]) -> list[list[str]]:
    """The cells under the headings."""
    found = []
    for row in rows:
        cells = [cell(words, one) for one in row.cells]
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


def heading(words: Words, head: ast.Head | ast.AnswerHead, colons: bool = True) -> str:
    """The text of a heading; in a name its prefixes stand without their colons: `max per issuer share`."""
    if isinstance(head, ast.AnswerHead):
        return f"-> {words.written(head.limit.upper()) + ' ' if head.limit else ''}{name(words, head.name)}"
    if head.kind == "blank":
        return head.text
    if head.subject is not None and head.kind in ("name", "condition"):
        return expression(words, head.subject, OR, of_rows=True)
    if not colons:
        prefixes = [prefix(words, one).removesuffix(":") for one in head.prefixes]
        left = limited(words, ast.Assertion((), head.subject, None, span=head.span)) if head.subject else ""
        return " ".join(part for part in (_kind(words, head), *prefixes, left) if part)
    left = limited(words, ast.Assertion(head.prefixes, head.subject, None, span=head.span))
    return f"{_kind(words, head)} {left}".strip()


def _kind(words: Words, head: ast.Head) -> str:
    """`max`, and `should` rather than `should be`: in a heading no `be` follows."""
    return min(words.spellings[head.kind.upper()][:2], key=lambda spelling: spelling.count(" "))


def cell(words: Words, said: ast.Cell) -> str:
    """The text of a body cell."""
    if not said.items:
        return said.text or _DASH
    items = ", ".join(cell_item(words, item) for item in said.items)
    return f"{words.written('NOT')} {items}" if said.negated else items


def cell_item(words: Words, item: ast.Expr | ast.CellCompare) -> str:
    """A value, a range or a comparison in a cell."""
    if isinstance(item, ast.CellCompare):
        return f"{item.op} {expression(words, item.value, PRODUCT_SUM, of_rows=True)}"
    return expression(words, item, PRODUCT_SUM, of_rows=True)
