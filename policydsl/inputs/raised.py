"""Signs that stand raised or lowered beside others: the mark of a footnote in `A¹` is no part of the grade A1."""

import re
from unicodedata import decomposition, normalize

_FIGURES = "0123456789+-=()"
_LETTERS = "abcdefghijklmnoprstuvwxyz"
_RAISED = str.maketrans(
    _FIGURES + _LETTERS,
    "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b\u207c\u207d\u207e"
    "\u1d43\u1d47\u1d9c\u1d48\u1d49\u1da0\u1d4d\u02b0\u2071\u02b2\u1d4f\u02e1\u1d50\u207f\u1d52\u1d56"
    "\u02b3\u02e2\u1d57\u1d58\u1d5b\u02b7\u02e3\u02b8\u1dbb",
)
_LOWERED = str.maketrans(_FIGURES, "".join(map(chr, range(0x2080, 0x208F))))
_MARK = re.compile(r"\s*(?:[\d+\-=(),\s]+|\(?[a-z]\)?)\s*")
"""What is raised as the mark of a footnote, and not as the end of a word such as `1st`."""


def raised_in(text: str) -> str:
    """The raised and lowered signs of a text, such as `¹`; "" where there are none."""
    return "" if text.isascii() else "".join(filter(is_raised, text))


def is_raised(sign: str) -> bool:
    """Whether a sign stands above or below the line."""
    return decomposition(sign).startswith(("<super>", "<sub>"))


def plain(text: str) -> str:
    """The text with the signs of other widths and forms as ordinary ones; raised and lowered ones stay."""
    if not raised_in(text):
        return normalize("NFKC", text)
    return normalize("NFC", "".join(s if is_raised(s) else normalize("NFKC", s) for s in normalize("NFC", text)))


def raised(text: str) -> str:
    """A text that is shown raised, in signs that are so themselves, if it may be the mark of a footnote."""
    return text.translate(_RAISED) if _MARK.fullmatch(text) else text


def lowered(text: str) -> str:
    """A text that is shown lowered, in signs that are so themselves, if it may be the mark of a footnote."""
    return text.translate(_LOWERED) if _MARK.fullmatch(text) else text
