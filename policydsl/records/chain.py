"""Entries of a record, each with the hash of the one before, so that nothing can be altered unseen behind a head.

The hash of an entry is taken of its number, the time, its kind, the hash before it and the hash of its text; that text
holds the hashes of the entry's lines (one a verdict or figure) and of the contents that it rests on (rulebook files and
sheets). So a head, the number and hash of the last entry, stands for every letter of all that was recorded until then.
"""

import re
from hashlib import sha256

from attrs import frozen

from policydsl.records.packing import packed

FIRST = "0" * 64
"""What the first entry has in the place of a hash before it."""

_HEAD = re.compile(r"\s*(?:([1-9]\d{0,17})\s*:\s*)?([0-9a-fA-F]{64})\s*")


@frozen
class Head:
    """The number of an entry and its hash; a head noted without its number has none."""

    number: int | None
    hash: str

    def __str__(self) -> str:
        return self.hash if self.number is None else f"{self.number}:{self.hash}"


@frozen
class Line:
    """A verdict or a figure of a run: `body` is what it says, `detail` the rows behind it, both as JSON."""

    place: int
    body: str
    detail: str

    @property
    def hash(self) -> str:
        """Of both texts."""
        return digest(f"{digest(self.body)}\n{digest(self.detail)}")


@frozen
class Entry:
    """One entry: a run, what was found out about a failure, or what a person decided. `at` is when it was written."""

    number: int
    kind: str
    at: str
    previous: str
    body: str
    hash: str

    @property
    def head(self) -> Head:
        """What stands for the record up to here."""
        return Head(self.number, self.hash)

    def hash_as(self, number: int) -> str:
        """The hash that it has as an entry of some number."""
        parts = {"number": number, "kind": self.kind, "at": self.at, "previous": self.previous}
        return digest(packed({**parts, "body": digest(self.body)}))


def entry_after(last: Head | None, kind: str, at: str, body: str) -> Entry:
    """A new entry behind the last one."""
    number = 1 if last is None or last.number is None else last.number + 1
    draft = Entry(number, kind, at, FIRST if last is None else last.hash, body, "")
    return Entry(number, kind, at, draft.previous, body, draft.hash_as(number))


def digest(text: str) -> str:
    """The SHA-256 of a text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def head_of(text: str) -> Head | None:
    """A head as it was noted, `7:5f2c...` or the hash alone; None if it is none."""
    found = _HEAD.fullmatch(text)
    return None if found is None else Head(int(found[1]) if found[1] else None, found[2].lower())
