"""Where the table of a csv file begins: in its first line, or below the titles that banks put above it."""

import csv
import re
from collections.abc import Iterator, Sequence

from policydsl._frozen import frozen
from policydsl.inputs.csv_records import Lines, TooLong, records_of
from policydsl.inputs.lines import MOST_TITLES

_MOST_SEEN = 80
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[-./]\d{1,2}[-./]\d{4}")
_ALPHA = re.compile(r"[^\W\d_]")


@frozen
class Record:
    """A record that holds something: the row of the file and the place in the text where it begins, and its cells."""

    row: int
    start: int
    cells: tuple[str, ...]

    @property
    def filled(self) -> dict[int, str]:
        """The cells that hold something, by their column from 0."""
        return {at: cell.strip() for at, cell in enumerate(self.cells) if cell.strip()}


@frozen
class Beginning:
    """The titles of a table, its line of headings, and what parts its cells."""

    titles: tuple[Record, ...]
    headings: Record
    delimiter: str

    @property
    def words(self) -> str:
        """What the titles say."""
        return "; ".join(" ".join(cell.split()) for title in self.titles for cell in title.filled.values())


def below_titles(text: str, start: int, row: int, delimiter: str | None, others: str) -> Beginning | None:
    """The table of a text whose first record is no line of headings, `start` being the place of that record and `row`
    its row: below some titles, if only one of the delimiters gives a table there. None where the first record heads
    the table, or no other does."""
    if delimiter is not None:
        seen = _seen(text, start, row, delimiter)
        if not seen or _heads(seen[0], seen[1:]):
            return None
    found = [(one, each) for each in others if (one := _parted(_seen(text, start, row, each))) is not None]
    if len(found) != 1:
        return None
    (titles, headings), parted_by = found[0]
    return Beginning(tuple(titles), headings, parted_by)


def _parted(seen: Sequence[Record]) -> tuple[Sequence[Record], Record] | None:
    """The titles and the line of headings: the first below titles that has a text over every column filled below it.
    Titles are few beside headings, unless these have words over numbers: what could as well be a table with a heading
    forgotten is no title."""
    for at, record in enumerate(seen[: MOST_TITLES + 1]):
        width = len(record.filled)
        if at == 0 or width < 2 or len(seen) == at + 1 or not _heads(record, seen[at + 1 :]):
            continue
        wide = [title for title in seen[:at] if 2 * len(title.filled) > width]
        if not wide or (_over_numbers(record, seen[at + 1 :]) and all(map(_has_no_number, wide))):
            return seen[:at], record
    return None


def _heads(record: Record, below: Sequence[Record]) -> bool:
    """Whether a record is a line of headings for those below it."""
    words = [cell.casefold() for cell in record.filled.values()]
    return (
        len(set(words)) == len(words)
        and all(any(sign.isalpha() for sign in word) for word in words)
        and all(len(one.cells) == len(record.cells) and one.filled.keys() <= record.filled.keys() for one in below)
    )


def _over_numbers(record: Record, below: Sequence[Record]) -> bool:
    """Whether below some word of a line there is nothing but figures."""
    for at in record.filled:
        cells = [one.filled[at] for one in below if at in one.filled]
        if cells and not any(_ALPHA.search(cell) for cell in cells):
            return True
    return False


def _has_no_number(record: Record) -> bool:
    """Whether a record may be a title, and no row of a table: it holds words, and one day at most."""
    others = [cell for cell in record.filled.values() if not _ALPHA.search(cell)]
    return len(others) < len(record.filled) and (
        not others or (len(others) == 1 and _DAY.fullmatch(others[0]) is not None)
    )


def _seen(text: str, start: int, row: int, delimiter: str) -> list[Record]:
    """The first records; none where quotation marks don't match."""
    try:
        return list(_records(text, start, row, delimiter))
    except (csv.Error, TooLong):
        return []


def _records(text: str, start: int, row: int, delimiter: str) -> Iterator[Record]:
    lines = Lines(text, start)
    reader = records_of(lines, delimiter)
    count, at, number = 0, start, row
    for cells in reader:
        if "".join(cells).strip():
            yield Record(number, at, tuple(cells))
            count += 1
        if count == _MOST_SEEN:
            return
        at, number, lines.spent = lines.at, row + reader.line_num, 0
