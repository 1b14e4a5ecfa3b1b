"""Bytes of csv files as sheets."""

import time
import tracemalloc
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policydsl.inputs.csv_file import read_csv

from .sheets import codes

PLAIN = ("instrument", "market_value"), (("gov", "long"), ("80", "20")), (2, 3)
READ = [
    (b"instrument,market_value\ngov,80\nlong,20\n", PLAIN),
    (b"instrument;market_value\r\ngov;80\r\nlong;20", PLAIN),
    (b"instrument\tmarket_value\ngov\t80\nlong\t20", PLAIN),
    (b"instrument,market_value\rgov,80\rlong,20", PLAIN),
    (b"\xef\xbb\xbfinstrument,market_value\ngov,80\nlong,20", PLAIN),
    ("instrument,market_value\ngov,80\nlong,20".encode("utf-16"), PLAIN),
    (b"instrument,market_value,\ngov,80,\nlong,20,\n", PLAIN),
    (b"instrument, market_value\ngov, 80\nlong, 20\x1a", PLAIN),
    (b"sep=;\ninstrument;market_value\ngov;80\n", (("instrument", "market_value"), (("gov",), ("80",)), (3,))),
    (b"\n\na,b\n\n1,2\n,\n3,4\n", (("a", "b"), (("1", "3"), ("2", "4")), (5, 7))),
    (b'a,b\n"x\ny",1\n"say ""hi""",2\n', (("a", "b"), (("x\ny", 'say "hi"'), ("1", "2")), (2, 4))),
    (b'"a, SEK";b\n1;2\n', (("a, SEK", "b"), (("1",), ("2",)), (2,))),
    (b'"two\nlines",b\n1,2\n', (("two lines", "b"), (("1",), ("2",)), (3,))),
    (b"a,b\n, \n007,NA\n1E5,\n", (("a", "b"), (("007", "1E5"), ("NA", None)), (3, 4))),
    (b"a,b\n", (("a", "b"), ((), ()), ())),
    (b"a\n1\n2\n", (("a",), (("1", "2"),), (2, 3))),
]


@pytest.mark.parametrize(("data", "expected"), READ)
def test_read(data, expected):
    sheet, told = read_csv(data, "t.csv")
    assert told == ()
    assert (sheet.headings, sheet.cells, sheet.rows) == expected


@pytest.mark.parametrize(("data", "delimiter"), [(b"a,b\n", ","), (b"a;b\n", ";"), (b"a\tb\n", "\t"), (b"a\n", None)])
def test_delimiter_is_kept(data, delimiter):
    assert read_csv(data, "t.csv")[0].delimiter == delimiter


def test_windows_encoding_is_noted():
    sheet, told = read_csv("a,b\n1,2\nBorlänge,3".encode("cp1252"), "t.csv")
    assert sheet.cells[0] == ("1", "Borlänge")
    assert [(one.code, one.where.row) for one in told] == [("PD312", 3)]


@pytest.mark.parametrize(
    ("data", "code", "row"),
    [
        (b"", "PD305", None),
        (b"\n \n", "PD305", None),
        (b"\xef\xbb\xbf", "PD305", None),
        (b"a,b\n1\x00,2", "PD306", None),
        (b"PK\x03\x04\x00\x00", "PD306", None),
        (b"\xff\xfea", "PD306", None),
        (b"a,b\n\x81\x8d,2", "PD306", None),
        ("a,b\n1,2".encode("utf-16-le"), "PD306", None),
        ("a,b\n1,2".encode("utf-32"), "PD306", None),
        (b"a,A\n1,2", "PD308", 1),
        (b"a,\n1,2", "PD309", 2),
        (b"a,b\n1,2,3", "PD310", 2),
        (b"a,b\n1,2\n\n1", "PD310", 4),
        (b"a,b\n1,2,", "PD310", 2),
        (b'a,b\n1,2\n"x,3\n4,5', "PD311", 3),
        (b'a,b\n"x"y,3', "PD311", 2),
        (b'"a,b\n1,2', "PD311", 1),
        (b"a,b\n1,2\rz,3\n", "PD338", 2),
    ],
)
def test_told(data, code, row):
    _, told = read_csv(data, "t.csv")
    assert [(one.code, one.where.row) for one in told] == [(code, row)]


def test_rows_of_another_width_are_counted_after_fifty():
    _, told = read_csv(b"a,b\n" + b"1\n" * 60, "t.csv")
    assert codes(told) == ["PD310"] * 50 + ["PD331"]
    assert "10 more" in told[-1].message


def binary(size: int) -> bytes:
    return Random(1).randbytes(size)


BIG = 100_000_000


@pytest.mark.parametrize(
    "make",
    [
        lambda: b"x" * BIG,
        lambda: b"x," * (BIG // 2),
        lambda: b"a,b\n" + b"x" * BIG,
        lambda: b"a,b\n" + b"x," * (BIG // 2),
        lambda: b'a,b\n"' + b"x\n" * (BIG // 2),
        lambda: b'a,b\n"' + b'x\n",y,"' * (BIG // 7),
        lambda: "å".encode("cp1252") * BIG,
        lambda: b"a,b\n" + b"1\n" * (BIG // 100),
        lambda: binary(BIG),
        lambda: bytes(BIG),
    ],
    ids=["one line", "wide line", "long row", "wide row", "open quote", "quotes", "cp1252", "short", "binary", "zeros"],
)
def test_a_huge_broken_file_is_told_quickly_in_little_memory(make):
    data = make()
    tracemalloc.start()
    begun = time.perf_counter()
    _, told = read_csv(data, "t.csv")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert any(one.is_error for one in told)
    assert time.perf_counter() - begun < 20  # twice as slow while memory is traced
    assert peak + len(data) < 1_200_000_000


@given(st.binary(max_size=200))
def test_any_bytes_are_a_sheet_or_told(data):
    sheet, told = read_csv(data, "t.csv")
    assert sheet is not None or told


@given(st.text(max_size=80, alphabet='ab1,;\t"\r\n .'))
def test_any_text_is_a_sheet_or_told(text):
    sheet, told = read_csv(text.encode(), "t.csv")
    assert sheet is not None or told
    if sheet is not None:
        assert all(len(column) == len(sheet.rows) for column in sheet.cells)


def test_fifty_thousand_headings_are_compared_at_once():
    names = [f"c{number}" for number in range(50_000)]
    begun = time.process_time()
    sheet, told = read_csv(f"{','.join(names)}\n{'1,' * 49_999}1\n".encode(), "t.csv")
    assert time.process_time() - begun < 5
    assert (sheet.headings, told) == (tuple(names), ())


def test_fifty_thousand_headings_alike_are_told_briefly():
    _, told = read_csv(f"{','.join(['a'] * 50_000)}\n".encode(), "t.csv")
    assert codes(told) == ["PD308"] * 50 + ["PD331"]
    assert "49949 more" in told[-1].message
