"""Which rows and columns are hidden and which cells merged: openpyxl leaves that out when it reads row by row."""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from policydsl._frozen import frozen
from policydsl.inputs.merged import Range

AT_ONCE = 1 << 20
LONGEST_TAG = 1 << 16

_ROW = re.compile(rb"<(?:\w+:)?row\s[^<>]*>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s[^<>]*>")
_FROM = re.compile(rb"\bmin=[\"'](\d{1,5})[\"']")
_TO = re.compile(rb"\bmax=[\"'](\d{1,5})[\"']")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_NUMBER = re.compile(rb"\br=[\"'](\d{1,7})[\"']")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*\bref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")


@frozen
class Marks:
    """The numbers of the rows and columns that are marked as hidden, and the merged cells in their order."""

    hidden: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Range, ...] = ()


def marks_of(data: bytes, part: str) -> Marks:
    """What the part of the archive marks; nothing where there is no such part."""
    hidden: set[int] = set()
    columns: set[int] = set()
    merged: dict[Range, None] = {}
    for text in _texts(data, part.lstrip("/")):
        if b"hidden" in text:
            hidden |= _rows_in(text)
            columns |= _columns_in(text)
        if b"mergeCell" in text:
            merged |= dict.fromkeys(_ranges_in(text))
    return Marks(frozenset(hidden), frozenset(columns), tuple(merged))


def _texts(data: bytes, part: str) -> Iterator[bytes]:
    """A part piece by piece, no tag cut in two."""
    with ZipFile(BytesIO(data)) as archive:
        if part not in archive.namelist():
            return
        with archive.open(part) as stream:
            rest = b""
            while chunk := stream.read(AT_ONCE):
                text = rest + chunk
                last = text.rfind(b"<")
                rest = text[last:] if last >= 0 and b">" not in text[last:] else b""
                rest = rest if len(rest) <= LONGEST_TAG else b""
                yield text


def _rows_in(text: bytes) -> set[int]:
    tags = (tag.group() for tag in _ROW.finditer(text))
    numbers = (_NUMBER.search(tag) for tag in tags if _HIDDEN.search(tag))
    return {int(number[1]) for number in numbers if number}


def _columns_in(text: bytes) -> set[int]:
    tags = (tag.group() for tag in _COLUMN.finditer(text))
    ends = ((_FROM.search(tag), _TO.search(tag)) for tag in tags if _HIDDEN.search(tag))
    return {number for low, high in ends if low and high for number in range(int(low[1]), int(high[1]) + 1)}


def _ranges_in(text: bytes) -> Iterator[Range]:
    for found in _MERGED.finditer(text):
        left, top, right, bottom = found.groups()
        yield Range(int(top), _number(left), int(bottom), _number(right))


def _number(letters: bytes) -> int:
    """The number of a column, from 1, that a workbook calls by these letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
