"""Parquet and Arrow files, and polars frames."""

import sys
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import polars as pl
import pyarrow as pa
import pytest
from pyarrow import feather, parquet

from policydsl.inputs import arrow_file
from policydsl.inputs.frames import read_frame
from policydsl.inputs.read import find_tables
from policydsl.inputs.sheet import Wrong

from .sheets import codes

TABLE = pa.table(
    {
        "instrument": pa.array(["x", None, "x"]).dictionary_encode(),
        "name": ["å", "", " "],
        "value": pa.array([Decimal("0.10"), Decimal("12345678901234567890.12"), None], pa.decimal128(38, 2)),
        "rate": pa.array([0.1, float("nan"), 2.5], pa.float32()),
        "double": [0.1, 0.2, None],
        "day": [date(2015, 1, 31), None, date(2030, 2, 28)],
        "instant": pa.array([datetime(2015, 1, 31), datetime(2015, 1, 31, 12), None], pa.timestamp("ns")),
        "count": pa.array([1, -2, None]),
        "flag": [True, False, None],
        "odd": [[1], [2], None],
    }
)
CELLS = {
    "instrument": ("x", None, "x"),
    "name": ("å", None, None),
    "value": (Decimal("0.10"), Decimal("12345678901234567890.12"), None),
    "rate": (Decimal("0.1"), None, Decimal("2.5")),
    "double": (Decimal("0.1"), Decimal("0.2"), None),
    "day": (date(2015, 1, 31), None, date(2030, 2, 28)),
    "instant": (date(2015, 1, 31), Wrong("PD334", (("cell", "2015-01-31 12:00:00"),)), None),
    "count": (1, -2, None),
    "flag": (True, False, None),
    "odd": (Wrong("PD333", (("cell", "[1]"),)), Wrong("PD333", (("cell", "[2]"),)), None),
}


def _ipc(path, table, opened):
    with opened(str(path), table.schema) as writer:
        writer.write_table(table)


WRITERS = {
    "holdings.parquet": lambda path: parquet.write_table(TABLE, path),
    "holdings.feather": lambda path: feather.write_feather(TABLE, str(path), compression="zstd"),
    "holdings.arrow": lambda path: _ipc(path, TABLE, pa.ipc.new_file),
    "holdings.ARROW": lambda path: _ipc(path, TABLE, pa.ipc.new_stream),
}


@pytest.mark.parametrize("file", WRITERS)
def test_cells_keep_their_types(tmp_path, file):
    WRITERS[file](tmp_path / file)
    tables, _, told = find_tables([tmp_path])
    sheet = tables["holdings"]
    assert dict(zip(sheet.headings, sheet.cells, strict=True)) == CELLS
    assert (sheet.rows, sheet.kind, set(codes(told))) == ((1, 2, 3), "frame", {"PD329"})


def test_a_text_stands_once_in_memory_however_often_in_the_file(tmp_path):
    parquet.write_table(pa.table({"a": ["a long text"] * 5000}), tmp_path / "t.parquet")
    cells = find_tables([tmp_path])[0]["t"].cells[0]
    assert len({id(cell) for cell in cells}) == 1


def test_headings_are_unique_and_there(tmp_path):
    parquet.write_table(pa.table([pa.array([1]), pa.array([2]), pa.array([3])], ["a", "A", ""]), tmp_path / "t.parquet")
    assert codes(find_tables([tmp_path])[2]) == ["PD308", "PD309"]
    parquet.write_table(pa.table([pa.array(["x"]), pa.array(["y"])], ["a", "a"]), tmp_path / "t.parquet")
    assert codes(find_tables([tmp_path])[2]) == ["PD308"]


def test_a_file_without_columns_is_empty_and_one_without_rows_is_a_table(tmp_path):
    _ipc(tmp_path / "t.arrow", pa.table({}), pa.ipc.new_file)
    assert codes(find_tables([tmp_path])[2]) == ["PD305"]
    _ipc(tmp_path / "t.arrow", TABLE.slice(0, 0), pa.ipc.new_file)
    assert find_tables([tmp_path])[0]["t"].rows == ()


def test_what_is_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(arrow_file, "MOST_CELLS", 20)
    for file, write in WRITERS.items():
        write(tmp_path / file)
        told = find_tables([tmp_path / file])[2]
        assert codes(told) == ["PD811"] and "million cells" in told[0].message
    monkeypatch.setattr(arrow_file, "MOST_CELLS", 10**9)
    monkeypatch.setattr(arrow_file, "MOST_BYTES", 20)
    assert "unpacks" in find_tables([tmp_path / "holdings.parquet"])[2][0].message


def test_days_that_nobody_can_name_are_told(tmp_path):
    far = pa.array([2**31 - 1], pa.int32()).cast(pa.date32())
    parquet.write_table(pa.table({"a": far}), tmp_path / "t.parquet")
    assert codes(find_tables([tmp_path])[2]) == ["PD811"]


@pytest.mark.parametrize("file", WRITERS)
def test_every_cut_and_some_flipped_bits_are_a_table_or_told(tmp_path, file):
    WRITERS[file](tmp_path / file)
    whole = (tmp_path / file).read_bytes()
    broken = [whole[:end] for end in range(0, len(whole), max(1, len(whole) // 60))]
    broken += [
        whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :]
        for at in range(0, len(whole), max(1, len(whole) // 200))
    ]
    for data in broken:
        (tmp_path / file).write_bytes(data)
        tables, _, told = find_tables([tmp_path / file])
        assert tables or codes(told)


@pytest.mark.parametrize("file", ["holdings.parquet", "holdings.arrow"])
def test_without_pyarrow_it_is_told_what_to_install(tmp_path, monkeypatch, file):
    (tmp_path / file).write_bytes(b"")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    told = find_tables([tmp_path])[2]
    assert codes(told) == ["PD810"]
    assert 'pip install "policydsl[parquet]"' in told[0].message


def test_polars_frames():
    frame = pl.from_arrow(TABLE.drop_columns(["odd", "instant"]))
    assert isinstance(frame, pl.DataFrame)
    sheet, told = read_frame(frame, "holdings")
    assert dict(zip(sheet.headings, sheet.cells, strict=True)) == {
        heading: cells for heading, cells in CELLS.items() if heading not in ("odd", "instant")
    }
    assert set(codes(told)) == {"PD329"}
    enum = pl.DataFrame({"a": pl.Series(["x", "y"], dtype=pl.Enum(["x", "y"])), "b": [datetime(2015, 1, 31), None]})
    assert read_frame(enum, "t")[0].cells == (("x", "y"), (date(2015, 1, 31), None))
    with pytest.raises(TypeError, match="LazyFrame"):
        read_frame(enum.lazy(), "t")


def test_polars_and_the_file_it_writes_are_the_same_table(tmp_path):
    frame = pl.DataFrame({"a": ["x", None], "b": [Decimal("1.5"), Decimal("2.25")]})
    stream = BytesIO()
    frame.write_parquet(stream)
    (tmp_path / "t.parquet").write_bytes(stream.getvalue())
    assert find_tables([tmp_path])[0]["t"].cells == read_frame(frame, "t")[0].cells
