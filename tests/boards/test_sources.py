"""The same rows give the same board, wherever they stand and in whatever pieces they come."""

import pickle
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas
import polars
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import policydsl
from policydsl.boards import Board, groups

BOOK = policydsl.load(Path(__file__).parents[2] / "benchmarks" / "credit.policy")
ROWS = 3_000


def table() -> pa.Table:
    """Rows of seven portfolios, made without chance; an issuer has one category, but for the last."""
    numbers = range(ROWS)
    issuers = [f"Issuer {n * n % 97}" for n in numbers]
    return pa.table({
        "portfolio_id": [f"P{n * 7 % 11 % 7}" for n in numbers],
        "issuer": issuers,
        "issuer_category": ["ABCDE"[n * n % 97 % 5] for n in numbers],
        "duration_years": [n * 13 % 1000 / 100 for n in numbers],
        "mv": [n * 7919 % 100_003 for n in numbers],
        "currency": ["SEK" if n % 500 else "EUR" for n in numbers],
        "instrument_type": [("bond", "cert", "loan", "derivative")[n % 4] for n in numbers],
    })  # fmt: skip


def with_dictionaries(rows: pa.Table) -> pa.Table:
    """Texts as categories."""
    texts = [name for name in rows.column_names if rows.column(name).type == pa.string()]
    for name in texts:
        rows = rows.set_column(rows.column_names.index(name), name, rows.column(name).dictionary_encode())
    return rows


def in_pieces(rows: pa.Table) -> pa.Table:
    """Each piece with dictionaries of its own."""
    pieces = [with_dictionaries(rows.slice(start, 700)).to_batches()[0] for start in range(0, ROWS, 700)]
    return pa.Table.from_batches(pieces)


def as_decimals(rows: pa.Table) -> pa.Table:
    """Money with two decimals that are zero."""
    money = pa.array([Decimal(amount) for amount in rows.column("mv").to_pylist()], pa.decimal128(18, 2))
    return rows.set_column(rows.column_names.index("mv"), "mv", money)


FORMS: dict[str, Any] = {
    "texts": lambda rows: rows,
    "dictionaries": with_dictionaries,
    "pieces": in_pieces,
    "decimals": as_decimals,
    "pandas": lambda rows: rows.to_pandas(),
    "pandas categories": lambda rows: with_dictionaries(rows).to_pandas(),
    "polars": lambda rows: polars.from_arrow(rows),
    "backwards": lambda rows: rows.take(list(reversed(range(ROWS)))),
}


def entries(board: Board) -> list[tuple[object, ...]]:
    """What a board says."""
    return [(e.portfolio, e.rule, e.outcome, e.figure, e.group) for e in board.entries()]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_the_rows_gives_the_same_board(form: str) -> None:
    assert entries(BOOK.board(FORMS[form](table()))) == entries(BOOK.board(table()))


def test_a_file_that_is_read_piece_by_piece_gives_the_same_board(tmp_path: Path) -> None:
    pq.write_table(table(), tmp_path / "rows.parquet", row_group_size=450)
    board = BOOK.board(tmp_path / "rows.parquet")
    assert not board.one_by_one
    assert entries(board) == entries(BOOK.board(table()))


@pytest.mark.parametrize("form", ["texts", "pieces"])
def test_very_many_groups_are_put_in_order_before_they_are_summed(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    few = entries(BOOK.board(FORMS[form](table())))
    monkeypatch.setattr(groups, "_FEW_SLOTS", 0)
    assert entries(BOOK.board(FORMS[form](table()))) == few


def test_an_issuer_whose_category_differs_is_summed_by_category() -> None:
    rows = table().to_pylist()
    rows[-1]["issuer_category"] = "A" if rows[-1]["issuer_category"] != "A" else "B"
    board = BOOK.board(pa.Table.from_pylist(rows))
    assert not board.one_by_one
    expected = {}
    for verdict in BOOK.check({"holdings": rows}, engine="columnar").verdicts:
        key = verdict.group[0][1], verdict.id
        if verdict.figure is not None and verdict.figure.value is not None:
            expected[key] = max(expected.get(key, 0), verdict.figure.value)
    found = {(e.portfolio, e.rule): e.figure for e in board.entries()}
    grouped = [key for key in found if key[1].startswith(("long", "short"))]
    assert {key: found[key] or 0 for key in grouped} == {key: expected[key] for key in grouped}


def test_a_board_is_written_as_a_table(tmp_path: Path) -> None:
    board = BOOK.board(table())
    board.to_parquet(tmp_path / "board.parquet")
    frame = pandas.read_parquet(tmp_path / "board.parquet")
    assert len(frame) == len(board.portfolios) * len(board.rules)
    first = frame.iloc[0]
    assert (first.portfolio, first.rule) == (board.portfolios[0], BOOK.rules[0])
    assert frame.equals(board.to_frame())


def test_a_board_can_be_sent_to_another_process() -> None:
    board = BOOK.board(table())
    again = pickle.loads(pickle.dumps(board))
    assert repr(list(again.entries())) == repr(list(board.entries()))
    assert again.to_arrow() == board.to_arrow()


def test_names_that_stand_in_no_row_name_nothing() -> None:
    rows = table().slice(0, 60)
    names = sorted(set(rows.column("issuer").to_pylist()))
    codes = pa.array([names.index(name) + 2 for name in rows.column("issuer").to_pylist()])
    unused = pa.DictionaryArray.from_arrays(codes, ["Summa", names[0].upper(), *names, *map(str, range(30_000))])
    board = BOOK.board(rows.set_column(rows.column_names.index("issuer"), "issuer", unused))
    assert repr(list(board.entries())) == repr(list(BOOK.board(rows).entries()))
    assert board.diagnostics == BOOK.board(rows).diagnostics


def test_numbers_that_are_texts_are_read_as_a_report_reads_them() -> None:
    rows = table().slice(0, 40)
    texts = pa.array([f"{amount} SEK" for amount in rows.column("mv").to_pylist()])
    board = BOOK.board(rows.set_column(rows.column_names.index("mv"), "mv", texts))
    assert "read one by one" in board.one_by_one["own"]
    assert entries(board) == entries(BOOK.board(rows))


def test_a_number_without_end_is_an_error_of_the_data() -> None:
    rows = table().slice(0, 40).to_pylist()
    rows[7]["duration_years"] = float("inf")
    with pytest.raises(policydsl.DataError):
        BOOK.board(pa.Table.from_pylist(rows))


KEYED = """\
rulebook "Keyed"
  currency SEK
  base portfolio
  within each owner
table holdings, each holding
  paper text, key
  owner text
  years term in years, not negative
  value money in SEK
define portfolio = sum value of holdings
rule long: share where years > 5y <= 60%
rule each_paper: per paper: share of portfolio <= 90%
"""


@pytest.mark.parametrize("keys", (["a", "b", "A "], ["a", None, "c"]), ids=("twice", "blank"))
def test_a_key_that_is_blank_or_stands_twice_is_an_error_of_the_data(keys: list[str | None], tmp_path: Path) -> None:
    (tmp_path / "keyed.policy").write_text(KEYED, encoding="utf-8")
    rows = pa.table({"paper": keys, "owner": ["X", "X", "Y"], "years": [1, 6, 7], "value": [10, 20, 30]})
    with pytest.raises(policydsl.DataError):
        policydsl.load(tmp_path / "keyed.policy").board(rows)


def test_years_below_zero_are_an_error_of_the_data(tmp_path: Path) -> None:
    (tmp_path / "keyed.policy").write_text(KEYED, encoding="utf-8")
    rows = pa.table({"paper": ["a", "b"], "owner": ["X", "X"], "years": [1.5, -0.5], "value": [10, 20]})
    with pytest.raises(policydsl.DataError):
        policydsl.load(tmp_path / "keyed.policy").board(rows)


@pytest.mark.parametrize("scale", (-2, 0, 2))
def test_decimals_may_leave_out_hundreds(scale: int, tmp_path: Path) -> None:
    (tmp_path / "keyed.policy").write_text(KEYED, encoding="utf-8")
    value = pa.array([Decimal(700), Decimal(300)], pa.decimal128(18, scale))
    rows = pa.table({"paper": ["a", "b"], "owner": ["X", "X"], "years": [6, 1], "value": value})
    board = policydsl.load(tmp_path / "keyed.policy").board(rows)
    assert not board.one_by_one
    assert [(each.rule, each.outcome, each.figure) for each in board.entries()] == [
        ("long", "breach", Fraction(7, 10)), ("each_paper", "pass", Fraction(7, 10)),
    ]  # fmt: skip


def test_money_as_floats_and_below_zero_is_summed_exactly(tmp_path: Path) -> None:
    (tmp_path / "keyed.policy").write_text(KEYED, encoding="utf-8")
    rows = {"paper": [*"abcd"], "owner": [*"XXXY"], "years": [1.5, 6.25, 7.0, 1.0], "value": [0.1, 0.2, -0.05, 1.0]}
    book = policydsl.load(tmp_path / "keyed.policy")
    board = book.board(pa.table(rows))
    found = {(e.portfolio, e.rule): (e.outcome, e.figure) for e in board.entries()}
    assert found["X", "long"] == ("pass", Fraction(15, 25))
    assert found["X", "each_paper"] == ("pass", Fraction(20, 25))
    assert not board.one_by_one


def test_a_column_may_have_more_bounds_than_a_byte_counts(tmp_path: Path) -> None:
    """Row n has n + 0.5 years, and at most half may be above each of 300 bounds: up to 149 years it is too much."""
    rules = "".join(f"rule above_{years}: share where years > {years}y <= 50%\n" for years in range(300))
    head = KEYED[: KEYED.index("rule long")]
    (tmp_path / "many.policy").write_text(head + rules, encoding="utf-8")
    rows = {"paper": [f"p{n}" for n in range(300)], "owner": ["X"] * 300, "years": [n + 0.5 for n in range(300)]}
    board = policydsl.load(tmp_path / "many.policy").board(pa.table({**rows, "value": [10] * 300}))
    assert not board.one_by_one
    assert [entry.figure for entry in board.entries()] == [Fraction(300 - years, 300) for years in range(300)]
    assert [entry.rule for entry in board.entries("breach")] == [f"above_{years}" for years in range(150)]


def test_what_is_no_table_is_a_mistake_of_the_program() -> None:
    with pytest.raises(TypeError, match="rows are an Arrow table"):
        BOOK.board([1, 2])


@pytest.mark.parametrize("ask", [BOOK.board, BOOK.book])
@pytest.mark.parametrize("rows", [lambda: table().to_reader(), lambda: polars.from_arrow(table()).lazy()])
def test_what_is_to_become_a_table_is_refused(ask: Callable[[Any], Any], rows: Callable[[], Any]) -> None:
    with pytest.raises(policydsl.DataError, match=r"is no table: .*`\.collect\(\)`"):
        ask(rows())


def test_numbers_that_arrow_can_not_hold_are_refused_with_their_column() -> None:
    rows = polars.from_arrow(table()).with_columns(polars.lit(2**100).cast(polars.Int128).alias("mv"))
    for ask in (BOOK.board, BOOK.book):
        with pytest.raises(policydsl.NoBoard, match="the column `mv` holds values"):
            ask(rows)


def test_what_can_not_be_read_is_an_error_of_the_data(tmp_path: Path) -> None:
    """Which says what to do, may be sent to another process, and is a ValueError besides."""
    for path in (tmp_path / "none.parquet", tmp_path):
        with pytest.raises(policydsl.NotReadable, match="PD785") as refused:
            BOOK.board(path)
        assert isinstance(refused.value, policydsl.DataError) and isinstance(refused.value, ValueError)
        sent = pickle.loads(pickle.dumps(refused.value))
        assert str(sent) == str(refused.value) and sent.diagnostics == refused.value.diagnostics
    with pytest.raises(policydsl.NoBoard) as no_board:
        BOOK.board(table().drop_columns(["portfolio_id"]))
    assert isinstance(no_board.value, policydsl.DataError)
    assert str(pickle.loads(pickle.dumps(no_board.value))) == str(no_board.value)


def test_an_unknown_label_is_an_error_of_the_data() -> None:
    rows = table().to_pylist()[:10]
    rows[3]["instrument_type"] = "bnod"
    with pytest.raises(policydsl.DataError, match="bond"):
        BOOK.board(pa.Table.from_pylist(rows))


HELD = {"paper": [*"abcd"], "owner": [*"XXXY"], "years": [1, 6, 7, 1], "value": [10, 20, 30, 40]}


def keyed(tmp_path: Path) -> policydsl.Rulebook:
    (tmp_path / "keyed.policy").write_text(KEYED.replace("in SEK\n", 'in SEK, also "mv"\n'), encoding="utf-8")
    return policydsl.load(tmp_path / "keyed.policy")


@pytest.mark.parametrize("twin", ["value", "Value", " VALUE ", "mv"])
def test_two_headings_of_one_column_are_refused(twin: str, tmp_path: Path) -> None:
    columns, headings = [*HELD.values(), [1, 1, 1, 1]], [*HELD, twin]
    for frame in (pa.table(columns, headings), pandas.DataFrame(list(zip(*columns, strict=True)), columns=headings)):
        with pytest.raises(ValueError, match="stand for one column"):
            keyed(tmp_path).board(frame)


def test_kinds_of_columns_that_few_functions_know_are_read(tmp_path: Path) -> None:
    rows, book = pa.table(HELD), keyed(tmp_path)
    years = pa.RunEndEncodedArray.from_arrays([1, 2, 3, 4], HELD["years"])
    for name, column in (
        ("years", years),
        ("paper", pa.array(HELD["paper"], pa.string_view())),
        ("owner", pa.array(HELD["owner"], pa.string_view()).dictionary_encode()),
        ("value", pa.array([str(value) for value in HELD["value"]], pa.string_view())),
    ):
        assert entries(book.board(pa.table({**HELD, name: column}))) == entries(book.board(rows))
    twice = pa.table({**HELD, "paper": pa.array(["a", "b", "c", "A "], pa.string_view())})
    with pytest.raises(policydsl.DataError):
        book.board(twice)


def test_a_column_of_values_that_do_not_go_together_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="`value` holds values"):
        keyed(tmp_path).board(pandas.DataFrame({**HELD, "value": pandas.Series([10, "20", 30, 40], dtype=object)}))


@pytest.mark.parametrize("kinds", [["bond", ""], ["bond", None], ["bond", " ", "cash"]])
def test_a_dictionary_may_hold_a_blank(kinds: list[str | None], tmp_path: Path) -> None:
    declared = KEYED.replace("  years", "  kind one of bond, cash\n  years")
    rule = "rule cash: per paper: sum value of holdings where kind = cash <= 5 SEK\n"
    (tmp_path / "kinds.policy").write_text(declared + rule, encoding="utf-8")
    kind = pa.DictionaryArray.from_arrays(pa.array([0, 0, 1, 0], pa.int8()), pa.array(kinds))
    board = policydsl.load(tmp_path / "kinds.policy").board(pa.table({**HELD, "kind": kind}))
    assert [board.entry(owner, "cash").outcome for owner in "XY"] == ["undetermined", "pass"]
