"""Values that are one word."""

from datetime import date

from policydsl.syntax import ast
from policydsl.syntax.word import Word
from policydsl.syntax.wrong import wrong


def NAME(word: Word) -> ast.Name:
    """A bare word, or one in backticks."""
    if word.text.startswith("`"):
        return ast.Name(word.text[1:-1], True, span=word.span)
    return ast.Name(word.text, span=word.span)


def LABEL_HEAD(word: Word) -> ast.Name:
    """The label that begins a line of a category."""
    return NAME(word)


def COLUMN_HEAD(word: Word) -> ast.Name:
    """The name that begins a line of a table."""
    return NAME(word)


def FIELD_HEAD(word: Word) -> ast.Name:
    """The name that begins a line of a derived table."""
    return NAME(word)


def STRING(word: Word) -> ast.Text:
    """A quoted text."""
    return ast.Text(word.text[1:-1], span=word.span)


def DAY(word: Word) -> ast.Date:
    """A date that the calendar has."""
    try:
        return ast.Date(date.fromisoformat(word.text), span=word.span)
    except ValueError:
        raise wrong("PD114", word.span, word=word.text) from None
