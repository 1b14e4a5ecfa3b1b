"""Words of a text, one at a time: a word is a keyword only where the grammar can go on with that keyword."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from attrs import frozen
from lark import Token
from lark.lexer import Lexer, LexerState

from policydsl.source import Span
from policydsl.syntax.mistakes import AFTER, before
from policydsl.syntax.words import Words, words_of
from policydsl.syntax.wrong import wrong

DEEPEST = 100
"""How many parentheses may be open at once."""

_BLANK = re.compile(r"(?:\s++|#[^\n]*+)*+")
_ONLY_WHERE_ACCEPTED = ("ID", "PATH", "CELL_REFERENCE")
_ONLY_BEFORE_TEXT = frozenset({"SOURCE", "QUOTE", "NOTE", "ITEM"})
_CLAUSES = frozenset(
    {"SOURCE", "QUOTE", "NOTE", "ITEM", "WAIVABLE_BY", "VALID_FROM", "VALID_UNTIL", "CURE_WITHIN", "WARN_AT"}
)
"""What begins a line is one of these even where no clause is awaited: so a value that is missing before it is told."""
_TEXT = re.compile(r'\s*["“”„]')
_NEXT_WORD = re.compile(r"\s*([^\W\d]\w*)")

Found = tuple[str, int, object]
"""A token's kind, where it ends, and what it means if that is more than its text."""


@frozen
class Piece:
    """A stretch of a text that is parsed by itself: a declaration, or a cell."""

    path: str
    text: str
    start: int
    end: int
    language: str = "en"


class Word(Token):
    """A token with its place; `means` is what a number or a unit is worth."""

    __slots__ = ("means", "span")
    span: Span
    means: Any
    line = column = end_line = end_column = None


def _word(kind: str, text: str, span: Span, means: object) -> Word:
    word = str.__new__(Word, text)
    word.type, word.value, word.span, word.means = kind, text, span, means
    word.start_pos, word.end_pos = span.start, span.end
    return word


@cache
def shapes(words: Words, terminals: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """One pattern for every shape that a word can have; the name of the group is the token's kind."""
    symbols = "|".join(re.escape(unit) for unit in words.units if not unit[0].isalpha())
    first = {name: pattern for name, pattern in terminals if name == "DAY"}
    ordered = {**first, **before(words), "DIGITS": words.digits, "UNIT": symbols, **dict(terminals), **AFTER}
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in ordered.items()))


def keyword(words: Words, piece: Piece, start: int, end: int, accepted: Mapping[str, object] | None) -> Found | None:
    """The longest phrase that starts with the word there and that is accepted (every phrase is, when that is None)."""
    for phrase in words.phrases.get(piece.text[start:end], ()):
        if accepted is not None and phrase.terminal not in accepted:
            continue
        stop = end
        if phrase.rest is not None:
            rest = phrase.rest.match(piece.text, end, piece.end)
            if rest is None:
                continue
            stop = rest.end()
        if phrase.terminal in _ONLY_BEFORE_TEXT and not _TEXT.match(piece.text, stop, piece.end):
            continue
        return phrase.terminal, stop, phrase.means
    return None


class WordLexer(Lexer):
    """What Lark asks for words: it looks at the state that the parser is in."""

    __future_interface__ = 2

    def __init__(self, lexer_conf: Any) -> None:
        ordered = sorted(lexer_conf.terminals, key=lambda terminal: -terminal.priority)
        patterns = {terminal.name: terminal.pattern.to_regexp() for terminal in ordered}
        special = ("ROW", "LABEL_HEAD", "COLUMN_HEAD", *_ONLY_WHERE_ACCEPTED)
        self._special = {name: re.compile(patterns.pop(name)) for name in special}
        self._plain = tuple(patterns.items())

    def lex(self, lexer_state: LexerState, parser_state: Any) -> Iterator[Token]:
        """The words of a `Piece`, read as the parser goes on."""
        piece: Piece = lexer_state.text  # type: ignore[assignment]
        words = words_of(piece.language)
        shape = shapes(words, self._plain)
        path, text, at, end = piece.path, piece.text, piece.start, piece.end
        states, stack = parser_state.parse_conf.states, parser_state.state_stack
        depth = 0
        while True:
            start = _BLANK.match(text, at, end).end()  # type: ignore[union-attr]
            if start >= end:
                return
            accepted = states[stack[-1]]
            begins_line = at == piece.start or text.find("\n", at, start) >= 0
            found = self._special_word(words, piece, start, begins_line, accepted)
            kind, at, means = found or _plain_word(words, piece, start, shape, accepted)
            if kind == "COMMA" and _is_idle(words, piece, at, accepted):
                continue
            span = Span(path, start, at)
            if kind == "LPAR":
                depth += 1
                if depth > DEEPEST:
                    raise wrong("PD105", span, deepest=DEEPEST)
            elif kind == "RPAR":
                depth -= 1
            word = _word(kind, text[start:at], span, means)
            yield word
            lexer_state.last_token = word

    def _special_word(
        self, words: Words, piece: Piece, start: int, begins_line: bool, accepted: Mapping[str, object]
    ) -> Found | None:
        """A word whose shape counts only here: the head of a line, an id, a path, the name of a cell."""
        special = self._special
        if begins_line:
            if clause := _clause_word(words, piece, start):
                return clause
            if piece.text[start] == "|":
                return "ROW", special["ROW"].match(piece.text, start, piece.end).end(), None  # type: ignore[union-attr]
            if "LABEL_HEAD" in accepted and (head := special["LABEL_HEAD"].match(piece.text, start, piece.end)):
                if head.group() not in words.spellings["OTHERWISE"]:
                    return "LABEL_HEAD", head.end(), None
            elif "COLUMN_HEAD" in accepted and (head := special["COLUMN_HEAD"].match(piece.text, start, piece.end)):
                return keyword(words, piece, start, head.end(), accepted) or ("COLUMN_HEAD", head.end(), None)
        for kind in _ONLY_WHERE_ACCEPTED:
            if kind in accepted and (found := special[kind].match(piece.text, start, piece.end)):
                return kind, found.end(), None
        return None


def _plain_word(
    words: Words, piece: Piece, start: int, shape: re.Pattern[str], accepted: Mapping[str, object]
) -> Found:
    found = shape.match(piece.text, start, piece.end)
    assert found is not None and found.lastgroup is not None
    kind, stop = found.lastgroup, found.end()
    if kind == "NAME":
        found_keyword = keyword(words, piece, start, stop, accepted)
        if "UNIT" in accepted:  # no keyword is a unit, whatever follows
            return found_keyword or keyword(words, piece, start, stop, None) or _money(words, piece, start, stop)
        return found_keyword or (kind, stop, None)
    if kind == "DIGITS":
        return kind, stop, words.number(found.group())
    if kind == "UNIT":
        return kind, stop, (1, found.group())
    return kind, stop, None


def _clause_word(words: Words, piece: Piece, start: int) -> Found | None:
    first = _NEXT_WORD.match(piece.text, start, piece.end)
    found = keyword(words, piece, start, first.end(), None) if first else None
    return found if found and found[0] in _CLAUSES else None


def _money(words: Words, piece: Piece, start: int, stop: int) -> Found:
    """`SEK`, `MSEK`: a word after a number; a letter before a currency multiplies."""
    word = piece.text[start:stop]
    multiple = words.prefixes.get(word[:-3]) if word[-3:].isupper() and word[-3:].isalpha() else None
    if multiple is None:
        return "NAME", stop, None
    return "UNIT", stop, (multiple, word[-3:])


def _is_idle(words: Words, piece: Piece, at: int, accepted: Mapping[str, object]) -> bool:
    """Whether a comma stands before `norm` or `warn at`, where one may be written or not."""
    following = _NEXT_WORD.match(piece.text, at, piece.end)
    if following is None:
        return False
    found = keyword(words, piece, following.start(1), following.end(), accepted)
    return found is not None and found[0] in ("NORM", "WARN_AT")
