"""The values of a polars column as Python has them. Days beyond Python's calendar end polars itself, and not with an
exception that a program catches (a panic), so they are looked for first."""

from typing import Any

from policydsl.inputs.sheet import Wrong, shown

_FIRST, _LAST = -719_162, 2_932_896
"""The days of the calendar since 1970."""
_IN_A_DAY = {"ms": 86_400 * 10**3, "us": 86_400 * 10**6}
"""Of the units that reach beyond them."""


def polars_values(series: Any) -> list[object]:
    """The values; of what Python has no value for, what is wrong with it."""
    far = _beyond_calendar(series)
    if far is None:
        return _made(series)
    near = iter(_made(series.filter(~far)))
    return [Wrong("PD963", (("heading", series.name),)) if beyond else next(near) for beyond in far.to_list()]


def _beyond_calendar(series: Any) -> Any:
    """Which values are days or instants before the year 1 or after 9999; None if none is."""
    kind = series.dtype.base_type().__name__
    if kind not in ("Date", "Datetime") or (kind == "Datetime" and series.dtype.time_unit not in _IN_A_DAY):
        return None
    numbers = series.to_physical()
    if kind == "Date":
        far = (numbers < _FIRST) | (numbers > _LAST)
    else:
        at_ends = 0 if series.dtype.time_zone is None else 1  # where another day may have begun
        day = _IN_A_DAY[series.dtype.time_unit]
        far = (numbers < (_FIRST + at_ends) * day) | (numbers >= (_LAST + 1 - at_ends) * day)
    far = far.fill_null(False)
    return far if far.any() else None


def _made(series: Any) -> list[object]:
    try:
        values: list[object] = series.to_list()
    except BaseException as wrong:
        if type(wrong).__name__ != "PanicException" and not isinstance(wrong, OverflowError | ValueError):
            raise
        values = [Wrong("PD333", (("cell", shown(str(series.dtype))),))] * len(series)  # such as days within lists
    return values
