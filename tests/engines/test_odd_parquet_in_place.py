"""Parquet files that are judged where they stand: written anew meanwhile, or with thousands of columns."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import policydsl
from policydsl.data.elsewhere import Unanswered
from policydsl.engines.sql.held import missing

RULEBOOK = """\
rulebook "Small"
  currency SEK
  base total
table holdings, each holding
  instrument text, key
  issuer text
  value money in SEK
define total = sum value of holdings
rule most: total <= 60 SEK
rule each: each holding: value <= 15 SEK
"""
ROWS = {"instrument": ["a", "b", "c"], "issuer": ["x", "x", "y"], "value": [10, 20, 40]}


@pytest.fixture
def book(tmp_path: Path) -> policydsl.Rulebook:
    (tmp_path / "small.policy").write_text(RULEBOOK, encoding="utf-8")
    return policydsl.load(tmp_path / "small.policy")


def test_a_file_that_is_written_anew_ends_in_an_error(book: policydsl.Rulebook, tmp_path: Path) -> None:
    file = tmp_path / "holdings.parquet"
    pq.write_table(pa.table(ROWS), file)
    report = book.check({"holdings": policydsl.InPlace(str(file))})
    assert [verdict.outcome for verdict in report.verdicts] == ["breach", "breach"]
    pq.write_table(pa.table({**ROWS, "value": [1, 1, 1], "instrument": ["d", "e", "f"]}), file)
    with pytest.raises(Unanswered, match=r"holdings\.parquet was written anew while it was read"):
        report.to_text()
    with pytest.raises(Unanswered, match=r"holdings\.parquet was written anew while it was read"):
        _ = report.data_hash
    old, report = report, book.check({"holdings": policydsl.InPlace(str(file))})
    with pytest.raises(Unanswered, match=r"holdings\.parquet was written anew while it was read"):
        old.to_text()
    assert [verdict.outcome for verdict in report.verdicts] == ["pass", "pass"]
    assert "3\N{NO-BREAK SPACE}SEK" in report.to_text()


def test_blanks_beside_a_single_value(book: policydsl.Rulebook, tmp_path: Path) -> None:
    """Asked for the blanks of such a column without a dictionary, DuckDB 2.0 takes all rows for blank."""
    (tmp_path / "blank.policy").write_text(
        RULEBOOK.replace("issuer text", "issuer text, blank means none")
        + "rule none: sum where issuer is none <= 1 SEK\nrule issuers: per issuer: sum <= 1 SEK\n",
        encoding="utf-8",
    )
    own = policydsl.load(tmp_path / "blank.policy")
    columns = {"instrument": ["a", "b", "c"], "issuer": ["x", None, "x"], "value": [10, 20, 40]}
    pq.write_table(pa.table(columns), tmp_path / "holdings.parquet", use_dictionary=False)
    with duckdb.connect() as connection:
        connection.execute(f"CREATE VIEW file AS FROM '{tmp_path / 'holdings.parquet'}'")
        assert connection.execute(f"SELECT instrument FROM file WHERE {missing('issuer')}").fetchall() == [("b",)]
        for rulebook in (book, own):
            loaded = rulebook.check({"holdings": pa.table(columns)})
            for place in (policydsl.InPlace(str(tmp_path / "holdings.parquet")), policydsl.InPlace("file", connection)):
                report = rulebook.check({"holdings": place})
                assert report.to_text().splitlines()[:-1] == loaded.to_text().splitlines()[:-1]
                for verdict, right in zip(report.verdicts, loaded.verdicts, strict=True):
                    assert [row.name for row in verdict.rows] == [row.name for row in right.rows]


def test_thousands_of_columns_that_no_rule_reads(book: policydsl.Rulebook, tmp_path: Path) -> None:
    file = tmp_path / "holdings.parquet"
    pq.write_table(pa.table({**ROWS, **{f"x{number}": [1, 2, 3] for number in range(3_000)}}), file)
    report = book.check({"holdings": policydsl.InPlace(str(file))})
    assert [verdict.outcome for verdict in report.verdicts] == ["breach", "breach"]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("data[1]/x.parquet", "data1/x.parquet"),
        ("holdings [1].parquet", "holdings 1.parquet"),
        ("q?.parquet", "q1.parquet"),
        ("s*.parquet", "s1.parquet"),
        ("{a,b}.parquet", "a.parquet"),
    ],
)
def test_the_named_file_is_judged_whatever_signs_its_name_has(
    book: policydsl.Rulebook, tmp_path: Path, name: str, other: str
) -> None:
    for each, value in ((name, [10, 20, 40]), (other, [1, 1, 1])):
        (tmp_path / each).parent.mkdir(exist_ok=True)
        pq.write_table(pa.table({**ROWS, "value": value}), tmp_path / each)
    report = book.check({"holdings": policydsl.InPlace(str(tmp_path / name))})
    assert [verdict.outcome for verdict in report.verdicts] == ["breach", "breach"]
    assert "70\N{NO-BREAK SPACE}SEK" in report.to_text()
    if "/" in name:
        report = book.check({"holdings": policydsl.InPlace(str((tmp_path / name).parent))})
        assert [verdict.outcome for verdict in report.verdicts] == ["breach", "breach"]
