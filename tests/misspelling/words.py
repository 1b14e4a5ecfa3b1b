"""The words of a rulebook's text, each with its place and with what it is: a word that counts, or why it doesn't.

A scan of its own, not the parser's, so that nothing the parser skips is skipped here: every letter and digit of the
text stands in exactly one word.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Literal

from attrs import frozen

from policydsl.syntax.words import words_of

Role = Literal[
    "word", "compared text", "unit sign",
    "comment", "number", "title", "remark", "name of a row", "text that nothing compares",
]  # fmt: skip
COUNTS: frozenset[Role] = frozenset({"word", "compared text", "unit sign"})
"""Words that are misspelt; the other roles are exempt."""

_SCAN = re.compile(
    r"""(?P<comment>\#[^\n]*)
      | (?P<text>"[^"\n]*")
      | (?P<number>\d{4}-\d\d-\d\d | \d+(?:[ ]\d{3})*(?:[.,]\d+)?)
      | (?P<word>[^\W\d]\w*(?:-\w+)*(?:[+-](?![\w+-]))?)
      | (?P<sign>%)
      | (?P<rest>[\s|,:;()<>=!.\[\]/*+`§-])""",
    re.VERBOSE,
)
_IN_TEXT = re.compile(r"[^\W_]+(?:-[^\W_]+)*[+-]?")
_DECLARATION = re.compile(r"^(?=[^\s#])", re.MULTILINE)
_REMARKS = (
    "SOURCE", "NOTE", "ITEM", "QUOTE", "VERSION", "ADOPTED_BY", "DECIDED_BY", "NOT_CHECKABLE_BECAUSE", "BECAUSE",
    "WAIVABLE_BY",
)  # fmt: skip
"""A text after one of these is for readers; the last one too as long as a rulebook has no waiver."""
_TITLED = ("RULEBOOK", "TEST", "RULE", "LIMITS", "DUTY", "ATTEST")
"""A text in the first line of these is a title, if it stands before everything but the id."""


@frozen
class Spelled:
    """The spellings of a language that tell what a text beside them is."""

    remarks: frozenset[str]
    titled: frozenset[str]
    test: frozenset[str]
    scenario: frozenset[str]
    category: frozenset[str]
    duty: frozenset[str]
    otherwise: frozenset[str]
    with_: frozenset[str]
    for_: frozenset[str]
    to_whom: frozenset[str]
    """`from` and `to`: whom a duty binds is for readers."""

    @classmethod
    def of(cls, code: str) -> "Spelled":
        """Those of a language's keyword table."""
        spellings = words_of(code).spellings

        def spelled(*terminals: str) -> frozenset[str]:
            return frozenset(each for terminal in terminals for each in spellings[terminal])

        return cls(
            spelled(*_REMARKS), spelled(*_TITLED), spelled("TEST"), spelled("SCENARIO"), spelled("CATEGORY"),
            spelled("DUTY"), spelled("OTHERWISE"), spelled("WITH"), spelled("FOR"), spelled("FROM", "TO"),
        )  # fmt: skip


@frozen
class Word:
    """A word of a text and what it is."""

    text: str
    start: int
    role: Role
    in_example: bool = False
    """Whether it stands in the data of an example: in a row of a test, or behind `with COLUMN =`."""

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


IsKey = Callable[[str, str], bool]
"""Whether a column tells the rows apart, of the table and the column."""
IsCompared = Callable[[str, str, str], bool]
"""Whether a text in a test is compared with anything, of the table, the column and the text."""


def declarations(text: str) -> Iterator[tuple[int, str]]:
    """The declarations of a text, each with its place; comments before the first belong to it."""
    starts = [found.start() for found in _DECLARATION.finditer(text)]
    starts[:1] = [0]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield start, text[start:end]


def words(
    declaration: str,
    spelled: Spelled,
    is_key: IsKey,
    is_compared: Callable[[str], IsCompared],
) -> list[Word]:
    """All words of one declaration; `is_compared` is asked for a test's text, to tell its texts that count."""
    found: list[Word] = []
    begun = first_word(declaration)
    asked = is_compared(declaration) if begun in spelled.test else None
    columns: list[str] = []
    table = ""
    given: int | None = None
    at = 0
    for line in declaration.splitlines(keepends=True):
        indent = len(line) - len(line.lstrip())
        if line.lstrip().startswith("|"):
            given = None
            if not columns:
                columns = [cell.strip(" `") for cell in line.split("|")[1:-1]]
                found += _scanned(line, at, found, spelled)
            elif asked is not None:
                found += _row(line, at, columns, partial(is_key, table), partial(asked, table), spelled)
            else:
                is_name = partial(is_key, table) if begun in spelled.scenario else lambda _: False
                found += _cells(line, at, columns, found, is_name, spelled)
        else:
            columns = []
            if given is None or indent <= given:
                begins = indent > 0 and any(f" {word} " in line for word in spelled.with_)
                given = indent if begins else None
                table = "".join(line.split()[1:2]).strip("`")
            pairs = partial(asked, table) if asked is not None and given is not None else None
            found += _scanned(line, at, found, spelled) if pairs is None else _given(line, at, pairs, spelled)
        at += len(line)
    return found


def first_word(declaration: str) -> str:
    """The word that a declaration begins with."""
    found = re.search(r"^[^\s#]\S*", declaration, re.MULTILINE)
    return "" if found is None else found.group()


def _cells(
    line: str, at: int, columns: list[str], before: list[Word], is_key: Callable[[str], bool], spelled: Spelled
) -> list[Word]:
    """A row of anything but a test: what stands in a column for readers, or names a row that a scenario adds, is no
    word that counts."""
    found = _scanned(line, at, before, spelled)
    place = line.index("|") + 1
    for column, cell in zip(columns, line.split("|")[1:-1], strict=False):
        inside = range(at + place, at + place + len(cell))
        place += len(cell) + 1
        role: Role | None = "remark" if column in spelled.remarks else "name of a row" if is_key(column) else None
        if role is not None:
            found = [Word(each.text, each.start, role) if each.start in inside else each for each in found]
    return found


def _scanned(line: str, at: int, before: list[Word], spelled: Spelled) -> list[Word]:
    found: list[Word] = []
    place = 0
    while place < len(line):
        match = _SCAN.match(line, place)
        if match is None:
            raise AssertionError(f"what is {line[place:]!r}?")
        kind, text = match.lastgroup, match.group()
        if kind == "comment":
            found.append(Word(text, at + place, "comment"))
        elif kind == "number":
            found.append(Word(text, at + place, "number"))
        elif kind == "sign":
            found.append(Word(text, at + place, "unit sign"))
        elif kind == "word":
            found.append(Word(text, at + place, "word"))
        elif kind == "text":
            role = _role(line, place, match.end(), [*before, *found], spelled)
            found += _of_text(text, at + place, role)
        place = match.end()
    return found


def _of_text(text: str, start: int, role: Role) -> list[Word]:
    return [
        Word(inner.group(), start + inner.start(), role if any(map(str.isalpha, inner.group())) else "number")
        for inner in _IN_TEXT.finditer(text)
    ]


def _role(line: str, start: int, end: int, before: list[Word], spelled: Spelled) -> Role:
    """What a quoted text is, by the words before it."""
    said = [word.text for word in before if word.role in ("word", "number")]
    head = line[:start].split()
    if any(line[:start].rstrip().endswith(phrase) for phrase in spelled.remarks):
        return "remark"
    if said and said[0] in spelled.duty and head and head[-1] in spelled.to_whom:
        return "remark"
    if said and said[0] in spelled.titled and ":" not in line[:start] and len(head) <= 2 and head[0] == said[0]:
        return "title"
    is_label = len(head) == 1 and line[end:].lstrip().startswith(":")
    if said and said[0] in spelled.category and (is_label or (head[:1] and head[0] in spelled.otherwise)):
        return "title"
    return "compared text"


# --- rows of tests ----------------------------------------------------------------------------------------------------


_PAIR = re.compile(r"(?P<column>[\w.]+|`[^`]*`) = (?P<value>\"[^\"]*\"|.+?)(?=,\s|\s*$)")


def _given(line: str, at: int, asked: Callable[[str, str], bool], spelled: Spelled) -> list[Word]:
    """A line of `given ... with`: what its columns hold may be texts."""
    found = _scanned(line, at, [], spelled)
    for pair in _PAIR.finditer(line):
        inside = range(at + pair.start("value"), at + pair.end("value"))
        compared = asked(pair["column"].strip("`"), pair["value"].strip('"'))
        found = [_in_example(word, compared) if word.start in inside else word for word in found]
    return found


def _in_example(word: Word, compared: bool) -> Word:
    return Word(word.text, word.start, word.role if compared else "text that nothing compares", in_example=True)


def _row(
    line: str,
    at: int,
    columns: list[str],
    is_key: Callable[[str], bool],
    asked: Callable[[str, str], bool],
    spelled: Spelled,
) -> list[Word]:
    found: list[Word] = []
    place = line.index("|") + 1
    for column, cell in zip(columns, line.split("|")[1:-1], strict=True):
        text, start = cell.strip(), at + place + len(cell) - len(cell.lstrip())
        place += len(cell) + 1
        if is_key(column):
            inner = re.finditer(r"\w+", text)
            found += [Word(part.group(), start + part.start(), "name of a row") for part in inner]
        else:
            for item in re.finditer(r"[^;]+", text):  # of a list each item by itself
                compared, place_of = asked(column, item.group().strip()), start + item.start()
                said = item.group()
                within = (
                    _scanned(said, place_of, [], spelled) if compared else _of_text(said, place_of, "compared text")
                )
                found += [_in_example(word, compared) for word in within]
    return found
