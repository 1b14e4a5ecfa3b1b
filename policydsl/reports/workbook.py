"""The report as a workbook: the verdicts with their figures, and on a sheet of its own the rows behind each of them.

Figures are numbers to calculate with, rounded to what a spreadsheet holds; the words beside them are exact. No text
becomes a formula, whatever it begins with.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from fractions import Fraction
from io import BytesIO
from typing import TYPE_CHECKING, Any

from policydsl.model.rulebook import Outcome
from policydsl.reports import notes
from policydsl.reports.amounts import DAY, Amount, of_figure, of_value, room_of
from policydsl.reports.findings import decided_by, group_names, name_of
from policydsl.reports.lacking import lacking
from policydsl.reports.naming import about, overall
from policydsl.reports.owed import owed, told_of, waivers
from policydsl.reports.packing import packed
from policydsl.reports.signs import allowed
from policydsl.reports.text import figure_line, marks
from policydsl.verdicts import FigureLine, Row, Verdict, printed
from policydsl.verdicts.outcomes import WORST_FIRST
from policydsl.verdicts.settling import row_called
from policydsl.verdicts.wording import alone

if TYPE_CHECKING:
    from policydsl.reports.report import Report

MOST_ROWS = 1000
"""Rows of each verdict that are listed; how many more there are stands below them."""
LONGEST_TEXT = 32_000
"""Signs of a text that a cell holds."""
WIDEST = 60
LINE, MOST_LINES = 15, 20
"""How high a line of a folded text is, in points, and how many of them are in sight."""

Value = str | Fraction | int | date | Amount | None

_FILLS: dict[Outcome, tuple[str, str]] = {
    "breach": ("FBE1DF", "8C1D18"), "undetermined": ("ECE5F6", "4B3079"), "deviation": ("FBE9D3", "7A3E00"),
    "waived": ("DCEFF5", "084C61"), "warning": ("FAF1CC", "5F4A00"), "pass": ("DFF1E5", "15532F"),
    "not applicable": ("ECEEEC", "4A525A"),
}  # fmt: skip


def workbook_bytes(reports: Sequence["Report"]) -> bytes:
    """The reports as an XLSX file; sheets of several are numbered."""
    from openpyxl import Workbook

    book: Any = Workbook()
    book.remove(book.active)
    for at, report in enumerate(reports):
        number = f" {at + 1}" if len(reports) > 1 else ""
        for title, heads, rows in _sheets(report):
            _fill(book.create_sheet(f"{title}{number}"[:31]), heads, rows, report)
        _sum_up(book.create_sheet(f"{report.say('Overview')}{number}"[:31], at * 6), report)
    day = reports[0].as_of or date(2000, 1, 1)
    made = datetime(day.year, day.month, day.day)
    book.properties.creator = "policydsl"
    book.properties.title = allowed(reports[0].title)
    book.properties.created = made
    written = BytesIO()
    book.save(written)
    return packed(written.getvalue(), made)


Sheet = tuple[str, Sequence[str], Iterable[Sequence[Value]]]


def _sheets(report: "Report") -> Iterator[Sheet]:
    say = report.say
    of_verdicts = (
        say("outcome"), say("rule"), say("cell"), say("group"), say("title"), say("source"), say("figure"),
        say("figure as a number"), say("bounds"), say("least allowed"), say("most allowed"), say("norm"), say("room"),
        say("room as a number"), say("room in the unit of the base"), say("use"), say("last day"),
        say("what was found"),
    )  # fmt: skip
    of_rows = (
        say("outcome"), say("verdict"), say("table"), say("row"), say("name"), say("value"),
        say("value as a number"), say("what decided"),
    )  # fmt: skip
    of_owed = (say("due"), say("outcome"), say("what"), say("of whom and for what"), say("what was found"))
    of_figures = (say("name"), say("value"), say("figure as a number"), say("rows"), say("note"))
    yield say("Limits"), of_verdicts, (_verdict(each) for each in report.verdicts)
    yield say("Rows"), of_rows, (row for each in report.verdicts for row in _rows(each, report))
    yield say("Duties and attestations"), of_owed, _owed(report)
    yield say("Figures"), of_figures, map(_figure, report.figures)
    yield say("Notes"), (say("what"), say("note")), _notes(report)


def _verdict(verdict: Verdict) -> Sequence[Value]:
    room = room_of(verdict)
    return (
        verdict.wording.say(verdict.outcome),
        verdict.check.rule,
        verdict.cell,
        ", ".join(group_names(verdict)),
        verdict.check.title,
        "; ".join(verdict.sources),
        printed.failing(verdict) if verdict.is_about_rows else verdict.figure_words,
        of_figure(verdict.figure, verdict.type, verdict.wording.say),
        verdict.bound_words,
        room.least,
        room.most,
        room.norm,
        verdict.headroom_words,
        room.distance,
        room.of_base,
        verdict.utilisation,
        None if verdict.cure is None else verdict.cure.until,
        verdict.finding,
    )


def _rows(verdict: Verdict, report: "Report") -> Iterator[Sequence[Value]]:
    behind, say = verdict.behind(), verdict.wording.say
    name = ", ".join(each for each in (verdict.check.rule, name_of(verdict, report)) if each)
    outcome = say(verdict.outcome)
    for row in behind.counted[:MOST_ROWS]:
        yield (
            outcome,
            name,
            row.table,
            row.number,
            row_called(row.name, say),
            *_value(row, verdict),
            _decided(row, verdict),
        )
    for row in behind.unsettled.rows[:MOST_ROWS]:
        blank = ", ".join(row.columns)
        yield (outcome, name, row.table, row.number, row_called(row.name, say), say("not known"), None, blank)
    for row in behind.exempt[:MOST_ROWS]:
        yield (outcome, name, row.table, row.number, row_called(row.name, say), say("exempt"), None, None)
    more = sum(max(0, len(rows) - MOST_ROWS) for rows in (behind.counted, behind.unsettled.rows, behind.exempt))
    more += behind.more + behind.unsettled.more + behind.more_exempt
    if more:
        yield (outcome, name, None, None, say("{count} more", count=more), None, None, None)


def _value(row: Row, verdict: Verdict) -> tuple[Value, Value]:
    if row.value is None or row.type is None:
        return None, None
    return alone(row.value, row.type, verdict.wording), of_value(row.value, row.type, verdict.wording.say)


def _figure(line: FigureLine) -> Sequence[Value]:
    name, value, *others = figure_line(line)
    return (name, value, of_figure(line.figure, line.type, line.wording.say), *others)


def _decided(row: Row, verdict: Verdict) -> str | None:
    if not verdict.is_against_rows:
        return None
    return ", ".join(f"{what} {value}" for what, value in decided_by(row, verdict.wording)) or None


def _owed(report: "Report") -> Iterator[Sequence[Value]]:
    for each in owed(report):
        verdict = each.verdict
        of = ", ".join(text or "–" for _, text in verdict.group)
        title = f"{verdict.id}{f': {verdict.check.title}' if verdict.check.title else ''}"
        yield each.due, report.say(verdict.outcome), title, of, verdict.finding


def _notes(report: "Report") -> Iterator[Sequence[Value]]:
    say = report.say
    for lack in lacking(report):
        yield say("what is missing"), f"{lack.what} ({', '.join(lack.rules)})"
    for each in waivers(report):
        *of_whom, because = told_of(each, report)
        yield say("waiver"), f"{', '.join(of_whom)}: {because}"
    for told in notes.told(report):
        yield say("note"), told


# --- sheets -----------------------------------------------------------------------------------------------------------


def _sum_up(sheet: Any, report: "Report") -> None:
    """The first sheet: the overall verdict, how many there are of each, and by what the run can be told."""
    from openpyxl.styles import Font

    lines: list[Sequence[Value]] = [(overall(report),), (about(report),), ()]
    lines += [(report.say(outcome), count) for outcome, count in report.counts.items()]
    lines += [(), *((mark,) for mark in marks(report))]
    for at, line in enumerate(lines, 1):
        for column, value in enumerate(line, 1):
            _put(sheet.cell(at, column), value)
    sheet["A1"].font = Font(bold=True, size=16)
    sheet["A2"].font = Font(size=12)
    sheet.column_dimensions["A"].width = 28
    sheet.row_dimensions[1].height = 24
    _printed_on_one_page_wide(sheet)
    _colour(sheet, f"A4:A{3 + max(1, len(report.counts))}", "$A4", report)


def _fill(sheet: Any, heads: Sequence[str], rows: Iterable[Sequence[Value]], report: "Report") -> None:
    """A table with its heading frozen, a filter, widths that fit, and outcomes in their colours."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    widths = [len(head) + 4 for head in heads]
    for column, head in enumerate(heads, 1):
        cell = sheet.cell(1, column)
        _put(cell, head[:1].upper() + head[1:])
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="24313D")
    last = 1
    for last, row in enumerate(rows, 2):
        lines = max((-(-len(value) // (WIDEST - 6)) for value in row if isinstance(value, str)), default=1)
        if lines > 1:
            sheet.row_dimensions[last].height = LINE * min(lines, MOST_LINES)
        for column, value in enumerate(row, 1):
            cell = sheet.cell(last, column)
            _put(cell, value)
            folded = isinstance(value, str) and len(value) > WIDEST
            side, indent = ("left", 1) if isinstance(value, str) and column > 1 else (None, 0)
            cell.alignment = Alignment(side, vertical="top", wrap_text=folded, indent=indent)
            widths[column - 1] = max(widths[column - 1], _width(value))
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = min(width, WIDEST)
    sheet.freeze_panes = "C2" if len(heads) > 5 else "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{last}"
    sheet.print_title_rows = "1:1"
    _printed_on_one_page_wide(sheet)
    outcome = next((at for at, head in enumerate(heads, 1) if head == report.say("outcome")), None)
    if outcome is not None and last > 1:
        letter = get_column_letter(outcome)
        _colour(sheet, f"{letter}2:{letter}{last}", f"${letter}2", report)
    use = next((at for at, head in enumerate(heads, 1) if head == report.say("use")), None)
    if use is not None and last > 1:
        _bars(sheet, get_column_letter(use), last)


def _printed_on_one_page_wide(sheet: Any) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _width(value: Value) -> int:
    """Signs that a column needs to show a value."""
    match value:
        case str():
            return len(value) + 2
        case Amount(value=int() | float() as number, shown_as=shown_as):
            return len(f"{number:,.2f}") + len(shown_as.partition('"')[2].partition('"')[0]) + 3
        case Amount(value=str() as digits):
            return len(digits) + 2
        case date() | Amount():
            return 12
    return 0


def _colour(sheet: Any, cells: str, first: str, report: "Report") -> None:
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import Font, PatternFill

    for outcome in WORST_FIRST:
        back, ink = _FILLS[outcome]
        word = report.say(outcome).replace('"', '""')
        fill = PatternFill("solid", bgColor=back, fgColor=back)
        rule = FormulaRule(formula=[f'{first}="{word}"'], fill=fill, font=Font(color=ink, bold=True))
        sheet.conditional_formatting.add(cells, rule)


def _bars(sheet: Any, letter: str, last: int) -> None:
    """The use of each limit as a bar from nothing to all of it."""
    from openpyxl.formatting.rule import DataBarRule

    bar = DataBarRule("num", 0, "num", 1, color="8AB6CF", showValue=True)
    sheet.conditional_formatting.add(f"{letter}2:{letter}{last}", bar)
    for at in range(2, last + 1):
        sheet[f"{letter}{at}"].number_format = "0.0%"


def _put(cell: Any, value: Value) -> None:
    """A value in a cell; a text stays a text, even if it looks like a formula or a number."""
    if value is None or value == "":
        return
    if isinstance(value, str):
        cell.value = allowed(value)[:LONGEST_TEXT]
        cell.data_type = "s"
        cell.style = "Normal"
        if value[:1] in "=+-@\t\r":
            from openpyxl.styles import Alignment

            cell.alignment = Alignment(vertical="top")
            cell.number_format = "@"
            cell.quotePrefix = True
    elif isinstance(value, Amount):
        cell.value = value.value
        if isinstance(value.value, str):
            cell.data_type = "s"
        cell.number_format = value.shown_as
    elif isinstance(value, Fraction):
        cell.value = float(value)
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = DAY
