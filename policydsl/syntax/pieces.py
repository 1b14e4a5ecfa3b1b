"""One stretch of text through the parser."""

from typing import Any

from lark import UnexpectedInput

from policydsl.source import Span
from policydsl.syntax.lexer import Piece
from policydsl.syntax.sentences import sentence
from policydsl.syntax.tables import parser
from policydsl.syntax.wrong import Wrong


def parse_piece(place: Span, text: str, start: str, language: str) -> Any:
    """What the text there says, read as a `declaration`, a `cell` or another start of the grammar, or `Wrong`."""
    piece = Piece(place.path, text, place.start, place.end, language)
    try:
        return parser().parse(piece, start=start)
    except UnexpectedInput as unexpected:
        raise Wrong(sentence(piece, unexpected)) from None
