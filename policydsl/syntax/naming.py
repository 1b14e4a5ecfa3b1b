"""The names of cells: `T5[D..E, duration > 7y]` finds its row and its column however they are spaced."""

import re

_QUOTED = re.compile(r'("[^"\n]*"|[“”„][^“”„\n]*[“”]|`[^`\n]*`)')
_BLANKS = re.compile(r"\s+")
_SIGN = re.compile(r"\s*(\.\.<|\.\.|<=|>=|!=|[<>=,])\s*")
_TIGHT = ("..", "..<")
_TYPED = str.maketrans({"≤": "<=", "≥": ">=", "≠": "!="})


def cell_name(text: str) -> str:
    """The text of a cell, of a heading or inside `[...]`, in one spacing: two that say the same are equal."""
    parts = _QUOTED.split(text)
    parts[::2] = (_BLANKS.sub(" ", _SIGN.sub(_spaced, part.translate(_TYPED))) for part in parts[::2])
    return "".join(parts).strip()


def single_blanks(text: str) -> str:
    """The text as written, with single blanks where it is not quoted."""
    parts = _QUOTED.split(text)
    parts[::2] = (_BLANKS.sub(" ", part) for part in parts[::2])
    return "".join(parts).strip()


def _spaced(found: re.Match[str]) -> str:
    sign = found[1]
    if sign in _TIGHT:
        return sign
    return ", " if sign == "," else f" {sign} "
