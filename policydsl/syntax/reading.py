"""What the next word of a text is. A keyword is one only where the grammar can go on with it."""

import re
from collections.abc import Mapping
from functools import cache

from attrs import define, field

from policydsl.source import Span
from policydsl.syntax.driver import Parser
from policydsl.syntax.keywords import Found, keyword
from policydsl.syntax.mistakes import AFTER, before
from policydsl.syntax.tables import Tables
from policydsl.syntax.word import Word
from policydsl.syntax.words import Words
from policydsl.syntax.wrong import wrong

_LINE_HEADS = ("ROW", "LABEL_HEAD", "COLUMN_HEAD", "FIELD_HEAD")
_ONLY_WHERE_AWAITED = ("ID", "PATH", "CELL_REFERENCE")
_CLAUSES = frozenset(
    {"SOURCE", "QUOTE", "NOTE", "ITEM", "WAIVABLE_BY", "VALID_FROM", "VALID_UNTIL", "CURE_WITHIN", "WARN_AT"}
)
"""At the beginning of a line these are read even where no clause is awaited, so that what is missing before is told."""
_COMMA_IS_IDLE = ("NORM", "WARN_AT", "CONTENTS", "REVIEWED_BY_ANOTHER_PERSON", "WITHIN")
"""Before these a comma may be written or not."""
_JOINING = frozenset({
    "WHERE", "OF", "PER", "AND", "OR", "IN", "IS", "BETWEEN", "CONTAINS", "UNLESS", "WHEN", "OTHERWISE", "MUST",
    "SHOULD", "UNDER", "OVER", "AT_MOST", "AT_LEAST", "WEIGHTED_BY",
})  # fmt: skip
_VALUES = ("DIGITS", "LPAR", "STRING")
_CURRENCY = re.compile(r"[A-Z]{3}")
_FIRST_WORD = re.compile(r"\s*([^\W\d]\w*)")
_RULE_NAMED = re.compile(
    r"\s+(?:[\w§]+(?:[.\-/][\w§]+)*|`[^`\n]+`)"  # an id
    r'(?:\[(?:"[^"\n]*"|`[^`\n]*`|[^"`\]\n])*\])?'  # a cell
    r"\s+(?P<word>\w+)"
)
_MORE_THAN_AN_ID = re.compile(r"\s+[\w§`]")
_MOST_DIGITS = 100
_MORE_THAN_SHAPE = frozenset({"NAME", "DIGITS", "UNIT", "COMMA"})
"""Kinds of words that may be another kind, or mean more than their text."""
_BLANK = r"(?:\s++|#[^\n]*+)*+"


@cache
def _shapes(words: Words, tables: Tables) -> tuple[re.Pattern[str], Mapping[str, re.Pattern[str]]]:
    """One pattern for every shape that a word can have anywhere, with the blanks before it, and one for each that it
    has only in its place."""
    plain = dict(tables.patterns)
    special = {kind: re.compile(plain.pop(kind)) for kind in (*_LINE_HEADS, *_ONLY_WHERE_AWAITED)}
    symbols = "|".join(re.escape(unit) for unit in words.units if not unit[0].isalpha())
    ordered = {
        "NAME": plain["NAME"],
        "DAY": plain["DAY"],
        **before(words),
        "DIGITS": words.digits,
        "UNIT": symbols,
        **plain,
        **AFTER,
    }
    one_of = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in ordered.items())
    return re.compile(f"{_BLANK}(?:{one_of})"), special


@cache
def _awaited_shapes(tables: Tables) -> tuple[tuple[str, ...], ...]:
    """Of each state of the parser the kinds of words whose shape counts only where they are awaited."""
    return tuple(tuple(kind for kind in _ONLY_WHERE_AWAITED if kind in moves) for moves in tables.moves)


@define
class Reading:
    """A stretch of a text while a parser reads it."""

    words: Words
    place: Span
    text: str
    parser: Parser
    at: int = field(init=False)
    _shape: re.Pattern[str] = field(init=False)
    _special: Mapping[str, re.Pattern[str]] = field(init=False)
    _awaited: tuple[tuple[str, ...], ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.at = self.place.start
        self._shape, self._special = _shapes(self.words, self.parser.tables)
        self._awaited = _awaited_shapes(self.parser.tables)

    def next(self) -> Word | None:
        """The next word, or None at the end."""
        text, place = self.text, self.place
        while True:
            at = self.at
            shape = self._shape.match(text, at, place.end)
            if shape is None:
                return None
            kind = shape.lastgroup
            assert kind is not None
            start, stop = shape.span(kind)
            found = None
            if at == place.start or (start > at and text.find("\n", at, start) >= 0):
                found = self._head(start)
            if found is None and (awaited := self._awaited[self.parser.settled[-1]]):
                found = self._of(awaited, start)
            if found is None and kind in _MORE_THAN_SHAPE:
                found = self._plain(kind, start, stop)
            means = None
            if found is not None:
                kind, stop, means = found
            self.at = stop
            if kind:
                return Word(kind, text[start:stop], Span(place.path, start, stop), means)

    def _head(self, start: int) -> Found | None:
        """A word whose shape counts only at the beginning of a line."""
        if self.text[start] == "|":
            return self._matched("ROW", start)
        if self.parser.goes_on_with("LABEL_HEAD"):
            label = self._matched("LABEL_HEAD", start)
            if label and self.text[start : label[1]] not in self.words.spellings["OTHERWISE"]:
                return label
        elif self.parser.goes_on_with("COLUMN_HEAD"):
            column = self._matched("COLUMN_HEAD", start)
            return column and (self._keyword(start, column[1]) or column)
        elif self.parser.goes_on_with("FIELD_HEAD") and (field := self._matched("FIELD_HEAD", start)):
            return field
        first = _FIRST_WORD.match(self.text, start, self.place.end)
        clause = keyword(self.words, self.text, start, first.end(), self.place.end) if first else None
        return clause if clause and clause[0] in _CLAUSES else None

    def _of(self, kinds: tuple[str, ...], start: int) -> Found | None:
        """A word of one of the kinds whose shape counts only where the grammar awaits it."""
        if "ID" in kinds and (declares := self._declares(start)) is not None:
            return declares
        for kind in kinds:
            if self.parser.goes_on_with(kind) and (found := self._matched(kind, start)):
                return found
        return None

    def _declares(self, start: int) -> Found | None:
        """Where an id or a whole declaration may follow, as after `replace`: the word that begins a declaration, unless
        what comes after it shows that it is an id."""
        if not self.parser.goes_on_with("PARAMETER"):
            return None
        first = _FIRST_WORD.match(self.text, start, self.place.end)
        found = self._keyword(start, first.end()) if first else None
        return found if found and _MORE_THAN_AN_ID.match(self.text, found[1], self.place.end) else None

    def _matched(self, kind: str, start: int) -> Found | None:
        found = self._special[kind].match(self.text, start, self.place.end)
        return (kind, found.end(), None) if found else None

    def _plain(self, kind: str, start: int, stop: int) -> Found | None:
        """What a word is by more than its shape; None where it is that."""
        match kind:
            case "NAME":
                return self._keyword(start, stop) or self._name(start, stop)
            case "DIGITS" if stop - start > _MOST_DIGITS:
                raise wrong("PD163", Span(self.place.path, start, stop), most=_MOST_DIGITS)
            case "DIGITS":
                return kind, stop, self.words.number(self.text[start:stop])
            case "UNIT":
                return kind, stop, (1, self.text[start:stop])
            case "COMMA" if self._is_idle(stop):
                return "", stop, None
        return None

    def _keyword(self, start: int, stop: int) -> Found | None:
        found = keyword(self.words, self.text, start, stop, self.place.end, self.parser.goes_on_with)
        return None if found and found[0] == "RULE" and not self._is_of_a_rule(found[1]) else found

    def _is_of_a_rule(self, at: int) -> bool:
        """Whether `rule` begins a declaration or, before an id and `is`, asks for a verdict: else it is a name."""
        if self.parser.goes_on_with("RULEBOOK"):
            return True
        named = _RULE_NAMED.match(self.text, at, self.place.end)
        return named is not None and named.group("word") in self.words.spellings["IS"]

    def _name(self, start: int, stop: int) -> Found:
        """A word that is no keyword here: a name, behind a number a unit, or a keyword in the wrong place."""
        misplaced = keyword(self.words, self.text, start, stop, self.place.end)
        behind_number = self.parser.goes_on_with("UNIT")
        if misplaced and (behind_number or self._is_no_value(misplaced[0])):
            return misplaced
        word = self.text[start:stop]
        multiple = self.words.prefixes.get(word[:-3]) if behind_number and _CURRENCY.fullmatch(word[-3:]) else None
        return ("NAME", stop, None) if multiple is None else ("UNIT", stop, (multiple, word[-3:]))

    def _is_no_value(self, terminal: str) -> bool:
        """Whether a keyword that joins values stands where a value is awaited: there it is no column's name."""
        return terminal in _JOINING and any(self.parser.goes_on_with(kind) for kind in _VALUES)

    def _is_idle(self, at: int) -> bool:
        """Whether the comma before that place says nothing."""
        following = _FIRST_WORD.match(self.text, at, self.place.end)
        found = self._keyword(following.start(1), following.end()) if following else None
        return found is not None and found[0] in _COMMA_IS_IDLE
