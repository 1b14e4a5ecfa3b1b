"""Texts of data and rulebooks in files of other formats: without the signs that these may not hold."""

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINE = re.compile(r"\s*[\n\r\u2028\u2029]\s*")


def allowed(text: str) -> str:
    """A text in which what XML may not hold, a control character or half of a pair, is a replacement character."""
    return _FORBIDDEN.sub("\ufffd", text)


def in_one_line(text: str) -> str:
    """The same without an end of line."""
    return _LINE.sub(" ", allowed(text))
