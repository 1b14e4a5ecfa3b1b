"""Rows as messages name them."""

from collections.abc import Sequence

MOST_NAMED = 5


def named_rows(rows: Sequence[int]) -> str:
    """The first few rows by their numbers, and how many more there are."""
    named = f"row{'s' * (len(rows) > 1)} {', '.join(map(str, rows[:MOST_NAMED]))}"
    left = len(rows) - MOST_NAMED
    return named + (f" and {left} other{'s' * (left > 1)}" if left > 0 else "")
