"""Odd files and tables, which programs do hand in: refused as a check refuses them, or read for what they say."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import policydsl
from policydsl.boards import Board
from policydsl.boards.refusal import NoBoard, NotReadable
from policydsl.cli import run

HEAD = 'rulebook "Odd"\n  currency SEK\n  base portfolio\n  within each owner\n'
COLUMNS = "  owner  text\n  issuer text\n  due    date\n  value  money in SEK\n"
RULES = """\
define portfolio = sum value of holdings
rule issuer: per issuer: share of portfolio <= 50%
rule soon: share where due < 2030-01-01 <= 90%
"""
FORMS = {
    "plain": f"{HEAD}table holdings\n{COLUMNS}{RULES}",
    "keyed": f"{HEAD}table holdings, each holding\n  holding text, key\n{COLUMNS}{RULES}",
    "dated": f"{HEAD}table holdings dated by due\n{COLUMNS}{RULES}",
}
VALUES = [10, 20, 30]
FINE: Mapping[str, Any] = {
    "owner": ["P", "P", "Q"], "issuer": ["A", "B", "A"], "due": [date(2027, 1, 1), date(2031, 1, 1), date(2031, 1, 1)],
    "value": VALUES,
}  # fmt: skip
OUTCOMES = [("P", "issuer", "breach"), ("P", "soon", "pass"), ("Q", "issuer", "breach"), ("Q", "soon", "pass")]
"""B is 20 of P's 30, and A all of Q; 10 of P's 30 is due before 2030, and nothing of Q's."""

LISTS = pa.array([["A"], None, ["A", "B"]])
STRUCTS = pa.array([{"value": 1}, {"value": 2}, None])
MAPS = pa.array([[("a", 1)], [], None], pa.map_(pa.string(), pa.int64()))


def days(*since_1970: int | None) -> pa.Array:
    """Dates, also those that Python has no name for."""
    return pa.array(since_1970, pa.int32()).cast(pa.date32())


def instants(unit: str, *since_1970: int) -> pa.Array:
    """Instants, also those that Python has no name for."""
    return pa.array(since_1970, pa.int64()).cast(pa.timestamp(unit))


FAR: Mapping[str, pa.Array] = {
    "far": days(20_000, 10**8, 20_000),
    "day after 9999": days(20_000, 20_000, 2_932_897),
    "before the year 1": days(-719_163, 20_000, 20_000),
    "without end": days(2**31 - 1, None, -(2**31)),
    "of days only": days(10**8, 20_000, 10**8).dictionary_encode(),
    "instants": instants("us", 0, 2**60, 0),
    "seconds": instants("s", 0, 0, 2**45),
    "milliseconds of days": pa.array([0, 86_400_000 * (2**32 + 1), 0], pa.int64()).view(pa.date64()),
}


def book(folder: Path, form: str = "plain") -> policydsl.Rulebook:
    """A rulebook in a folder."""
    (folder / "r.policy").write_text(FORMS[form], encoding="utf-8")
    return policydsl.load(folder / "r.policy")


def codes(ask: Callable[[], object]) -> set[str]:
    """The errors that something ends in."""
    with pytest.raises(policydsl.DataError) as refused:
        ask()
    return {one.code for one in refused.value.diagnostics if one.is_error}


def told(folder: Path, capsys: pytest.CaptureFixture[str], *command: str) -> str:
    """What a command says that ends in a refusal."""
    assert run([command[0], str(folder / "r.policy"), *command[1:]]) == 2
    return capsys.readouterr().err


def refused(folder: Path, capsys: pytest.CaptureFixture[str], rows: pa.Table, code: str, form: str = "plain") -> None:
    """A board and a check refuse the rows in the same words, in a program and in a file."""
    rulebook, file = book(folder, form), folder / "holdings.parquet"
    pq.write_table(rows, file)
    assert codes(lambda: rulebook.board(rows)) - {"PD357"} == {code}
    assert codes(lambda: rulebook.board(file)) - {"PD357"} == {code}
    assert codes(lambda: rulebook.check({"holdings": rows})) - {"PD357"} == {code}
    for engine in ("reference", "columnar"):
        assert re.search(f"{code}|PD811", told(folder, capsys, "check", str(file), "--engine", engine))
    assert code in told(folder, capsys, "board", str(file))


def outcomes(board: Board) -> list[tuple[str, str, str]]:
    """What a board says."""
    return sorted((entry.portfolio, entry.rule, str(entry.outcome)) for entry in board.entries())


@pytest.mark.parametrize("odd", FAR)
@pytest.mark.parametrize("form", ["plain", "dated"])
def test_days_that_no_calendar_holds_are_refused(
    odd: str, form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = {**FINE, "due": FAR[odd]}
    if odd == "milliseconds of days":  # which no Parquet file holds
        assert codes(lambda: book(tmp_path, form).board(pa.table(rows))) == {"PD963"}
    else:
        refused(tmp_path, capsys, pa.table(rows), "PD963", form)


FAR_IN_POLARS = {
    "far": polars.Series([20_000, 10**8, None], dtype=polars.Int32).cast(polars.Date),
    "beside the ends": polars.Series([-719_163, 20_000, 2_932_897], dtype=polars.Int32).cast(polars.Date),
    "instants": polars.Series([0, 2**60, None], dtype=polars.Int64).cast(polars.Datetime("us")),
    "milliseconds": polars.Series([0, 2**60, 0], dtype=polars.Int64).cast(polars.Datetime("ms")),
}


@pytest.mark.parametrize("odd", FAR_IN_POLARS)
@pytest.mark.parametrize("times", [1, 1000])
def test_days_of_polars_that_no_calendar_holds_are_refused(odd: str, times: int, tmp_path: Path) -> None:
    """Which polars itself would end in a panic."""
    rulebook, rows = book(tmp_path), polars.DataFrame({**FINE, "due": FAR_IN_POLARS[odd]})
    rows = polars.concat([rows] * times)
    for ask in (lambda: rulebook.board(rows), lambda: rulebook.check({"holdings": rows})):
        assert codes(ask) - {"PD331"} == {"PD963"}  # and so many more
    assert outcomes(rulebook.board(rows.with_columns(due=polars.Series([date.min, date.max, date.max] * times))))
    with pytest.raises(policydsl.DataError) as told:
        rulebook.check({"holdings": rows})
    first = FAR_IN_POLARS[odd].to_physical().is_between(0, 50_000).not_().fill_null(False).arg_true()[0]
    assert str(told.value.diagnostics[0].where) == f"holdings, row {first + 1}, column due"


@pytest.mark.parametrize("kind", [polars.Datetime("ns"), polars.Datetime("us", "Europe/Stockholm")], ids=str)
def test_instants_of_polars_within_the_calendar(kind: Any, tmp_path: Path) -> None:
    rows = polars.DataFrame({**FINE, "due": polars.Series([0, 2**50, None], dtype=polars.Int64).cast(kind)})
    assert codes(lambda: book(tmp_path).check({"holdings": rows})) == {"PD334"}


def test_the_first_and_the_last_days_of_the_calendar_are_judged(tmp_path: Path) -> None:
    rows = pa.table({**FINE, "due": [date.min, date.max, date.max]})
    assert outcomes(book(tmp_path).board(rows)) == OUTCOMES


def test_the_cell_that_is_no_day_is_named(tmp_path: Path) -> None:
    with pytest.raises(policydsl.DataError) as refused:
        book(tmp_path).check({"holdings": pa.table({**FINE, "due": FAR["far"]})})
    assert [str(one.where) for one in refused.value.diagnostics] == ["holdings, row 2, column due"]


@pytest.mark.parametrize("odd", [LISTS, STRUCTS, MAPS], ids=["lists", "structs", "maps"])
@pytest.mark.parametrize("column", ["owner", "issuer", "due", "value"])
@pytest.mark.parametrize("form", ["plain", "dated"])
def test_cells_that_hold_several_values_are_refused(
    column: str, odd: pa.Array, form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused(tmp_path, capsys, pa.table({**FINE, column: odd}), "PD333", form)


def test_keys_that_hold_several_values_are_refused(tmp_path: Path) -> None:
    rows = pa.table({**FINE, "holding": LISTS})
    assert "PD333" in codes(lambda: book(tmp_path, "keyed").board(rows))


def test_keys_beside_one_another_of_days_that_no_calendar_holds(tmp_path: Path) -> None:
    rows = pa.table({**FINE, "holding": days(10**8, 10**8, 3)})
    assert "PD963" in codes(lambda: book(tmp_path, "keyed").board(rows))


def test_a_word_for_a_total_is_looked_for_beside_lists(tmp_path: Path) -> None:
    rows = pa.table({**FINE, "issuer": LISTS, "holding": ["Summa", "b", "c"]})
    assert codes(lambda: book(tmp_path, "keyed").board(rows)) == {"PD333"}


@pytest.mark.parametrize("odd", [LISTS, STRUCTS, MAPS, FAR["far"], FAR["instants"]], ids=str)
def test_odd_columns_that_no_rule_reads_are_left_alone(odd: pa.Array, tmp_path: Path) -> None:
    rulebook, rows = book(tmp_path), pa.table({**FINE, "more": odd})
    pq.write_table(rows, tmp_path / "rows.parquet")
    assert outcomes(rulebook.board(rows)) == OUTCOMES == outcomes(rulebook.board(tmp_path / "rows.parquet"))
    assert {verdict.outcome for verdict in rulebook.check({"holdings": rows}).verdicts} == {"pass", "breach"}


@pytest.mark.parametrize("twins", [("value",), ("VALUE",), ("z", "z"), ("z", " Z")], ids=" and ".join)
def test_two_columns_of_one_heading_are_refused(
    twins: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rulebook, file = book(tmp_path), tmp_path / "holdings.parquet"
    columns = [pa.array(values) for values in FINE.values()] + [pa.array([1, 2, 3])] * len(twins)
    rows = pa.table(columns, names=[*FINE, *twins])
    pq.write_table(rows, file)
    for given in (rows, file):
        with pytest.raises(NoBoard, match=f"`{twins[-1]}` stand for one column"):
            rulebook.board(given)
    assert "PD786" in told(tmp_path, capsys, "board", str(file))
    assert codes(lambda: rulebook.check({"holdings": rows})) == {"PD308"}
    assert "PD308" in told(tmp_path, capsys, "check", str(file), "--engine", "reference")


@pytest.mark.parametrize("heading", ["", " "])
def test_a_column_without_heading_is_refused_if_it_holds_something(heading: str, tmp_path: Path) -> None:
    rulebook, file = book(tmp_path), tmp_path / "holdings.parquet"
    columns, names = [pa.array(values) for values in FINE.values()], list(FINE)
    for column, row in ((pa.array([None, 1, 2]), 2), (pa.array(["", " ", "x"]), 3), (LISTS, 1)):
        rows = pa.table([column, *columns], names=[heading, *names])
        pq.write_table(rows, file)
        for given in (rows, file):
            with pytest.raises(policydsl.DataError) as refused:
                rulebook.board(given)
            (one,) = refused.value.diagnostics
            assert (one.code, getattr(one.where, "row", None)) == ("PD309", row)
            assert one.message.startswith("column 1 has no heading")
        assert codes(lambda rows=rows: rulebook.check({"holdings": rows})) == {"PD309"}
    for empty in (pa.nulls(3), pa.array(["", None, "  "])):
        assert outcomes(rulebook.board(pa.table([empty, *columns], names=[heading, *names]))) == OUTCOMES
    with pytest.raises(NoBoard, match="several columns have no heading"):
        rulebook.board(pa.table([pa.nulls(3), pa.nulls(3), *columns], names=[heading, heading, *names]))


def test_a_heading_that_begins_as_another_does(tmp_path: Path) -> None:
    columns = {"value.last_year": [50, 1, 1], **FINE, "value.before": [1, 1, 1]}
    pq.write_table(pa.table({**columns, "value.s": STRUCTS}), tmp_path / "rows.parquet")
    assert outcomes(book(tmp_path).board(tmp_path / "rows.parquet")) == OUTCOMES


def not_utf8() -> pa.Array:
    """Texts that are none, as a file in another encoding has them."""
    offsets = pa.array([0, 1, 2, 3], pa.int32()).buffers()[1]
    return pa.Array.from_buffers(pa.string(), 3, [None, offsets, pa.py_buffer(b"A\xe5A")])


def broken_pages(file: Path) -> None:
    """The pages of the first column are noise; what says where they are is whole."""
    pq.write_table(pa.table(FINE), file)
    held = bytearray(file.read_bytes())
    held[4:60] = b"\xff" * 56
    file.write_bytes(held)


def cut_off(file: Path) -> None:
    """Only the first half is there."""
    pq.write_table(pa.table(FINE), file)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def other_encoding(file: Path) -> None:
    """A column of texts has bytes that are no text."""
    pq.write_table(pa.table({**FINE, "issuer": not_utf8()}), file)


@pytest.mark.parametrize("damaged", [broken_pages, cut_off, other_encoding])
def test_a_damaged_file_is_refused(
    damaged: Callable[[Path], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rulebook, file = book(tmp_path), tmp_path / "holdings.parquet"
    damaged(file)
    with pytest.raises(NotReadable):
        rulebook.board(file)
    assert "PD785" in told(tmp_path, capsys, "board", str(file))
    assert "PD811" in told(tmp_path, capsys, "check", str(file), "--engine", "reference")


@pytest.mark.parametrize("form", ["plain", "dated"])
def test_rows_of_which_nobody_is_known_are_judged_as_those_of_nobody(form: str, tmp_path: Path) -> None:
    rows = pa.table({**FINE, "owner": pa.nulls(3, pa.string())})
    assert {entry.outcome for entry in book(tmp_path, form).board(rows).entries()} == {"undetermined"}


@pytest.mark.parametrize(("type", "value"), [("number", 1), ("date", date(2026, 1, 1)), ("yes/no", True)])
def test_portfolios_that_are_no_texts_are_refused(tmp_path: Path, type: str, value: object) -> None:
    path = tmp_path / "portfolios.policy"
    path.write_text(
        f"""\
rulebook "Portfolios"
  currency SEK
  base total
  within each owner
table holdings, each holding
  owner {type}
  value money in SEK
define total = sum value of holdings
rule most: total <= 35 SEK
""",
        encoding="utf-8",
    )
    with pytest.raises(ValueError, match="called by texts, which `owner` is not: declare it as `text`"):
        policydsl.load(path).board(pa.table({"owner": [value], "value": [1]}))
