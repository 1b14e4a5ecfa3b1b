"""The words of a rulebook's text, each with its place and with what it is: a word that counts, or why it doesn't.

A scan of its own, not the parser's, so that nothing the parser skips is skipped here: every letter and digit of the
text stands in exactly one word.
"""

import re
from collections.abc import Callable, Iterator
from typing import Literal

from attrs import frozen

Role = Literal[
    "word", "compared text", "unit sign",
    "comment", "number", "title", "remark", "name of a row", "text that nothing compares",
]  # fmt: skip
COUNTS: frozenset[Role] = frozenset({"word", "compared text", "unit sign"})
"""Words that are misspelt; the other roles are exempt."""

_SCAN = re.compile(
    r"""(?P<comment>\#[^\n]*)
      | (?P<text>"[^"\n]*")
      | (?P<number>\d{4}-\d\d-\d\d | \d+(?:[ ]\d{3})*(?:\.\d+)?)
      | (?P<word>[^\W\d]\w*(?:-\w+)*(?:[+-](?![\w+-]))?)
      | (?P<sign>%)
      | (?P<rest>[\s|,:;()<>=!.\[\]/*+-])""",
    re.VERBOSE,
)
_IN_TEXT = re.compile(r"[^\W_]+(?:-[^\W_]+)*[+-]?")
_DECLARATION = re.compile(r"^(?=[^\s#])", re.MULTILINE)
_TEST = re.compile(r"^test\b", re.MULTILINE)
_REMARKS = {"source", "note", "item", "quote", "version", "by", "because"}
"""A text after one of these is for readers."""


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


def words(declaration: str, is_key: Callable[[str], bool], is_compared: Callable[[str], IsCompared]) -> list[Word]:
    """All words of one declaration; `is_compared` is asked for a test's text, to tell its texts that count."""
    found: list[Word] = []
    asked = is_compared(declaration) if _TEST.search(declaration) else None
    columns: list[str] = []
    at = 0
    for line in declaration.splitlines(keepends=True):
        if asked is not None and line.lstrip().startswith("|"):
            if not columns:
                columns = [cell.strip() for cell in line.split("|")[1:-1]]
                found += _scanned(line, at, found)
            else:
                found += _row(line, at, columns, is_key, asked)
        else:
            columns = []
            found += _given(line, at, asked) if asked and " with " in line else _scanned(line, at, found)
        at += len(line)
    return found


def _scanned(line: str, at: int, before: list[Word]) -> list[Word]:
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
            role = _role(line, place, match.end(), [*before, *found])
            found += _of_text(text, at + place, role)
        place = match.end()
    return found


def _of_text(text: str, start: int, role: Role) -> list[Word]:
    return [Word(inner.group(), start + inner.start(), role) for inner in _IN_TEXT.finditer(text)]


def _role(line: str, start: int, end: int, before: list[Word]) -> Role:
    """What a quoted text is, by the words before it."""
    said = [word.text for word in before if word.role == "word"]
    first = line.split(maxsplit=1)[0]
    if said[-1:] and said[-1] in _REMARKS:
        return "remark"
    if said in (["rulebook"], ["test"]) or (len(said) == 2 and said[0] in ("rule", "limits")):
        return "title"
    head = line[:start].split()
    is_label = len(head) == 1 and line[end:].lstrip().startswith(":")
    if said and said[0] == "category" and (is_label or first == "otherwise"):
        return "title"
    return "compared text"


# --- rows of tests ----------------------------------------------------------------------------------------------------


def _given(line: str, at: int, asked: IsCompared) -> list[Word]:
    """A `given ... with`: what its columns hold may be texts."""
    found = _scanned(line, at, [])
    for column, text in re.findall(r'(\w+) = ("[^"]*"|\w+)', line):
        if not asked(column, text.strip('"')):
            place = at + line.index(f"{column} = {text}") + len(column) + 3
            inside = range(place, place + len(text))
            found = [Word(w.text, w.start, "text that nothing compares") if w.start in inside else w for w in found]
    return found


def _row(line: str, at: int, columns: list[str], is_key: Callable[[str], bool], asked: IsCompared) -> list[Word]:
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
            found += [Word(word.text, word.start, word.role) for word in _scanned(text, start, [])]
    return found
