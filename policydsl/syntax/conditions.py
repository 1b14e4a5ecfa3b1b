"""What can hold or not."""

from policydsl.syntax import ast


def is_condition(part: ast.Expr) -> bool:
    """Whether an expression can hold or not: what is surely a value cannot."""
    return not isinstance(
        part,
        ast.Quantity | ast.Text | ast.Date | ast.Undecided | ast.Range | ast.Listing | ast.Arithmetic | ast.Negative
        | ast.PercentOf | ast.Pick | ast.Aggregate,
    )  # fmt: skip
