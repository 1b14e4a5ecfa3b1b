"""What a database's cell holds, exactly: NULL is a blank, and nothing else is."""

import math
from datetime import datetime
from decimal import Decimal

from policydsl.inputs.frame_cells import frame_cell
from policydsl.inputs.sheet import Cell, Wrong, shown


def database_cell(value: object) -> Cell:
    """The value of a cell; NaN is no blank here, and a moment with a time zone is no day."""
    if isinstance(value, float | Decimal) and not math.isfinite(value):
        return Wrong("PD330", (("cell", str(value)),))
    if isinstance(value, datetime) and value.tzinfo is not None:
        return Wrong("PD856", (("cell", shown(value.isoformat(" "))),))
    if isinstance(value, bytes | bytearray | memoryview):
        return Wrong("PD333", (("cell", f"{len(value)} bytes"),))
    return frame_cell(value)
