"""openpyxl as it is needed here: sheets row by row, and no charts, on which it stumbles when it reads so."""

from typing import IO, Any

from openpyxl.reader.excel import ExcelReader


class _Reader(ExcelReader):  # type: ignore[misc]  # it has no types
    def read_chartsheet(self, sheet: Any, rel: Any) -> None:
        """A sheet that holds nothing but a chart is no table."""


def load(file: IO[bytes], values: bool) -> Any:
    """The workbook in a file, with the values of its formulas or with the formulas themselves."""
    reader = _Reader(file, read_only=True, data_only=values, keep_links=False)
    reader.read()
    return reader.wb
