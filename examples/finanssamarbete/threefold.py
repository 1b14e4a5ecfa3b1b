"""Yes, no and unknown (None); exact numbers; and the verdicts that follow. Part of `expected.py`.

A cell is a text, blank ("") or, where the whole column is missing, None.
"""

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction

Cell = str | None
Row = dict[str, str]
Answer = bool | None
Test = Callable[[Row], Answer]
WORST = ("breach", "undetermined", "deviation", "pass", "not applicable")


def both(*answers: Answer) -> Answer:
    """All of them."""
    return False if False in answers else None if None in answers else True


def either(*answers: Answer) -> Answer:
    """One of them at least."""
    return True if True in answers else None if None in answers else False


def no(answer: Answer) -> Answer:
    """The opposite."""
    return None if answer is None else not answer


def same(cell: Cell, *words: str) -> Answer:
    """Whether a cell, blank being unknown, says one of the words."""
    return None if not cell else cell.casefold() in [word.casefold() for word in words]


def yes(cell: Cell) -> Answer:
    """Whether a cell, blank being unknown, says yes."""
    return same(cell, "yes")


def is_none(cell: Cell) -> Answer:
    """Whether there is none, where a blank says so."""
    return None if cell is None else cell == ""


def number(cell: Cell) -> Fraction | None:
    """The number in a cell, blank being unknown."""
    return Fraction(cell) if cell else None


def day(cell: Cell) -> date | None:
    """The date in a cell, blank being unknown."""
    return date.fromisoformat(cell) if cell else None


def upto(left: object, right: object) -> Answer:
    """Whether left <= right; a number is compared with a number, a date with a date."""
    return None if left is None or right is None else left <= right  # type: ignore[operator]


def equal(left: object, right: object) -> Answer:
    """Whether both are the same."""
    return None if left is None or right is None else left == right


# --- verdicts ---------------------------------------------------------------------------------------------------------


def worst(verdicts: Iterable[str]) -> str:
    """The first of them in the order from worst to best."""
    return min(verdicts, key=WORST.index)


def told(answer: Answer, soft: bool = False) -> str:
    """The verdict that an answer is."""
    return "undetermined" if answer is None else "pass" if answer else "deviation" if soft else "breach"


def each(rows: list[Row] | None, holds: Test, where: Test = lambda row: True) -> str:
    """`each row where W: C`; nothing is known of a table that is missing."""
    if rows is None:
        return "undetermined"
    answers = [either(no(where(row)), holds(row)) for row in rows]
    return told(both(*answers))


def counted(rows: list[Row], where: Test) -> tuple[int, int]:
    """How many rows fulfil it for certain, and how many may."""
    answers = [where(row) for row in rows]
    return answers.count(True), answers.count(True) + answers.count(None)


def exactly(ends: tuple[int, int], wanted: int) -> Answer:
    """Whether a number between the ends is this one."""
    return None if ends[0] <= wanted <= ends[1] and ends[0] < ends[1] else ends[0] == wanted


def at_least(ends: tuple[int, int], wanted: int) -> Answer:
    """Whether a number between the ends reaches this one."""
    return True if ends[0] >= wanted else None if ends[1] >= wanted else False


def at_most(ends: tuple[int, int], wanted: int) -> Answer:
    """Whether a number between the ends stays within this one."""
    return True if ends[1] <= wanted else None if ends[0] <= wanted else False
