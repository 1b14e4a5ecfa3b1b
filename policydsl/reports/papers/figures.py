"""Figures that the rulebook defines, and tables with a row for each group or for each row of the data."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from policydsl.figures.interval import Figure, exactly
from policydsl.model.expressions import Nothing, Value
from policydsl.model.types import Numeric
from policydsl.reports.papers.desk import Desk, titled, with_dots
from policydsl.reports.papers.document import Cell, Column, Paragraph, Part, Span, Spans, Table, plain, prose
from policydsl.reports.text import figure_line
from policydsl.verdicts import FigureLine
from policydsl.verdicts.settling import columns_of, further, listing
from policydsl.verdicts.table_lines import TableColumn, TableLine, TableLines
from policydsl.verdicts.wording import Pen, aligned, pen
from policydsl.verdicts.wording import plain as in_plain


def figures_table(desk: Desk, names: Sequence[str]) -> Iterator[Part]:
    """Defined figures, one below the other."""
    by_name = {line.name: line for line in desk.report.figures}
    lines = [by_name[name] for name in names]
    if not lines:
        return
    say = desk.say
    columns = (Column(say("what"), width=5), Column(say("value"), figures=True, width=3))
    yield Table(say("Figures"), columns, tuple(_figure(desk, line) for line in lines))
    for line in lines:
        if takes := lacking_of(line):
            yield Paragraph(prose(say("Missing for {rule}: {what}", rule=line.name, what=takes)), "missing")


def all_figures(desk: Desk) -> Iterator[Part]:
    """Every figure that the rulebook defines."""
    yield from figures_table(desk, [line.name for line in desk.report.figures])


def lacking_of(line: FigureLine) -> str:
    """What keeps a figure from being exact."""
    return figure_line(line)[3]


def _figure(desk: Desk, line: FigureLine) -> tuple[Cell, ...]:
    _, value, counted, _ = figure_line(line)
    sources = map(plain, line.quantity.remarks.sources)
    lead = desk.behind(f"figure {line.name}", titled(line.name), line)
    under = with_dots(plain(line.name), *sources, plain(counted), lead)
    return Cell(plain(titled(line.name)), (under,)), Cell(plain(value))


def rows_table(desk: Desk, name: str, columns: Sequence[str] = ()) -> Iterator[Part]:
    """The rows of a table, in all its columns or in some of them."""
    assert desk.report.tables is not None
    lines = desk.report.tables.lines(name)
    if not lines.lines:
        yield Paragraph(prose(_nothing_in(desk, lines)), "missing" if lines.because else "body")
        return
    at = [[each.name for each in lines.columns].index(column) for column in columns] or list(range(len(lines.columns)))
    of_columns = [_column(lines, each, desk) for each in at]
    lead = desk.behind(f"table {name}", titled(name), lines)
    rows = [tuple(cells[row] for _, cells in of_columns) for row, line in enumerate(lines.lines) if _is_told(line)]
    if unknown := sum(not _is_told(line) for line in lines.lines):
        counted = lines.wording.rows(unknown, lines.sources[0])
        told = desk.say("{rows} whose group is not known", rows=counted)
        rows.append((Cell((Span(told, "emphasis"),)), *(Cell(plain("–")) for _ in of_columns[1:])))
    yield Table(titled(name), tuple(column for column, _ in of_columns), tuple(rows))
    if lead:
        yield Paragraph(with_dots(plain(name), lead), "small")
    yield from _blanks(desk, lines)
    yield from _without_rows(desk, lines)


def _is_told(line: TableLine) -> bool:
    """Whether anything is known of a group; a row that belongs to no known one may be a group of its own."""
    return line.sure or bool(line.perhaps)


def _nothing_in(desk: Desk, lines: TableLines) -> str:
    of = lines.of
    if not lines.because and of is not None and of.condition and of.count:
        rows = lines.wording.rows(of.count, of.table)
        told = "There is nothing in {table}: of {rows} in `{source}` none is one where `{condition}`."
        return desk.say(told, table=titled(lines.table), rows=rows, source=of.table, condition=of.condition)
    if not lines.because:
        return desk.say("There is nothing in {table}.", table=titled(lines.table))
    what = lines.wording.retell(lines.because)
    columns = ", ".join(f"`{column.name}`" for column in lines.columns)
    if lines.sources:
        return desk.say("Missing for {rule}: {what}", rule=titled(lines.table), what=what)
    return desk.say(
        "Missing for {rule}: {what}; its columns are {columns}", rule=titled(lines.table), what=what, columns=columns
    )


def _blanks(desk: Desk, lines: TableLines) -> Iterator[Paragraph]:
    """The cells of the data that would make the table exact."""
    found: dict[tuple[str, tuple[str, ...]], dict[str, None]] = {}
    for line in lines.lines:
        for row in line.behind().unsettled.rows:
            if row.columns:
                found.setdefault((row.table, row.columns), {})[row.name] = None
    said = [
        f"{table}: "
        + desk.say("{columns} of {rows}", columns=columns_of(columns, desk.say), rows=listing(list(rows), 20, desk.say))
        for (table, columns), rows in found.items()
    ]
    more = max((line.behind().unsettled.more for line in lines.lines), default=0)
    said += [further(more, desk.say)] if more else []
    if said:
        told = desk.say("Missing for {rule}: {what}", rule=titled(lines.table), what="; ".join(said))
        yield Paragraph(prose(told), "missing")


def _without_rows(desk: Desk, lines: TableLines) -> Iterator[Paragraph]:
    """The groups of which a figure is asked that has nothing to be taken from, as there is no row."""
    of = lines.of
    names = [
        _words(line.values[0], None, lines.columns[0], pen(lines.columns[0].type, (), lines.wording), desk, lines)
        for line in lines.lines
        if Nothing.NONE in line.values[1:] and not line.behind().counted and not line.behind().unsettled.rows
    ]
    if of is None or not names:
        return
    said = listing(names, 20, desk.say)
    told = "`{source}` has no row for {names}"
    told = "`{source}` has no row where `{condition}` for {names}" if of.condition else told
    what = desk.say(told, source=of.table, condition=of.condition, names=said)
    yield Paragraph(prose(desk.say("Missing for {rule}: {what}", rule=titled(lines.table), what=what)), "missing")


def _column(lines: TableLines, at: int, desk: Desk) -> tuple[Column, list[Cell]]:
    """A column with its cells: amounts of one unit have it in the heading."""
    column = lines.columns[at]
    numbers: list[Figure] = [exactly(value) for line in lines.lines if isinstance(value := line.values[at], Fraction)]
    numbers += [line.perhaps[at] for line in lines.lines if at in line.perhaps]
    write = aligned(pen(column.type, numbers, lines.wording), numbers)
    unit = ""
    if isinstance(column.type, Numeric) and column.type.currency and write.unit is not None:
        unit = lines.wording.unit(write.unit.many)
    cells = []
    for line in lines.lines:
        text = _words(line.values[at], line.perhaps.get(at), column, write, desk, lines)
        cells.append(Cell(_spans(text.replace(unit, "") if unit else text, line.values[at], desk)))
    head = titled(column.name) + (f", {unit.strip()}" if unit else "")
    numeric = isinstance(column.type, Numeric)
    return Column(head, numeric, 2 if numeric else 3), cells


def _words(value: Value, perhaps: Figure | None, column: TableColumn, write: Pen, desk: Desk, lines: TableLines) -> str:
    if value is None:
        return desk.say("missing") if perhaps is None else write.figure(perhaps)
    if value is Nothing.NONE:
        return "–"
    if isinstance(value, str):
        return column.titles.get(value, value)
    return write.value(value) if isinstance(value, Fraction) else in_plain(value, column.type, lines.wording)


def _spans(text: str, value: Value, desk: Desk) -> Spans:
    return (Span(text, "emphasis"),) if value is None else plain(text)
