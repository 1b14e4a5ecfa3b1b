"""Yes, no and unknown (None); exact numbers; and the verdicts that follow. Part of `expected.py`."""

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction

Row = dict[str, str]
Answer = bool | None
Test = Callable[[Row], Answer]
WORST = ("breach", "undetermined", "deviation", "pass", "not applicable")
BODIES = ("Ekonomidirektör", "Moderbolagets styrelse", "Nämnd", "Kommunstyrelsen", "Kommunfullmäktige")


def both(*answers: Answer) -> Answer:
    """All of them."""
    return False if False in answers else None if None in answers else True


def either(*answers: Answer) -> Answer:
    """One of them at least."""
    return True if True in answers else None if None in answers else False


def no(answer: Answer) -> Answer:
    """The opposite."""
    return None if answer is None else not answer


def same(cell: str, *words: str) -> Answer:
    """Whether a cell, blank being unknown, says one of the words."""
    return None if cell == "" else cell.casefold() in [word.casefold() for word in words]


def yes(cell: str) -> Answer:
    """Whether a cell, blank being unknown, says yes."""
    return same(cell, "yes")


def number(cell: str) -> Fraction | None:
    """The number in a cell, blank being unknown."""
    return None if cell == "" else Fraction(cell)


def day(cell: str) -> date | None:
    """The date in a cell, blank being unknown."""
    return None if cell == "" else date.fromisoformat(cell)


def upto(left: object, right: object) -> Answer:
    """Whether left <= right; a number is compared with a number, a date with a date."""
    return None if left is None or right is None else left <= right  # type: ignore[operator]


def equal(left: object, right: object) -> Answer:
    """Whether both are the same."""
    return None if left is None or right is None else left == right


def body(cell: str, least: str) -> Answer:
    """Whether a body stands at least as high as another."""
    return None if cell == "" else BODIES.index(cell) >= BODIES.index(least)


# --- verdicts ---------------------------------------------------------------------------------------------------------


def worst(verdicts: Iterable[str]) -> str:
    """The first of them in the order from worst to best."""
    return min(verdicts, key=WORST.index)


def each(rows: list[Row], holds: Test, where: Test = lambda row: True) -> str:
    """`each row where W: C`."""
    answers = [either(no(where(row)), holds(row)) for row in rows]
    return "breach" if False in answers else "undetermined" if None in answers else "pass"


def counted(rows: list[Row], where: Test) -> tuple[int, int]:
    """How many rows fulfil it for certain, and how many may."""
    answers = [where(row) for row in rows]
    return answers.count(True), answers.count(True) + answers.count(None)


def within(ends: tuple[object, object], holds: Callable[[object], bool], soft: bool = False) -> str:
    """The verdict on a figure that lies between two ends; what holds of both ends holds between them."""
    answers = {holds(end) for end in ends}
    return "undetermined" if len(answers) > 1 else "pass" if True in answers else "deviation" if soft else "breach"


def total(rows: list[Row], column: str, where: Test = lambda row: True) -> tuple[Fraction, Fraction] | None:
    """The least and the greatest sum of amounts that are not negative; None if it has no greatest."""
    low = high = Fraction(0)
    for row in rows:
        counts, amount = where(row), number(row[column])
        if counts is False:
            continue
        if amount is None:
            return None
        low += amount if counts else 0
        high += amount
    return low, high
