"""What the next word of a text is. A keyword is one only where the grammar can go on with it."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from attrs import define

from policydsl.syntax.acceptance import States, goes_on
from policydsl.syntax.keywords import Found, keyword
from policydsl.syntax.mistakes import AFTER, before
from policydsl.syntax.words import Words

LINE_HEADS = ("ROW", "LABEL_HEAD", "COLUMN_HEAD")
ONLY_WHERE_ACCEPTED = ("ID", "PATH", "CELL_REFERENCE")

_CLAUSES = frozenset(
    {"SOURCE", "QUOTE", "NOTE", "ITEM", "WAIVABLE_BY", "VALID_FROM", "VALID_UNTIL", "CURE_WITHIN", "WARN_AT"}
)
"""At the beginning of a line these are read even where no clause is awaited, so that what is missing before is told."""
_COMMA_IS_IDLE = ("NORM", "WARN_AT")
"""Before these a comma may be written or not."""
_JOINING = frozenset({
    "WHERE", "OF", "PER", "AND", "OR", "IN", "IS", "BETWEEN", "CONTAINS", "UNLESS", "WHEN", "OTHERWISE", "MUST",
    "SHOULD", "UNDER", "OVER", "AT_MOST", "AT_LEAST", "WEIGHTED_BY",
})  # fmt: skip
_VALUES = ("DIGITS", "LPAR", "STRING")
_CURRENCY = re.compile(r"[A-Z]{3}")
_FIRST_WORD = re.compile(r"\s*([^\W\d]\w*)")


@cache
def shapes(words: Words, terminals: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """One pattern for every shape that a word can have; the name of the group is the token's kind."""
    symbols = "|".join(re.escape(unit) for unit in words.units if not unit[0].isalpha())
    first = {name: pattern for name, pattern in terminals if name == "DAY"}
    ordered = {**first, **before(words), "DIGITS": words.digits, "UNIT": symbols, **dict(terminals), **AFTER}
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in ordered.items()))


@define
class Reading:
    """A text while the parser reads it, with the state that the parser is in."""

    words: Words
    text: str
    end: int
    shape: re.Pattern[str]
    special: Mapping[str, re.Pattern[str]]
    states: States
    stack: Sequence[Any]

    def accepts(self, terminal: str) -> bool:
        """Whether the parser could go on with the terminal."""
        return goes_on(self.states, self.stack, terminal)

    def word(self, start: int, begins_line: bool) -> Found:
        """The word that starts there."""
        found = self._head(start) if begins_line else None
        return found or self._special(start, ONLY_WHERE_ACCEPTED) or self._plain(start)

    def _head(self, start: int) -> Found | None:
        """A word whose shape counts only at the beginning of a line."""
        if self.text[start] == "|":
            return self._matched("ROW", start)
        if self.accepts("LABEL_HEAD"):
            label = self._matched("LABEL_HEAD", start)
            if label and self.text[start : label[1]] not in self.words.spellings["OTHERWISE"]:
                return label
        elif self.accepts("COLUMN_HEAD"):
            column = self._matched("COLUMN_HEAD", start)
            return column and (self._keyword(start, column[1]) or column)
        first = _FIRST_WORD.match(self.text, start, self.end)
        clause = keyword(self.words, self.text, start, first.end(), self.end) if first else None
        return clause if clause and clause[0] in _CLAUSES else None

    def _special(self, start: int, kinds: Sequence[str]) -> Found | None:
        accepted = (kind for kind in kinds if self.accepts(kind))
        return next((found for kind in accepted if (found := self._matched(kind, start))), None)

    def _matched(self, kind: str, start: int) -> Found | None:
        found = self.special[kind].match(self.text, start, self.end)
        return (kind, found.end(), None) if found else None

    def _plain(self, start: int) -> Found:
        found = self.shape.match(self.text, start, self.end)
        assert found is not None and found.lastgroup is not None
        kind, stop = found.lastgroup, found.end()
        match kind:
            case "NAME":
                return self._keyword(start, stop) or self._name(start, stop)
            case "DIGITS":
                return kind, stop, self.words.number(found.group())
            case "UNIT":
                return kind, stop, (1, found.group())
            case "COMMA" if self._is_idle(stop):
                return "", stop, None
        return kind, stop, None

    def _keyword(self, start: int, stop: int) -> Found | None:
        return keyword(self.words, self.text, start, stop, self.end, self.accepts)

    def _name(self, start: int, stop: int) -> Found:
        """A word that is no keyword here: a name, behind a number a unit, or a keyword in the wrong place."""
        misplaced = keyword(self.words, self.text, start, stop, self.end)
        behind_number = self.accepts("UNIT")
        if misplaced and (behind_number or self._is_no_value(misplaced[0])):
            return misplaced
        word = self.text[start:stop]
        multiple = self.words.prefixes.get(word[:-3]) if behind_number and _CURRENCY.fullmatch(word[-3:]) else None
        return ("NAME", stop, None) if multiple is None else ("UNIT", stop, (multiple, word[-3:]))

    def _is_no_value(self, terminal: str) -> bool:
        """Whether a keyword that joins values stands where a value is awaited: there it is no column's name."""
        return terminal in _JOINING and any(self.accepts(kind) for kind in _VALUES)

    def _is_idle(self, at: int) -> bool:
        """Whether the comma before that place says nothing."""
        following = _FIRST_WORD.match(self.text, at, self.end)
        found = self._keyword(following.start(1), following.end()) if following else None
        return found is not None and found[0] in _COMMA_IS_IDLE
