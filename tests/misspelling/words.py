"""The words of a rulebook's text, each with its place and with what it is: a word that counts, or why it doesn't.

A scan of its own, not the parser's, so that nothing the parser skips is skipped here: every letter and digit of the
text stands in exactly one word.
"""

import re
from collections.abc import Callable, Iterator
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
)  # fmt: skip
"""A text after one of these is for readers."""
_TITLED = ("RULEBOOK", "TEST", "RULE", "LIMITS", "DUTY", "ATTEST")
"""A text in the first line of these is a title, if it stands before everything but the id."""


@frozen
class Spelled:
    """The spellings of a language that tell what a text beside them is."""

    remarks: frozenset[str]
    titled: frozenset[str]
    test: frozenset[str]
    category: frozenset[str]
    parameter: frozenset[str]
    duty: frozenset[str]
    otherwise: frozenset[str]
    with_: frozenset[str]
    to_whom: frozenset[str]
    """`from` and `to`: whom a duty binds is for readers."""

    @classmethod
    def of(cls, code: str) -> "Spelled":
        """Those of a language's keyword table."""
        spellings = words_of(code).spellings

        def spelled(*terminals: str) -> frozenset[str]:
            return frozenset(each for terminal in terminals for each in spellings[terminal])

        return cls(
            spelled(*_REMARKS), spelled(*_TITLED), spelled("TEST"), spelled("CATEGORY"), spelled("PARAMETER"),
            spelled("DUTY"), spelled("OTHERWISE"), spelled("WITH"), spelled("FROM", "TO"),
        )  # fmt: skip


@frozen
class Word:
    """A word of a text and what it is."""

    text: str
    start: int
    role: Role

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


IsCompared = Callable[[str, str], bool]
"""Whether a text in a column of a test is compared with anything, of the column and the text."""


def declarations(text: str) -> Iterator[tuple[int, str]]:
    """The declarations of a text, each with its place; comments before the first belong to it."""
    starts = [found.start() for found in _DECLARATION.finditer(text)]
    starts[:1] = [0]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield start, text[start:end]


def words(
    declaration: str,
    spelled: Spelled,
    is_key: Callable[[str], bool],
    is_compared: Callable[[str], IsCompared],
) -> list[Word]:
    """All words of one declaration; `is_compared` is asked for a test's text, to tell its texts that count."""
    found: list[Word] = []
    asked = is_compared(declaration) if first_word(declaration) in spelled.test else None
    columns: list[str] = []
    at = 0
    for line in declaration.splitlines(keepends=True):
        if line.lstrip().startswith("|"):
            if not columns:
                columns = [cell.strip() for cell in line.split("|")[1:-1]]
                found += _scanned(line, at, found, spelled)
            elif asked is not None:
                found += _row(line, at, columns, is_key, asked, spelled)
            else:
                found += _cells(line, at, columns, found, spelled)
        else:
            columns = []
            is_given = asked is not None and any(f" {word} " in line for word in spelled.with_)
            found += _given(line, at, asked, spelled) if asked and is_given else _scanned(line, at, found, spelled)
        at += len(line)
    return found


def first_word(declaration: str) -> str:
    """The word that a declaration begins with."""
    found = re.search(r"^[^\s#]\S*", declaration, re.MULTILINE)
    return "" if found is None else found.group()


def _cells(line: str, at: int, columns: list[str], before: list[Word], spelled: Spelled) -> list[Word]:
    """A row of a parameter or a decision: what stands in a column for readers is no word that counts."""
    found = _scanned(line, at, before, spelled)
    place = line.index("|") + 1
    for column, cell in zip(columns, line.split("|")[1:-1], strict=False):
        inside = range(at + place, at + place + len(cell))
        place += len(cell) + 1
        if column in spelled.remarks:
            found = [Word(each.text, each.start, "remark") if each.start in inside else each for each in found]
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
    if said and said[0] in spelled.category and (is_label or head[:1] and head[0] in spelled.otherwise):
        return "title"
    return "compared text"


# --- rows of tests ----------------------------------------------------------------------------------------------------


def _given(line: str, at: int, asked: IsCompared, spelled: Spelled) -> list[Word]:
    """A `given ... with`: what its columns hold may be texts."""
    found = _scanned(line, at, [], spelled)
    for column, text in re.findall(r'(\w+) = ("[^"]*"|\w+)', line):
        if not asked(column, text.strip('"')):
            place = at + line.index(f"{column} = {text}") + len(column) + 3
            inside = range(place, place + len(text))
            found = [Word(w.text, w.start, "text that nothing compares") if w.start in inside else w for w in found]
    return found


def _row(
    line: str, at: int, columns: list[str], is_key: Callable[[str], bool], asked: IsCompared, spelled: Spelled
) -> list[Word]:
    found: list[Word] = []
    place = line.index("|") + 1
    for column, cell in zip(columns, line.split("|")[1:-1], strict=True):
        text, start = cell.strip(), at + place + len(cell) - len(cell.lstrip())
        place += len(cell) + 1
        if is_key(column):
            inner = re.finditer(r"\w+", text)
            found += [Word(part.group(), start + part.start(), "name of a row") for part in inner]
        elif not asked(column, text):
            found += _of_text(text, start, "text that nothing compares")
        else:
            found += [Word(word.text, word.start, word.role) for word in _scanned(text, start, [], spelled)]
    return found
