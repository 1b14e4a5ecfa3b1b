"""What stands behind the figures of a document: how each is worked out, its paragraph, and its rows."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from policydsl.figures.interval import exactly
from policydsl.model.expressions import Nothing, Value
from policydsl.model.words import words
from policydsl.reports.findings import group_names
from policydsl.reports.naming import table_name
from policydsl.reports.papers.desk import Desk, Entry, with_dots
from policydsl.reports.papers.document import Bullets, Heading, Paragraph, Part, Span, Spans, plain, prose
from policydsl.verdicts import FigureLine, Row, Verdict
from policydsl.verdicts.docket import bare
from policydsl.verdicts.settling import row_called
from policydsl.verdicts.table_lines import TableLines
from policydsl.verdicts.wording import Wording, alone, pen

MOST_ROWS = 60
"""Rows that are told of one figure; how many more there are stands behind them."""
MOST_GROUPS = 40


def behind(desk: Desk) -> Iterator[Part]:
    """An entry for everything shown so far, in the order of its numbers."""
    for entry in desk.entries.values():
        title = desk.say("Basis {number}", number=entry.number)
        yield Heading(desk.level + 1, (Span(f"{title}: {entry.title}"),), f"basis-{entry.number}")
        yield from _entry(desk, entry)


def _entry(desk: Desk, entry: Entry) -> Iterator[Part]:
    match entry.shown:
        case FigureLine() as line:
            names = {bare(each.quantity.expression): each.name for each in reversed(desk.report.figures)}
            told = line.wording.rule_text(words(bare(line.quantity.expression), names))
            sources = map(plain, line.quantity.remarks.sources)
            yield Paragraph(with_dots((Span(line.name, "code"),), (Span(told, "code"),), *sources), "small")
            yield Paragraph((Span(f"{line.figure_words}. ", "strong"), *_rows(line.rows, desk, line.wording)))
        case TableLines() as lines:
            of = ", ".join(lines.sources)
            yield Paragraph(with_dots((Span(lines.table, "code"),), plain(of)), "small")
            if lines.sources:
                yield Bullets(
                    tuple(
                        (
                            Span(f"{_name(line.values[0], lines)}: ", "strong"),
                            *_rows(line.behind().counted, desk, lines.wording),
                        )
                        for line in lines.lines
                    )
                )
            else:
                yield Paragraph(
                    _rows([row for line in lines.lines for row in line.behind().counted], desk, lines.wording)
                )
        case verdicts:
            first = verdicts[0]
            told = first.wording.rule_text(first.check.requirement)
            yield Paragraph(
                with_dots((Span(first.check.rule, "code"),), prose(told), *map(plain, first.sources)), "small"
            )
            yield Bullets(tuple(_verdict(each, desk) for each in verdicts[:MOST_GROUPS]))
            if len(verdicts) > MOST_GROUPS:
                yield Paragraph(plain(desk.say("{count} more", count=len(verdicts) - MOST_GROUPS)), "small")


def _name(value: Value, lines: TableLines) -> str:
    if value is None:
        return lines.wording.say("not known")
    if isinstance(value, str):
        return lines.columns[0].titles.get(value, value)
    return "–" if value is Nothing.NONE else alone(value, lines.columns[0].type, lines.wording)


def _verdict(verdict: Verdict, desk: Desk) -> Spans:
    """What a verdict rests on: its cell and group, the finding, and the rows."""
    cell = [verdict.cell] if verdict.cell else []
    name = ", ".join([*cell, *group_names(verdict)])
    lead = (Span(f"{name}: ", "strong"),) if name else ()
    rows = verdict.behind().counted
    return (*lead, *prose(f"{verdict.finding}. "), *(_rows(rows, desk, verdict.wording) if rows else ()))


def _rows(rows: Sequence[Row], desk: Desk, wording: Wording) -> Spans:
    """Rows by their table, name and place in its file, with what each counts for."""
    if not rows:
        return plain(desk.say("No row is counted."))
    told: list[str] = []
    table = ""
    types = {row.type for row in rows}
    values = [exactly(row.value) for row in rows if isinstance(row.value, Fraction)]
    type = next(iter(types)) if len(types) == 1 else None
    write = None if type is None else pen(type, values, wording)
    for row in rows[:MOST_ROWS]:
        of = f"{table_name(row.table, desk.say)}: " if row.table != table else ""
        table = row.table
        worked_out = desk.report.tables is not None and desk.report.tables.is_worked_out(table)
        place = "" if worked_out else f" ({desk.say('row {row}', row=row.number)})"
        if row.value is None or row.type is None:
            value = ""
        else:
            value = f" {write.value(row.value) if write is not None else alone(row.value, row.type, wording)}"
        told.append(f"{of}{row_called(row.name, desk.say)}{place}{value}")
    more = len(rows) - MOST_ROWS
    return plain("; ".join([*told, *([desk.say("{count} more", count=more)] if more > 0 else [])]))
