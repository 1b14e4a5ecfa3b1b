"""One writing for each text: what looks the same on paper is the same."""

from collections.abc import Sequence
from typing import Any
from unicodedata import normalize

_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_UNSEEN |= dict.fromkeys((0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))  # turn texts around


def tidy(text: str) -> str:
    """The text with accents coded in one way, single ordinary spaces inside, none outside, and nothing unseen."""
    if not text.isprintable():  # a tab, a line end, an unusual space or something unseen
        text = text.translate(_UNSEEN)
    elif "  " not in text:
        return normalize("NFC", text.strip())
    text = normalize("NFC", text)
    return " ".join(text.split())


def are_tidy(texts: Sequence[Any]) -> bool:
    """Whether all of these are texts or nothing, and surely each text what `tidy` makes of it, with something in it."""
    try:
        joined = f" {' '.join([text for text in texts if text is not None])} "
    except TypeError:  # a number, or something else
        return False
    return joined.isascii() and joined.isprintable() and "  " not in joined
