"""`policydsl board`: what is printed, what is saved, and how it ends."""

from pathlib import Path

import pandas
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from policydsl.cli import run

BOOK = str(Path(__file__).parents[2] / "benchmarks" / "credit.policy")
ROW = {
    "portfolio_id": "P1", "issuer": "Staten", "issuer_category": "A", "duration_years": 2.5, "mv": 100,
    "currency": "SEK", "instrument_type": "bond",
}  # fmt: skip
HEAD = ["BREACH: 8 breaches, 66 pass", "Credit limits of many portfolios: 2 portfolios, 37 rules and cells"]
"""P2 owns 100% of one issuer in E for two and a half years: T5 is broken in E from 0y and 1y, D..E from 0y and 1y and
C..E from 1y, and so is long_e; ten issuers have all of both portfolios."""


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """Two portfolios of one bond each."""
    other = {**ROW, "portfolio_id": "P2", "issuer": "Bolaget", "issuer_category": "E"}
    pq.write_table(pa.Table.from_pylist([ROW, other]), tmp_path / "rows.parquet")
    return tmp_path / "rows.parquet"


def test_what_fails_is_printed_and_everything_is_saved(rows: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved = rows.with_name("board.parquet")
    assert run(["board", BOOK, str(rows), "-o", str(saved)]) == 1
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.splitlines()[:2] == HEAD
    assert ["P2", "long_e", "100%", "Bolaget"] in [line.split() for line in said.out.splitlines()]
    assert len(pandas.read_parquet(saved)) == 74


def test_in_swedish(rows: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "sv", "board", BOOK, str(rows)]) == 1
    assert "2 portföljer, 37 regler och rutor" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["rows.csv"], "PD785"), (["nowhere.parquet"], "PD785"), (["rows.parquet", "-o", "rows.parquet"], "PD412")],
)
def test_what_cannot_be_read_is_told(
    arguments: list[str], code: str, rows: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(rows.parent)
    Path("rows.csv").write_text("portfolio_id\nP1\n", encoding="utf-8")
    assert run(["board", BOOK, *arguments]) == 2
    assert code in capsys.readouterr().err


def test_a_cell_that_is_no_label_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pq.write_table(pa.Table.from_pylist([{**ROW, "instrument_type": "bnod"}]), tmp_path / "rows.parquet")
    assert run(["board", BOOK, str(tmp_path / "rows.parquet")]) == 2
    assert "bond" in capsys.readouterr().err
