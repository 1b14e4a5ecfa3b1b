"""Where the cell of a typed row stands, as the file calls it."""

from collections.abc import Mapping

from policydsl.data.table import Data
from policydsl.diagnostics import DataPlace
from policydsl.inputs.sheet import Sheet
from policydsl.model.rulebook import Table


def cell_place(sheets: Mapping[str, Sheet], table: Table, data: Data, index: int, name: str) -> DataPlace:
    """The place of a row's cell in a column, under the heading of the sheet that the table is from."""
    sheet = sheets.get(table.name)
    column = next(one for one in table.columns if one.name == name)
    spellings = {each.casefold() for each in (column.name, *column.also)}
    headings = () if sheet is None else (each for each in sheet.headings if each.casefold() in spellings)
    title = None if sheet is None else sheet.sheet
    return DataPlace(data.path, title, data.rows[index], next(iter(headings), name))
