"""A csv file as a sheet: every field is text, and every row knows the line of the file that it starts on."""

import csv
import re

from policydsl._frozen import define, evolve, field
from policydsl._progress import got_inside
from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.csv_records import Lines, TooLong, records_of
from policydsl.inputs.csv_titles import below_titles
from policydsl.inputs.decoding import decode
from policydsl.inputs.headings import headed_sheet
from policydsl.inputs.sheet import Cell, Sheet, shown

DELIMITERS = ";\t,|"
MOST_TOLD = 50
AT_ONCE = 500

_SAYS_DELIMITER = re.compile(r'"?sep=([;\t,|])"?\r?\n', re.IGNORECASE)


def read_csv(data: bytes, path: str) -> tuple[Sheet | None, tuple[Diagnostic, ...]]:
    """The table in the bytes of a csv file, or None and what is wrong; `path` is its name in messages."""
    text, told = decode(data, DataPlace(path))
    if text is None:
        return None, told
    if not text.strip():
        return None, (say("PD305", DataPlace(path)),)
    line, start = _first_line(text)
    delimiter = _delimiter(text, start)
    others = delimiter if delimiter is not None and _SAYS_DELIMITER.match(text) else DELIMITERS
    above = below_titles(text, start, line, delimiter, others)
    if above is not None:
        line, start, delimiter = above.headings.row, above.headings.start, above.delimiter
        place = DataPlace(path, row=above.titles[0].row)
        told += (say("PD812", place, words=shown(above.words), headings=line),)
    body = _body(text, start, line, delimiter or ",", path)
    told += body.told
    if not body.headings:
        return None, told or (say("PD305", DataPlace(path)),)
    columns = [tuple(column) for column in body.columns]
    place = DataPlace(path, row=body.top)
    sheet, faults = headed_sheet(place, body.headings, columns, body.rows, "csv", delimiter)
    return sheet if above is None else evolve(sheet, above=above.words), told + faults


def _first_line(text: str) -> tuple[int, int]:
    """The number of the heading line and where it starts: after empty lines and the `sep=;` that Excel writes."""
    said = _SAYS_DELIMITER.match(text)
    start = said.end() if said else 0
    blank = re.compile(r"\s*\n|").match(text, start)
    start = blank.end() if blank else start
    return text.count("\n", 0, start) + 1, start


def _delimiter(text: str, start: int) -> str | None:
    """What parts the headings; None where there is one heading only."""
    said = _SAYS_DELIMITER.match(text)
    if said:
        return said[1]
    counted = [(_width(text, start, delimiter), delimiter) for delimiter in DELIMITERS]
    width, best = max(counted, key=lambda pair: pair[0])
    return best if width > 1 else None


def _width(text: str, start: int, delimiter: str) -> int:
    try:
        return len(next(records_of(Lines(text, start), delimiter)))
    except (csv.Error, TooLong):
        return 0


@define
class _Body:
    """What the lines hold: the headings in row `top`, the rows that records begin in and the records, transposed."""

    top: int = 0
    headings: list[str] = field(factory=list)
    rows: list[int] = field(factory=list)
    columns: list[list[Cell]] = field(factory=list)
    told: tuple[Diagnostic, ...] = ()

    def take(self, records: list[list[str]]) -> None:
        """Moves some records into the columns: a few at a time, since a million small lists would be slow to keep."""
        for column, texts in zip(self.columns, zip(*records, strict=True), strict=bool(records)):
            column.extend(text if text and not text.isspace() else None for text in texts)
        records.clear()


def _body(text: str, start: int, line: int, delimiter: str, path: str) -> _Body:
    """The records that hold something; reading ends where the quotes go wrong."""
    lines = Lines(text, start)
    reader = records_of(lines, delimiter)
    body, odd, row = _Body(), 0, line
    told: list[Diagnostic] = []
    records: list[list[str]] = []
    try:
        for record in reader:
            if not "".join(record).strip():
                pass
            elif not body.headings:
                body.top, body.headings, body.columns = row, record, [[] for _ in record]
            elif len(record) == len(body.headings):
                body.rows.append(row)
                records.append(record)
                if len(records) == AT_ONCE:
                    body.take(records)
                    got_inside(lines.at, len(text))
            else:
                odd += 1
                if odd <= MOST_TOLD:
                    told.append(_uneven(DataPlace(path, row=row), record, len(body.headings)))
            row = line + reader.line_num
            lines.spent = 0
    except csv.Error as wrong:
        if "limit" in str(wrong):  # of one cell, which the library has
            limit = f"{csv.field_size_limit():,}".replace(",", " ")
            told.append(say("PD307", DataPlace(path, row=row), limit=limit))
        elif "new-line" in str(wrong):
            told.append(say("PD338", DataPlace(path, row=row)))
        else:
            told.append(say("PD311", DataPlace(path, row=row)))
    except TooLong:
        told.append(say("PD307", DataPlace(path, row=row), limit="a million"))
    if odd > MOST_TOLD:
        told.append(say("PD331", DataPlace(path), more=odd - MOST_TOLD))
    body.take(records)
    body.told = tuple(told)
    return body


def _uneven(place: DataPlace, record: list[str], wanted: int) -> Diagnostic:
    return say("PD310", place, found=len(record), wanted=wanted, start=shown(record[0], 30))
