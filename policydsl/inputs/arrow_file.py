"""Parquet and Arrow files as sheets: every cell keeps the type that its file gives it."""

from pathlib import Path
from typing import Any

from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.frames import read_frame
from policydsl.inputs.packages import missing
from policydsl.inputs.sheet import Sheet, shown

ENDINGS = (".parquet", ".arrow", ".feather")
MOST_CELLS = 50_000_000
MOST_BYTES = 4_000_000_000


class _TooLarge(Exception):
    pass


def read_arrow_file(path: Path, name: str) -> tuple[Sheet | None, tuple[Diagnostic, ...]]:
    """The table in a file, its rows counted from 1; or None, and why not. `name` is what messages call the file."""
    if (told := missing("pyarrow", "parquet", path.suffix, name)) is not None:
        return None, (told,)
    try:
        table = _parquet(path) if path.suffix.lower() == ".parquet" else _arrow(path)
        table.validate(full=True)
    except _TooLarge as wrong:
        return None, (say("PD811", DataPlace(name), why=str(wrong)),)
    except Exception as wrong:  # pyarrow meets a damaged file with whatever its parts raise
        return None, (say("PD811", DataPlace(name), why=_reason(wrong)),)
    if not table.column_names:
        return None, (say("PD305", DataPlace(name)),)
    for heading, column in zip(table.column_names, table.columns, strict=True):
        try:
            column.slice(0, 1).to_pylist()
        except Exception as wrong:  # a day or an instant that Python has no name for, or a type it has no values of
            return None, (say("PD811", DataPlace(name, column=heading), why=_reason(wrong)),)
    try:
        return read_frame(table, name)
    except (OverflowError, ValueError, ArithmeticError) as wrong:
        return None, (say("PD811", DataPlace(name), why=_reason(wrong)),)


def _parquet(path: Path) -> Any:
    from pyarrow import parquet, types

    with parquet.ParquetFile(path) as file:
        groups = [file.metadata.row_group(at) for at in range(file.metadata.num_row_groups)]
        _bearable(file.metadata.num_rows, file.metadata.num_columns, sum(group.total_byte_size for group in groups))
        schema = file.schema_arrow
        texts = [field.name for field in schema if types.is_string(field.type) or types.is_large_string(field.type)]
    with parquet.ParquetFile(path, read_dictionary=texts) as file:  # each text once, however often it stands there
        return file.read(use_threads=False)


def _arrow(path: Path) -> Any:
    import pyarrow

    with pyarrow.OSFile(str(path)) as source:
        try:
            reader = pyarrow.ipc.open_file(source)
            batches = (reader.get_batch(at) for at in range(reader.num_record_batches))
        except pyarrow.ArrowInvalid:
            source.seek(0)
            reader = pyarrow.ipc.open_stream(source)
            batches = iter(reader)
        kept, rows, size = [], 0, 0
        for batch in batches:
            batch.validate(full=True)  # before anything else: offsets and indices may point outside their column
            rows, size = rows + batch.num_rows, size + batch.get_total_buffer_size()
            _bearable(rows, batch.num_columns, size)
            kept.append(batch)
        return pyarrow.Table.from_batches(kept, reader.schema)


def _bearable(rows: int, columns: int, size: int) -> None:
    if rows * columns > MOST_CELLS:
        raise _TooLarge(f"it holds more than {MOST_CELLS // 1_000_000} million cells")
    if size > MOST_BYTES:
        raise _TooLarge(f"it unpacks to more than {MOST_BYTES // 1_000_000_000} GB")


def _reason(wrong: Exception) -> str:
    """Why the library does not read a file, in its words."""
    said = str(wrong).partition("\n")[0].rstrip(".").replace("`", "'")
    return f"the reader says “{shown(said, 90)}”" if said else "it is damaged, or another kind of file"
