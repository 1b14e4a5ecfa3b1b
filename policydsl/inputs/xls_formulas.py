"""Formulas of an old workbook (.xls) that no spreadsheet has calculated: they hold 0, or nothing, as their value."""

from collections.abc import Iterator
from io import StringIO
from struct import error, unpack_from

_SHEET, _END, _FORMULA, _UNCALCULATED = 0x85, 0x0A, 0x06, 0x5E
_NOTHING_YET = (bytes(8), b"\x03\0\0\0\0\0\xff\xff")
_WHEN_OPENED = 2
"""The mark of a formula that is to be calculated when the workbook is opened."""


def uncalculated(data: bytes) -> dict[int, frozenset[tuple[int, int]]]:
    """The row and column, from 0, of formulas that wait for a spreadsheet to calculate them, by the number of the sheet
    among those of cells."""
    from xlrd.compdoc import CompDoc

    streams = CompDoc(data, logfile=StringIO())
    found = (streams.locate_named_stream(name) for name in ("Workbook", "Book"))
    stream, base, size = next((each for each in found if each[0] is not None), (b"", 0, 0))
    book = bytes(stream[base : base + size])
    starts = [
        unpack_from("<I", body)[0]
        for kind, body in _records(book, 0)
        if kind == _SHEET and body[5] == 0  # of cells, no chart
    ]
    return {number: _of_sheet(book, start) for number, start in enumerate(starts)}


def _of_sheet(book: bytes, start: int) -> frozenset[tuple[int, int]]:
    every, found = False, {False: set[tuple[int, int]](), True: set[tuple[int, int]]()}
    for kind, body in _records(book, start):
        every = every or kind == _UNCALCULATED
        if kind == _FORMULA and body[6:14] in _NOTHING_YET:
            row, column = unpack_from("<HH", body)
            (marks,) = unpack_from("<H", body, 14)
            found[bool(marks & _WHEN_OPENED)].add((row, column))
    return frozenset(found[True] | (found[False] if every else set()))


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of a part, up to its end."""
    try:
        while True:
            kind, length = unpack_from("<HH", book, at)
            if kind == _END:
                return
            yield kind, book[at + 4 : at + 4 + length]
            at += 4 + length
    except error:  # it ends without saying so
        return
