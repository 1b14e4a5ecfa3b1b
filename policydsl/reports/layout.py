"""Lines for a terminal or a pipe: columns that line up, nothing wider than the page."""

from collections.abc import Iterable, Sequence
from textwrap import wrap

WIDTH = 100
GAP = "  "


def paragraph(text: str, indent: int = 0, hanging: int = 0) -> list[str]:
    """A text folded to the width of the page, further lines further in; a word wider than the page is broken."""
    first = " " * indent
    if indent + len(text) <= WIDTH and text.isprintable() and text == text.strip():
        return [first + text]
    return wrap(text, WIDTH, initial_indent=first, subsequent_indent=first + " " * hanging, break_on_hyphens=False) or [
        first
    ]


def columns(rows: Sequence[Sequence[str]], indent: int = 2, widest: int = 44) -> list[str]:
    """Rows with their cells below one another; a row too wide for the page goes on in the line below.

    A cell wider than `widest` moves the rest of its own row, and no other.
    """
    if not rows:
        return []
    rows = list(zip(*(column for column in zip(*rows, strict=True) if any(column)), strict=True))
    widths = [
        max((len(cell) for cell in column if len(cell) <= widest), default=0) for column in zip(*rows, strict=True)
    ]
    return [line for row in rows for line in _row(row, widths, indent)]


def _row(row: Sequence[str], widths: Sequence[int], indent: int) -> Iterable[str]:
    line = " " * indent
    begun = False
    for cell, width in zip(row, widths, strict=True):
        padded = cell.ljust(width)
        if begun and len(line) + len(GAP) + len(cell) > WIDTH and cell:
            yield line.rstrip()
            line, begun = " " * (indent + 4), False
        if not begun and len(line) + len(cell) > WIDTH:
            *folded, cell = paragraph(cell, len(line), 2)
            yield from folded
            line, begun = cell, True
            continue
        line += (GAP if begun else "") + padded
        begun = True
    yield line.rstrip()
