"""The values of an Arrow column as Python has them; of what Python has no value for, what is wrong with it."""

from typing import Any

from policydsl.inputs.sheet import Wrong, shown


def arrow_values(column: Any, heading: str) -> list[object]:
    """The values; those of a dictionary are made once each, however often they stand there."""
    if not str(column.type).startswith("dictionary"):
        return _made(column, heading)
    found: list[object] = []
    for chunk in getattr(column, "chunks", (column,)):
        words = [*_made(chunk.dictionary, heading), None]
        found += [words[-1 if at is None else at] for at in chunk.indices.to_pylist()]
    return found


def _made(column: Any, heading: str) -> list[object]:
    try:
        values: list[object] = column.to_pylist()
    except OverflowError:  # of one value at least
        return [_value(each, heading) for each in column]
    return values


def _value(scalar: Any, heading: str) -> object:
    """A value; days are counted from the year 1 to 9999."""
    try:
        return scalar.as_py()
    except OverflowError:
        kind = str(scalar.type)
        if kind.startswith(("date", "timestamp")):
            return Wrong("PD963", (("heading", heading),))
        return Wrong("PD333", (("cell", shown(kind)),))
