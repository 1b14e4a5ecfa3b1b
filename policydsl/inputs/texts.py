"""One writing for each text: what looks the same on paper is the same."""

from unicodedata import normalize

_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def tidy(text: str) -> str:
    """The text with accents coded in one way, single ordinary spaces inside, none outside, and nothing unseen."""
    if text.isascii():
        if text.isprintable() and "  " not in text:
            return text.strip()
    else:
        text = normalize("NFC", text.translate(_UNSEEN))
    return " ".join(text.split())
