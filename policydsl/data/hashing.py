"""A fingerprint of typed rows: the same for the same rows in any order."""

from collections.abc import Mapping
from hashlib import sha256

from policydsl.data.table import Data, Elsewhere


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
        rows = sorted(repr(row) for row in zip(*(data.columns[column] for column in columns), strict=True))
        for row in rows:
            digest.update(row.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
