"""openpyxl as it is needed here: sheets row by row, texts with their raised signs, and no charts, on which it stumbles
when it reads so."""

from typing import IO, Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS
from openpyxl.xml.functions import iterparse

from policydsl.inputs.xlsx_raised import NAME, text_of


class _Reader(ExcelReader):  # type: ignore[misc]  # it has no types
    def read_chartsheet(self, sheet: Any, rel: Any) -> None:
        """A sheet that holds nothing but a chart is no table."""

    def read_strings(self) -> None:
        """The texts that cells point to; what is formatted as raised or lowered is written so."""
        part = self.package.find(SHARED_STRINGS)
        if part is None:
            return
        self.shared_strings = []
        with self.archive.open(part.PartName[1:]) as stream:
            for _, node in iterparse(stream):
                if node.tag == f"{NAME}si":
                    self.shared_strings.append(text_of(node).replace("x005F_", ""))
                    node.clear()


def load(file: IO[bytes], values: bool) -> Any:
    """The workbook in a file, with the values of its formulas or with the formulas themselves."""
    reader = _Reader(file, read_only=True, data_only=values, keep_links=False)
    reader.read()
    return reader.wb
