"""A fingerprint of typed rows: the same for the same rows in any order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

from policydsl.data.table import Data, Elsewhere
from policydsl.inputs.columns.counted import Scaled
from policydsl.inputs.columns.recurring import Recurring
from policydsl.model.expressions import Value

_AT_ONCE = 1_000


def data_hash(tables: Mapping[str, Data]) -> str:
    """The SHA-256 of all tables, their columns by name and their rows sorted; of rows that stand elsewhere, of a
    fingerprint that was taken there."""
    digest = sha256()
    for name in sorted(tables):
        data = tables[name]
        columns = sorted(column for column in data.columns if column not in data.absent)
        digest.update(repr((name, columns)).encode())
        if isinstance(data.rows, Elsewhere):
            digest.update(data.rows.fingerprint().encode())
            continue
        rows = sorted(_written([data.columns[column] for column in columns]))
        for start in range(0, len(rows), _AT_ONCE):
            digest.update("".join(rows[start : start + _AT_ONCE]).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _written(columns: Sequence[Sequence[Value]]) -> Iterator[str]:
    """Each row as `repr` writes it, what columns know of their values written once."""
    if not any(isinstance(column, Recurring | Scaled) for column in columns):
        return map(repr, zip(*columns, strict=True))
    last = ",)" if len(columns) == 1 else ")"
    return (f"({', '.join(row)}{last}" for row in zip(*map(_values_written, columns), strict=True))


def _values_written(values: Sequence[Value]) -> Iterable[str]:
    if isinstance(values, Recurring):
        return values.mapped(repr)
    if not isinstance(values, Scaled):
        return map(repr, values)
    blank = repr(values.blank)
    return (blank if one is None else f"Fraction({one[0]}, {one[1]})" for one in values.lowest())
