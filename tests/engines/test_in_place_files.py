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


UNHEADED: dict[str, tuple[Any, int | None]] = {
    "filled": (pa.array([None, 5, 7]), 2),
    "texts": (pa.array(["", " ", "x"]), 3),
    "empty": (pa.nulls(3), None),
    "blank": (pa.array(["", None, "  "]), None),
    "no numbers": (pa.array([math.nan, None, math.nan]), None),
    "lists": (pa.array([[1], None, []]), 1),
}
"""A column without a heading, and the first row in which it holds something."""


@pytest.mark.parametrize("heading", ("", "  "))
@pytest.mark.parametrize("case", UNHEADED)
def test_a_column_without_heading_is_refused_if_it_holds_something(
    case: str, heading: str, book: policydsl.Rulebook, tmp_path: Path
) -> None:
    column, row = UNHEADED[case]
    columns, names = [NAMES, YEARS, column, VALUES], ["name", "years", heading, "value"]
    there, rows = stands(tmp_path, columns, names), pa.table(columns, names=names)
    (tmp_path / "several" / "more").mkdir(parents=True)
    stands(tmp_path / "several", [NAMES.cast(pa.large_string()), YEARS, VALUES], ["name", "years", "value"])
    stands(tmp_path / "several" / "more", [pa.array(["d", "e", "f"]), YEARS, column, VALUES], names)
    several = policydsl.InPlace(str(tmp_path / "several"))
    for papers, at in ((rows, row), (there, row), (several, row)):
        if row is None:
            found = book.check({"papers": papers}).diagnostics
            assert not {one.code for one in found} & {"PD309", "PD910"}
            continue
        with pytest.raises(policydsl.DataError) as refused:
            book.check({"papers": papers})
        ((where, message),) = [(one.where, one.message) for one in refused.value.diagnostics if one.code == "PD309"]
        assert message.startswith("column 3 has no heading") or papers is several
        assert getattr(where, "row", None) in (at, 3 + (at or 0))


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


def papers_in(folder: Path, names: str, value: int, name: str = "papers.parquet") -> None:
    """A file with a paper for each letter."""
    folder.mkdir(parents=True, exist_ok=True)
    columns = [pa.array(list(names)), pa.array([1] * len(names)), pa.array([value] * len(names))]
    stands(folder, columns, ["name", "years", "value"], name)


def test_folders_that_links_lead_to_are_judged(book: policydsl.Rulebook, tmp_path: Path) -> None:
    folder = tmp_path / "all"
    papers_in(folder, "a", 6)
    papers_in(tmp_path / "elsewhere", "b", 4, "more.parquet")
    papers_in(tmp_path / "elsewhere" / "deep", "c", 1)
    (folder / "linked").symlink_to(tmp_path / "elsewhere")
    (folder / "again").symlink_to(tmp_path / "elsewhere" / "deep")
    (folder / "round").symlink_to(folder)
    (folder / "latest.parquet").symlink_to(folder / "papers.parquet")
    report = book.check({"papers": policydsl.InPlace(str(folder))})
    assert report.verdicts.outcomes == ("breach", "pass")
    assert report.verdicts[0].figure_words == "11\N{NO-BREAK SPACE}SEK"
    assert "PD977" not in {one.code for one in report.diagnostics}


def test_a_file_is_judged_once_whatever_links_lead_to_it(book: policydsl.Rulebook, tmp_path: Path) -> None:
    papers_in(tmp_path / "papers", "abc", 2)
    (tmp_path / "papers" / "latest.parquet").symlink_to(tmp_path / "papers" / "papers.parquet")
    for place in ("papers", "papers/*.parquet"):
        report = book.check({"papers": policydsl.InPlace(str(tmp_path / place))})
        assert report.verdicts[0].figure_words == "6\N{NO-BREAK SPACE}SEK"


def test_folders_that_fit_a_pattern_are_judged(book: policydsl.Rulebook, tmp_path: Path) -> None:
    papers_in(tmp_path / "papers" / "january.parquet", "a", 6, "part-0.parquet")
    papers_in(tmp_path / "papers", "b", 5)
    (tmp_path / "papers" / "january.parquet" / "part-1.csv").write_text("name,years,value", encoding="utf-8")
    for place in ("papers", "papers/*.parquet", "papers/*"):
        report = book.check({"papers": policydsl.InPlace(str(tmp_path / place))})
        assert report.verdicts[0].figure_words == "11\N{NO-BREAK SPACE}SEK"
        assert [one.code for one in report.diagnostics if one.code == "PD977"] == ["PD977"]


@pytest.mark.parametrize("name", ["b.parquet.gz", "b.CSV.bak", "b.zip", "b.locked", "nowhere", "b.pq"])
def test_what_may_hold_rows_is_told(name: str, book: policydsl.Rulebook, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    papers_in(folder, "a", 6)
    if name == "nowhere":
        (folder / name).symlink_to(tmp_path / "gone")
    else:
        (folder / name).write_bytes({"b.locked": b"PARE", "b.pq": b"PAR1"}.get(name, b"x"))
    told = book.check({"papers": policydsl.InPlace(str(folder))}).diagnostics
    assert [one.message.partition(";")[0] for one in told if one.code == "PD977"] == [f"not judged: `{name}`"]


@pytest.mark.parametrize("count", [999, 1000, 1001, 1197])
def test_the_rows_that_fail_are_all_counted(count: int, book: policydsl.Rulebook, tmp_path: Path) -> None:
    names = [f"n{number:04}" for number in range(1200)]
    years = pa.array([3 if number < count else 1 for number in range(1200)])
    columns = [pa.array(names), years, pa.array([0] * 1200)]
    report = book.check({"papers": stands(tmp_path, columns, ["name", "years", "value"])})
    loaded = book.check({"papers": pa.table(columns, ["name", "years", "value"])})
    assert f"and {count - 5:,} more".replace(",", "") in report.verdicts[1].sentence.replace("\N{NO-BREAK SPACE}", "")
    assert report.verdicts[1].sentence == loaded.verdicts[1].sentence


@pytest.mark.parametrize("count", [999, 1000, 1001, 1150])
def test_the_rows_that_are_let_off_are_all_counted(count: int, tmp_path: Path) -> None:
    old = "  old   yes/no\n"
    (tmp_path / "old.policy").write_text(
        BOOK.replace("rule sum", f"{old}rule sum").replace("<= 2 years", "<= 2 years unless old"), encoding="utf-8"
    )
    book = policydsl.load(tmp_path / "old.policy")
    names = [f"n{number:04}" for number in range(1200)]
    columns = [pa.array(names), pa.array([3] * count + [1] * (1200 - count)), pa.array([0] * 1200), [True] * 1200]
    heads = ["name", "years", "value", "old"]
    report = book.check({"papers": stands(tmp_path, columns, heads)})
    assert f"{count} of them by an exemption" in report.verdicts[1].sentence
    assert report.verdicts[1].sentence == book.check({"papers": pa.table(columns, heads)}).verdicts[1].sentence
