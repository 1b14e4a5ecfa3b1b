"""Which rows of a workbook's sheet are hidden: openpyxl leaves that out when it reads a sheet row by row."""

import re
from io import BytesIO
from zipfile import ZipFile

AT_ONCE = 1 << 20
LONGEST_TAG = 1 << 16

_ROW = re.compile(rb"<(?:\w+:)?row\s[^<>]*>")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_NUMBER = re.compile(rb"\br=[\"'](\d{1,7})[\"']")


def hidden_rows(data: bytes, part: str) -> frozenset[int]:
    """The numbers of the rows that the part of the archive marks as hidden; none where there is no such part."""
    found: set[int] = set()
    with ZipFile(BytesIO(data)) as archive:
        if part.lstrip("/") not in archive.namelist():
            return frozenset()
        with archive.open(part.lstrip("/")) as stream:
            rest = b""
            while chunk := stream.read(AT_ONCE):
                text = rest + chunk
                last = text.rfind(b"<")
                rest = text[last:] if last >= 0 and b">" not in text[last:] else b""
                rest = rest if len(rest) <= LONGEST_TAG else b""
                if b"hidden" in text:
                    found |= _in(text)
    return frozenset(found)


def _in(text: bytes) -> set[int]:
    tags = (tag.group() for tag in _ROW.finditer(text))
    numbers = (_NUMBER.search(tag) for tag in tags if _HIDDEN.search(tag))
    return {int(number[1]) for number in numbers if number}
