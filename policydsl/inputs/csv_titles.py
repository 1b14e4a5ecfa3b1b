"""Where the table of a csv file begins: in its first line, or below the titles that banks put above it."""

import csv
from collections.abc import Iterator, Sequence

from policydsl._frozen import frozen
from policydsl.inputs.csv_records import Lines, TooLong, records_of
from policydsl.inputs.lines import MOST_TITLES

_MOST_SEEN = 80


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
    Titles are few beside headings: what could as well be a table with a heading forgotten is no title."""
    for at, record in enumerate(seen[: MOST_TITLES + 1]):
        width = len(record.filled)
        if at == 0 or width < 2 or len(seen) == at + 1 or not _heads(record, seen[at + 1 :]):
            continue
        if all(2 * len(title.filled) <= width for title in seen[:at]):
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
