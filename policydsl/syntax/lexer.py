"""The words of a text, one at a time, as Lark wants them."""

import re
from collections.abc import Iterator
from typing import Any

from attrs import frozen
from lark import Token
from lark.lexer import Lexer, LexerState

from policydsl.source import Span
from policydsl.syntax.reading import LINE_HEADS, ONLY_WHERE_ACCEPTED, Reading, shapes
from policydsl.syntax.words import words_of
from policydsl.syntax.wrong import wrong

DEEPEST = 100
"""How many parentheses may be open at once."""

_BLANK = re.compile(r"(?:\s++|#[^\n]*+)*+")


@frozen
class Piece:
    """A stretch of a text that is parsed by itself: a declaration, or a cell."""

    path: str
    text: str
    start: int
    end: int
    language: str = "en"


class Word(Token):
    """A token with its place.

    `means` is what a number or a unit is worth, `left` the parser's stack when it had taken the word in.
    """

    __slots__ = ("left", "means", "span")
    span: Span
    means: Any
    left: list[Any]
    line = column = end_line = end_column = None


def _word(kind: str, text: str, span: Span, means: object) -> Word:
    word = str.__new__(Word, text)
    word.type, word.value, word.span, word.means = kind, text, span, means
    word.start_pos, word.end_pos = span.start, span.end
    return word


class WordLexer(Lexer):
    """What Lark asks for words: it looks at the state that the parser is in."""

    __future_interface__ = 2

    def __init__(self, lexer_conf: Any) -> None:
        ordered = sorted(lexer_conf.terminals, key=lambda terminal: -terminal.priority)
        patterns = {terminal.name: terminal.pattern.to_regexp() for terminal in ordered}
        self._special = {name: re.compile(patterns.pop(name)) for name in (*LINE_HEADS, *ONLY_WHERE_ACCEPTED)}
        self._plain = tuple(patterns.items())

    def lex(self, lexer_state: LexerState, parser_state: Any) -> Iterator[Token]:
        """The words of a `Piece`, read as the parser goes on."""
        piece: Piece = lexer_state.text  # type: ignore[assignment]
        words = words_of(piece.language)
        path, text, at, end = piece.path, piece.text, piece.start, piece.end
        states, stack = parser_state.parse_conf.states, parser_state.state_stack
        reading = Reading(words, text, end, shapes(words, self._plain), self._special, states, stack)
        depth = 0
        while True:
            start = _BLANK.match(text, at, end).end()  # type: ignore[union-attr]
            if start >= end:
                return
            begins_line = at == piece.start or text.find("\n", at, start) >= 0
            kind, at, means = reading.word(start, begins_line)
            if not kind:
                continue
            span = Span(path, start, at)
            depth += (kind == "LPAR") - (kind == "RPAR")
            if depth > DEEPEST:
                raise wrong("PD105", span, deepest=DEEPEST)
            word = _word(kind, text[start:at], span, means)
            yield word
            word.left = stack.copy()
            lexer_state.last_token = word
