"""What a frame's cell holds, exactly; the libraries that make frames are recognised by name and not imported."""

import math
import struct
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from policydsl.inputs.sheet import Cell, Wrong, shown
from policydsl.inputs.xlsx_cells import day

_MISSING = {("pandas", "NAType"), ("pandas", "NaTType"), ("polars", "Null")}


def frame_cell(value: object) -> Cell:
    """The value of a cell; NaN, NaT and NA are blank, a float is the shortest decimal that it prints as. What is known
    to be wrong stays so."""
    match value:
        case None | bool() | int():
            return value
        case str():
            return str(value) if value and not value.isspace() else None
        case float():
            return _decimal(value, repr(float(value)))
        case Decimal():
            return None if value.is_nan() else _decimal(value, str(value))
        case Fraction():
            return value
        case _:
            return _other(value)


def _other(value: object) -> Cell:
    if isinstance(value, Wrong):
        return value
    library = type(value).__module__.partition(".")[0]
    if (library, type(value).__name__) in _MISSING:
        return None
    if isinstance(value, datetime | date):
        return day(value)
    if library == "numpy":
        return _of_numpy(value)
    if (library, type(value).__name__) == ("uuid", "UUID"):
        return str(value)
    return Wrong("PD333", (("cell", shown(str(value))),))


def _of_numpy(value: Any) -> Cell:
    """A numpy scalar; a float of any width prints as the shortest decimal for its width."""
    kind = getattr(getattr(value, "dtype", None), "kind", "")
    if kind == "f":
        return _decimal(float(value), str(value))
    if kind == "M":
        moment = value.astype("datetime64[us]").item()
        return None if moment is None else day(moment)
    if kind in "biu" and kind:
        return frame_cell(value.item())
    return Wrong("PD333", (("cell", shown(str(value))),))


def single_cell(value: object) -> Cell:
    """As `frame_cell`, of a column that stores its numbers in 32 bits: the shortest decimal for that width."""
    if not isinstance(value, float) or not math.isfinite(value):
        return frame_cell(value)
    for digits in range(6, 10):
        text = f"{value:.{digits}g}"
        if struct.unpack("f", struct.pack("f", float(text)))[0] == value:
            return Decimal(text)
    return frame_cell(value)


def _decimal(value: float | Decimal, text: str) -> Cell:
    if math.isnan(value):
        return None
    if math.isinf(value):
        return Wrong("PD330", (("cell", text),))
    return Decimal(text)
