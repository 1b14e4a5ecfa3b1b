"""A column of each type that Arrow and Parquet have, three cells each, of which the second is mostly blank."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa

DAY, MOMENT = date(2027, 1, 1), datetime(2027, 1, 1)
WHOLE = (pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64())
TEXTS = (pa.string(), pa.large_string(), pa.string_view())
BYTES = (pa.binary(), pa.large_binary(), pa.binary_view(), pa.binary(1))
UNITS = ("s", "ms", "us", "ns")
ZONES = {"UTC": 0, "Europe/Stockholm": 1, "+01:00": 1, "-03:30": -3.5, "America/St_Johns": -3.5}
"""Each with its hours before UTC on 1 January."""


def _extended(kind: Any, values: list[Any], stored: Any) -> Any:
    return pa.ExtensionArray.from_storage(kind, pa.array(values, stored))


def in_zone(zone: str, unit: str = "us", later: timedelta = timedelta()) -> Any:
    """The beginning of a day in a zone, or somewhat later."""
    moment = MOMENT - timedelta(hours=ZONES[zone]) + later
    return pa.array([moment, None, moment], pa.timestamp(unit, zone))


NUMBERS: Mapping[str, Any] = {
    **{str(kind): pa.array([1, None, 3], kind) for kind in WHOLE},
    "largest uint64": pa.array([2**64 - 1, 1, 3], pa.uint64()),
    "least int64": pa.array([-(2**63), 1, 3], pa.int64()),
    "float16": pa.array(np.array([0.1, 2.5, 3], np.float16)),
    "float32": pa.array([0.1, None, 3], pa.float32()),
    "float64": pa.array([0.1, None, 3], pa.float64()),
    "nan": pa.array([float("nan"), None, float("nan")]),
    "some nan": pa.array([float("nan"), None, 0.1], pa.float32()),
    "inf": pa.array([float("inf"), None, 1]),
    "decimal32": pa.array([Decimal("1.25"), None, Decimal(3)], pa.decimal32(9, 2)),
    "decimal64": pa.array([Decimal("1.25"), None, Decimal(3)], pa.decimal64(18, 2)),
    "decimal128": pa.array([Decimal("1.25"), None, Decimal(3)], pa.decimal128(38, 2)),
    "decimal256 of few digits": pa.array([Decimal("1.25"), None, Decimal(3)], pa.decimal256(30, 2)),
    "38 digits": pa.array([Decimal(10**38 - 1), None, Decimal(3)], pa.decimal128(38, 0)),
    "dictionary of numbers": pa.array([1, None, 2], pa.int32()).dictionary_encode(),
    "dictionary of floats": pa.array([1.5, None, 2], pa.float64()).dictionary_encode(),
}
WORDS: Mapping[str, Any] = {
    **{str(kind): pa.array(["a", None, "b"], kind) for kind in TEXTS},
    **{f"{kind} of numbers": pa.array(["1", None, "2"], kind) for kind in TEXTS},
    **{f"{kind} of days": pa.array(["2027-01-01", None, "2027-01-01"], kind) for kind in TEXTS},
    "dictionary": pa.array(["a", None, "b"]).dictionary_encode(),
    "dictionary of large": pa.array(["a", None, "b"], pa.large_string()).dictionary_encode(),
    "json": _extended(pa.json_(), ['{"a": 1}', None, '"b"'], pa.string()),
    "uuid": pa.array([b"0123456789abcdef", None, b"1123456789abcdef"], pa.uuid()),
    "bool": pa.array([True, None, False]),
    "bool8": _extended(pa.bool8(), [1, None, 0], pa.int8()),
    "null": pa.nulls(3),
}
DAYS: Mapping[str, Any] = {
    "date32": pa.array([DAY, None, DAY], pa.date32()),
    "date64": pa.array([DAY, None, DAY], pa.date64()),
    "far": pa.array([10**8, 1, 2], pa.int32()).cast(pa.date32()),
    "dictionary of days": pa.array([DAY, None, DAY], pa.date32()).dictionary_encode(),
    **{f"timestamp {unit}": pa.array([MOMENT, None, MOMENT], pa.timestamp(unit)) for unit in UNITS},
    **{f"noon {unit}": pa.array([datetime(2027, 1, 1, 12), None, MOMENT], pa.timestamp(unit)) for unit in UNITS},
    **{f"{zone} {unit}": in_zone(zone, unit) for zone in ZONES for unit in UNITS},
    **{f"{zone}, later": in_zone(zone, later=timedelta(hours=5)) for zone in ZONES},
    "far timestamp": pa.array([2**60, 1, 2], pa.int64()).cast(pa.timestamp("us")),
    "far timestamp in a zone": pa.array([2**60, 1, 2], pa.int64()).cast(pa.timestamp("us", "UTC")),
    "last moment": pa.array([datetime(9999, 12, 31, 23)], pa.timestamp("us", "Europe/Stockholm")).take([0, 0, 0]),
}
ODD: Mapping[str, Any] = {
    **{str(kind): pa.array([b"a", None, b"b"], kind) for kind in BYTES},
    "dictionary of bytes": pa.array([b"a", None, b"b"], pa.binary()).dictionary_encode(),
    **{f"duration {unit}": pa.array([timedelta(days=365), None, timedelta(1)], pa.duration(unit)) for unit in UNITS},
    **{str(kind): pa.array([time(1), None, time(2)], kind) for kind in (pa.time32("s"), pa.time32("ms"))},
    **{str(kind): pa.array([time(1), None, time(2)], kind) for kind in (pa.time64("us"), pa.time64("ns"))},
    "list": pa.array([["a"], None, ["b"]]),
    "list of one": pa.array([[1], None, [2]], pa.list_(pa.int64(), 1)),
    "struct": pa.array([{"a": 1}, None, {"a": 2}]),
    "map": pa.array([[("a", 1)], None, []], pa.map_(pa.string(), pa.int64())),
}
EVERY: Mapping[str, Any] = {**NUMBERS, **WORDS, **DAYS, **ODD}
