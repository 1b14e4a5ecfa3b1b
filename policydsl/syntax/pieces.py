"""One stretch of text through the parser: a declaration, a cell, or a value typed alone."""

from typing import Any

from policydsl.source import Span
from policydsl.syntax.build import MAKERS, VALUES
from policydsl.syntax.driver import Parser, Stuck
from policydsl.syntax.loading import load_tables
from policydsl.syntax.reading import Reading
from policydsl.syntax.words import words_of
from policydsl.syntax.wrong import Wrong, wrong

DEEPEST = 100
"""How many parentheses may be open at once."""


def parse_piece(place: Span, text: str, start: str, language: str) -> Any:
    """What the text there says, read as a `declaration`, a `cell` or another start of the grammar, or `Wrong`."""
    parser = Parser(load_tables(), start, MAKERS)
    reading = Reading(words_of(language), place, text, parser)
    depth, word, last = 0, None, None
    try:
        while (word := reading.next()) is not None:
            depth += (word.kind == "LPAR") - (word.kind == "RPAR")
            if depth > DEEPEST:
                raise wrong("PD105", word.span, most=DEEPEST, what="parentheses inside one another")
            make = VALUES.get(word.kind)
            parser.take(word.kind, word if make is None else make(word))
            last = word
        return parser.finished()
    except Stuck:
        from policydsl.syntax.sentences import sentence
        from policydsl.syntax.stop import stop_at

        raise Wrong(sentence(stop_at(reading, word, last))) from None
