"""Small sheets and workbooks for the tests of this folder."""

from io import BytesIO

from openpyxl import Workbook

from policydsl.inputs.sheet import Cell, Sheet


def column(*cells: Cell, delimiter: str | None = None, kind: str = "csv") -> Sheet:
    """A sheet of one column called `x`, its first row in line 2."""
    rows = tuple(range(2, len(cells) + 2))
    return Sheet("t.csv", None, ("x",), (cells,), rows, kind, (1,), delimiter)


def workbook(*rows: list[object], formats: dict[str, str] | None = None) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for address, number_format in (formats or {}).items():
        book.active[address].number_format = number_format
    return saved(book)


def saved(book: Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def codes(told) -> list[str]:
    return [one.code for one in told]
