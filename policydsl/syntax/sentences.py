"""What is said of a word that cannot stand where it stands."""

from lark import UnexpectedInput, UnexpectedToken

from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic
from policydsl.source import Span
from policydsl.syntax.lexer import Piece


def sentence(piece: Piece, unexpected: UnexpectedInput) -> Diagnostic:
    """The message."""
    token = unexpected.token
    at = token.start_pos if token.type != "$END" else piece.end
    return say("PD100", Span(piece.path, at, at + len(token)), word=str(token), after="", wanted=f"{token.type} {sorted(unexpected.expected)}")
