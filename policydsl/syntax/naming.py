"""The names of cells: `T5[D..E, duration > 7y]` finds its row and its column however they are spaced."""

import re

_QUOTED = re.compile(r'("[^"]*"|[“”„][^“”„]*[“”]|`[^`]*`)')
_SIGN = re.compile(r"\s*(\.\.<|\.\.|<=|>=|!=|[<>=,])\s*")
_TIGHT = ("..", "..<")
_TYPED = str.maketrans({"≤": "<=", "≥": ">=", "≠": "!="})


def cell_name(text: str) -> str:
    """The text of a cell, a heading or the inside of `[...]`, in one spacing: two that say the same are equal."""
    parts = _QUOTED.split(text)
    parts[::2] = (_SIGN.sub(_spaced, part.translate(_TYPED)) for part in parts[::2])
    return " ".join("".join(parts).split())


def _spaced(found: re.Match[str]) -> str:
    sign = found[1]
    if sign in _TIGHT:
        return sign
    return ", " if sign == "," else f" {sign} "
