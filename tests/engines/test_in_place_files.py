"""Parquet files that stay where they are, and hold what a file that is read is refused for."""

import math
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import policydsl

BOOK = """\
rulebook "Files"
  currency SEK
table papers, each paper
  name  text, key
  years term in years
  value money in SEK
rule sum: sum value of papers <= 10 SEK
rule short: each paper: years <= 2 years
"""
NAMES, YEARS, VALUES = pa.array(["a", "b", "c"]), pa.array([1, 2, 3]), pa.array([1, 2, 4])
UNITS = ("s", "ms", "us", "ns")


@pytest.fixture
def book(tmp_path: Path) -> policydsl.Rulebook:
    (tmp_path / "files.policy").write_text(BOOK, encoding="utf-8")
    return policydsl.load(tmp_path / "files.policy")


def stands(tmp_path: Path, columns: list[Any], names: list[str], name: str = "papers.parquet") -> policydsl.InPlace:
    """A file of some columns, which stays where it is."""
    pq.write_table(pa.table(columns, names=names), tmp_path / name)
    return policydsl.InPlace(str(tmp_path / name))


def errors(book: policydsl.Rulebook, papers: Any) -> list[str]:
    """The numbers of what it is refused for, each once."""
    with pytest.raises(policydsl.DataError) as refused:
        book.check({"papers": papers})
    return sorted({one.code for one in refused.value.diagnostics if one.is_error})


@pytest.mark.parametrize("twin", ("value", "VALUE", " value ", "other", "OTHER"))
def test_two_columns_of_one_name_are_refused(twin: str, book: policydsl.Rulebook, tmp_path: Path) -> None:
    columns, names = [NAMES, YEARS, VALUES, VALUES, VALUES], ["name", "years", "value", "other", twin]
    assert errors(book, stands(tmp_path, columns, names)) == ["PD308"]


def test_columns_within_columns_are_no_twins(book: policydsl.Rulebook, tmp_path: Path) -> None:
    within = pa.array([{"value": 1, "deep": {"value": 2}}] * 3)
    lists = pa.array([[{"value": 1}]] * 3)
    papers = stands(tmp_path, [NAMES, within, YEARS, lists, VALUES], ["name", "more", "years", "lists", "value"])
    assert book.check({"papers": papers}).verdicts.outcomes == ("pass", "breach")


@pytest.mark.parametrize("unit", UNITS)
def test_stretches_of_time_are_no_numbers(unit: str, book: policydsl.Rulebook, tmp_path: Path) -> None:
    years = pa.array([timedelta(days=365)] * 3, pa.duration(unit))
    assert errors(book, stands(tmp_path, [NAMES, years, VALUES], ["name", "years", "value"])) == ["PD333"]
    assert errors(book, pa.table([NAMES, years, VALUES], names=["name", "years", "value"])) == ["PD333"]


def test_what_is_no_number_is_not_known(book: policydsl.Rulebook, tmp_path: Path) -> None:
    columns, names = [NAMES, YEARS, pa.array([1.0, math.nan, 2.0])], ["name", "years", "value"]
    for papers in (stands(tmp_path, columns, names), pa.table(columns, names)):
        assert book.check({"papers": papers}).verdicts.outcomes == ("undetermined", "breach")


@pytest.mark.parametrize("end", (math.inf, -math.inf))
def test_a_number_without_end_is_refused(end: float, book: policydsl.Rulebook, tmp_path: Path) -> None:
    columns, names = [NAMES, YEARS, pa.array([1.0, end, 2.0])], ["name", "years", "value"]
    assert errors(book, stands(tmp_path, columns, names)) == errors(book, pa.table(columns, names)) != []


def test_all_files_of_a_folder_are_judged_or_told_of(book: policydsl.Rulebook, tmp_path: Path) -> None:
    folder, names = tmp_path / "papers", ["name", "years", "value"]
    (folder / "more").mkdir(parents=True)
    stands(folder, [pa.array(["a"]), pa.array([1]), pa.array([6])], names, "a.parquet")
    stands(folder, [pa.array(["b"]), pa.array([1]), pa.array([6])], names, "more/b.PARQUET")
    for left in ("_SUCCESS", ".hidden"):
        (folder / left).write_bytes(b"")
    report = book.check({"papers": policydsl.InPlace(str(folder))})
    assert report.verdicts.outcomes == ("breach", "pass")
    assert "PD977" not in {one.code for one in report.diagnostics}
    stands(folder, [pa.array(["c"]), pa.array([1]), pa.array([6])], names, "more/c.pq")
    for name, content in (("d.csv", "name,years,value"), ("notes.txt", "none"), ("rules.policy", BOOK)):
        (folder / name).write_text(content, encoding="utf-8")
    told = book.check({"papers": policydsl.InPlace(str(folder))}).diagnostics
    assert [one.message.partition(";")[0] for one in told if one.code == "PD977"] == ["not judged: `c.pq`, `d.csv`"]
