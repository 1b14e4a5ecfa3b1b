"""The records of a text that commas, semicolons, tabs or strokes part, with where each begins."""

import csv
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import _csv

LONGEST_RECORD = 1_000_000


class TooLong(Exception):
    """A record has no end."""


class Lines:
    """The lines of a text for csv.reader; `spent` counts the characters of the record that is being read."""

    def __init__(self, text: str, start: int) -> None:
        self.text, self.at, self.spent = text, start, 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.at >= len(self.text):
            raise StopIteration
        end = self.text.find("\n", self.at) + 1 or len(self.text)
        self.spent += end - self.at
        if self.spent > LONGEST_RECORD:
            raise TooLong
        line = self.text[self.at : end]
        self.at = end
        return line


def records_of(lines: Iterable[str], delimiter: str) -> "_csv.Reader":
    """What reads records; it raises csv.Error where quotation marks don't match."""
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True)
