"""Signs that stand raised or lowered beside others: the mark of a footnote in `A¹` is no part of the grade A1."""

from unicodedata import decomposition, normalize


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
