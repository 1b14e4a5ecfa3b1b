"""A workbook to fill in: a sheet for each table that a rulebook reads, and a page on what each column is for."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

from policydsl.catalogue.languages import sentence
from policydsl.data.kinds import kind_of
from policydsl.inputs.example_rows import ABOUT, EXAMPLE
from policydsl.inputs.kinds import DateKind, GradeKind, Kind, LabelKind, ListKind, NumberKind, TextKind, YesNoKind
from policydsl.inputs.sheet import letters
from policydsl.model.rulebook import Column, Rulebook, Table
from policydsl.reports.packing import packed
from policydsl.verdicts.unread import read_by

ROWS = 2000
"""How many rows have the drop-downs."""
_SAID = ("none", "unrated", "yes", "no")
"""What a blank cell may mean that every language has a word for."""
_MADE = datetime(2000, 1, 1)
"""When it says that it was made: the same rulebook gives the same bytes."""
_GREY, _YELLOW = "FFDDDDDD", "FFFFF2CC"


def template(rulebook: Rulebook, language: str) -> bytes:
    """The workbook, which `check` reads once its example rows are removed."""
    from openpyxl import Workbook

    book = Workbook()
    about = book.active
    about.title = ABOUT[language]
    read = read_by(rulebook)
    tables = [table for table in rulebook.tables.values() if table.name in read and table.made is None]
    lists: list[tuple[str, list[str]]] = []
    for table in tables:
        _fill(book.create_sheet(table.name), table, rulebook, lists, language)
    _describe(about, tables, rulebook, lists, language)
    book.active = 1 if tables else 0
    book.properties.creator, book.properties.created = "policydsl", _MADE
    stream = BytesIO()
    book.save(stream)
    return packed(stream.getvalue(), _MADE)


def _fill(sheet: Any, table: Table, rulebook: Rulebook, lists: list[tuple[str, list[str]]], language: str) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet.freeze_panes = "A2"
    example = PatternFill("solid", fgColor=_YELLOW)
    for at, column in enumerate(table.columns, 1):
        kind = kind_of(column, rulebook.scales)
        _put(sheet.cell(1, at), column.name).font = Font(bold=True)
        _put(sheet.cell(2, at), _example(kind, language)).fill = example
        sheet.column_dimensions[letters(at)].width = max(14, len(column.name) + 2)
        shown_as = _format(kind, language)
        words = _words(kind, language)
        if words:
            lists.append((f"{table.name}.{column.name}", words))
            place = letters(_FIRST_LIST + len(lists) - 1)
            chosen = DataValidation(
                "list", f"'{ABOUT[language]}'!${place}$2:${place}${len(words) + 1}", allow_blank=True
            )
            chosen.add(f"{letters(at)}2:{letters(at)}{ROWS}")
            sheet.add_data_validation(chosen)
        if shown_as:
            sheet.column_dimensions[letters(at)].number_format = shown_as
            sheet.cell(2, at).number_format = shown_as
    last = len(table.columns) + 1
    _put(sheet.cell(1, last), EXAMPLE[language])
    mark = sentence(language, "Row 2 is an example: delete the row before the check")
    _put(sheet.cell(2, last), mark).fill = example
    sheet.cell(2, 1).comment = Comment(mark, "policydsl")
    sheet.column_dimensions[letters(last)].width = 50


_FIRST_LIST = 7


def _describe(
    about: Any, tables: list[Table], rulebook: Rulebook, lists: list[tuple[str, list[str]]], language: str
) -> None:
    from openpyxl.styles import Font, PatternFill

    headings = ("Table", "Column", "What it holds", "Needed", "Other headings")
    for at, heading in enumerate(headings, 1):
        _put(about.cell(1, at), sentence(language, heading)).font = Font(bold=True)
        about.column_dimensions[letters(at)].width = (18, 24, 50, 10, 40)[at - 1]
    read, row = read_by(rulebook), 2
    for table in tables:
        for column in table.columns:
            vital = column.key or column.name == table.dated_by or column.name in rulebook.vital(table.name)
            needed = "yes" if vital else "for some rules" if column.name in read[table.name] else "no"
            held = _holds(column, kind_of(column, rulebook.scales), language)
            words = (table.name, column.name, held, sentence(language, needed), ", ".join(column.also))
            for at, text in enumerate(words, 1):
                _put(about.cell(row, at), text)
            row += 1
    for at, (name, words_of_list) in enumerate(lists, _FIRST_LIST):
        _put(about.cell(1, at), name).fill = PatternFill("solid", fgColor=_GREY)
        for down, word in enumerate(words_of_list, 2):
            _put(about.cell(down, at), word)


def _put(cell: Any, value: object) -> Any:
    """Writes a cell; a text is a text, whatever it begins with."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def _words(kind: Kind, language: str) -> list[str]:
    match kind:
        case LabelKind(words):
            return list(dict.fromkeys(words.values()))
        case GradeKind(words):
            grades = [grade for grade in dict.fromkeys(words.values()) if grade != "unrated"]
            return [*grades, sentence(language, "unrated")]
        case YesNoKind():
            return [sentence(language, word) for word in ("yes", "no")]
    return []


def _format(kind: Kind, language: str) -> str:
    match kind:
        case DateKind():
            return "yyyy-mm-dd"
        case NumberKind(unit="%"):
            return "0.00%"
        case NumberKind(unit=""):
            return "#,##0.00"
        case NumberKind(unit=unit):
            return f'#,##0.00" {_unit(unit, language)}"'
        case TextKind():
            return "@"
    return ""


def _unit(unit: str, language: str) -> str:
    """A unit as the reader calls it; currencies are the same in all languages."""
    return sentence(language, unit) if unit in ("years", "months", "days", "banking days") else unit


def _example(kind: Kind, language: str) -> object:
    match kind:
        case DateKind():
            return date(2024, 12, 31)
        case NumberKind(unit=unit):
            return 0.025 if unit == "%" else 2.5 if unit in ("years", "months") else 1_000_000
        case TextKind():
            return "ABC"
        case ListKind(separator=separator, grades=grades):
            return separator.join(["ABC", "DEF"] if grades is None else list(dict.fromkeys(grades.values()))[:2])
    return _words(kind, language)[0]


def _holds(column: Column, kind: Kind, language: str) -> str:
    match kind:
        case DateKind():
            told = sentence(language, "a date")
        case NumberKind(unit=unit):
            in_unit = sentence(language, "a number, in {unit}", unit=_unit(unit, language))
            told = in_unit if unit else sentence(language, "a number")
        case TextKind():
            told = sentence(language, "a text")
        case ListKind(separator=separator):
            told = sentence(language, "several texts, parted by {separator}", separator=separator)
        case _:
            told = sentence(language, "one of {words}", words=", ".join(_words(kind, language)[:12]))
    if column.blank is not None:
        blank = sentence(language, column.blank) if column.blank in _SAID else column.blank
        told += sentence(language, "; left blank it means {blank}", blank=blank)
    return told
