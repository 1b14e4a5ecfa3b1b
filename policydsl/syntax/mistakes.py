"""Shapes that no rule accepts: what authors write by habit, kept whole so that a message can speak of it."""

from policydsl.syntax.words import Words


def before(words: Words) -> dict[str, str]:
    """Patterns that are tried before numbers and signs."""
    return {
        "X_DATE": r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?!\w)|\d{4}[/.]\d\d?[/.]\d\d?(?!\w)|\d{4}-\d\d?-\d\d?(?!\w)",
        "X_RANGE": r"\d[\d.,]{0,20}[ ]?(?:%|[^\W\d]{1,9})?[ ]?[–—]\s?\d[\d.,]{0,20}|\d{1,20}[^\W\d]{0,9}-\d{1,20}",
        "X_DOTS": r"\.{3,}",
        "X_NUMBER": words.foreign_digits,
        "X_EQUAL": "==",
        "X_UNEQUAL": "<>",
    }


AFTER = {
    "X_OPEN_TEXT": r'["“”„][^\n]*',
    "X_OPEN_NAME": r"`[^\n]*",
    "X_MINUS": "[-–—−]",
    "X_PLUS": r"\+",
    "X_CHARACTER": r"(?s:.)",
}
"""Patterns that are tried when nothing else fits; together they fit every character."""
