"""Sets of rows as the bits of a whole number, the first row the highest bit: whole sets are joined in one step."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from typing import TypeVar

from policydsl.figures.values import Truth

T = TypeVar("T")

Where = tuple[int, int]
"""Where a condition surely holds, and where that is not known."""
FALSE, TRUE, UNKNOWN = 0, 1, 2
SIGN_OF: dict[Truth, int] = {False: FALSE, True: TRUE, None: UNKNOWN}
_IS = [bytes(48 + (sign == wanted) for sign in range(256)) for wanted in (FALSE, TRUE, UNKNOWN)]
_FLAGS = bytes.maketrans(b"01", b"\0\1")


def rows_with(signs: bytes, wanted: int) -> int:
    """The rows that have a sign."""
    return int(b"0" + signs.translate(_IS[wanted]), 2)


def where(signs: bytes) -> Where:
    """The two sets of a condition."""
    return rows_with(signs, TRUE), rows_with(signs, UNKNOWN) if UNKNOWN in signs else 0


def chosen(rows: int, of: Sequence[T]) -> Iterator[T]:
    """Of one thing a row, those of a set's rows, in their order."""
    return compress(of, format(rows, f"0{len(of)}b").encode().translate(_FLAGS)) if rows else iter(())


def first_of(rows: int, size: int) -> int:
    """The first row of a set that has one."""
    return size - rows.bit_length()


def rows_of(found: Iterable[int], size: int) -> int:
    """Some rows as a set."""
    signs = bytearray(size)
    for row in found:
        signs[row] = TRUE
    return rows_with(bytes(signs), TRUE)


def negated(each: Where, every: int) -> Where:
    """The opposite."""
    return every & ~(each[0] | each[1]), each[1]


def all_of(each: Iterable[Where], every: int) -> Where:
    """Where all of several conditions hold."""
    sure = may = every
    for holds, unknown in each:
        sure &= holds
        may &= holds | unknown
    return sure, may & ~sure


def any_of(each: Iterable[Where]) -> Where:
    """Where any of several conditions holds."""
    sure = may = 0
    for holds, unknown in each:
        sure |= holds
        may |= holds | unknown
    return sure, may & ~sure


def by_truth(each: Where, every: int) -> tuple[tuple[Truth, int], ...]:
    """The rows by what is said of them, where there are any."""
    found = ((True, each[0]), (None, each[1]), (False, every & ~(each[0] | each[1])))
    return tuple((truth, rows) for truth, rows in found if rows)


def truths(each: Where, size: int) -> list[Truth]:
    """What is said of each row."""
    sure, unknown = (chosen(rows, range(size)) for rows in each)
    found: list[Truth] = [False] * size
    for row in sure:
        found[row] = True
    for row in unknown:
        found[row] = None
    return found
