"""CIC codes: the country of quotation, the category, the kind. `SE12` is a bond of a government, quoted in Sweden."""

import re

CATEGORIES = {
    "0": "other",
    "1": "government bond",
    "2": "corporate bond",
    "3": "equity",
    "4": "fund",
    "5": "structured note",
    "6": "collateralised security",
    "7": "cash",
    "8": "loan",
    "9": "property",
    "A": "future",
    "B": "call option",
    "C": "put option",
    "D": "swap",
    "E": "forward",
    "F": "credit derivative",
}
"""The third sign of a code, and what it means."""

_CIC = re.compile(r"[A-Z]{2}([0-9A-F])[0-9A-Z]")


def category_of(code: str) -> str | None:
    """What kind of instrument a code is of; None if it is no CIC code."""
    found = _CIC.fullmatch(code.strip().upper())
    return CATEGORIES[found[1]] if found else None
