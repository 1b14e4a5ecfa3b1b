"""A board would count a line that adds up others, as a check does not: there is none of a table that has one."""

from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pytest

import policydsl
from policydsl.boards.refusal import NoBoard

BOOK = """\
rulebook "Lenders"
  currency SEK
  base portfolio
  within each owner
table holdings, each holding
  owner  text
  issuer text
  kind   one of bond, cash
  value  money in SEK
define portfolio = sum value of holdings
rule each: per issuer: share <= 60%
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> policydsl.Rulebook:
    path = tmp_path_factory.mktemp("book") / "lenders.policy"
    path.write_text(BOOK, encoding="utf-8")
    return policydsl.load(path)


def table(*rows: tuple[str | None, str, str | None, int]) -> pa.Table:
    return pa.table(dict(zip(("owner", "issuer", "kind", "value"), map(list, zip(*rows, strict=True)), strict=True)))


ROWS = (("A", "a", "bond", 70), ("A", "b", "bond", 30))


@pytest.mark.parametrize("name", ["Summa", "SUMMA", "Total:", "I alt", "Därav lån", "Σ"])
@pytest.mark.parametrize("owner", ["A", None])
@pytest.mark.parametrize("many", [False, True])
def test_a_total_is_refused(book: policydsl.Rulebook, name: str, owner: str | None, many: bool) -> None:
    others = tuple(("A", f"other {at}", "bond", 0) for at in range(200 * many))
    rows = table(*others, *ROWS, (owner, name, None, 100))
    for given in (rows, rows.set_column(1, "issuer", rows.column("issuer").dictionary_encode())):
        with pytest.raises(NoBoard, match=f"row {len(others) + 3} adds up others: `{name}` below `issuer`"):
            book.board(given)


@pytest.mark.parametrize("name", ["Summit", "Totalförsvaret", "Ialtica", "Delsbo sparbank", "Total"])
def test_a_name_is_no_total_where_the_row_says_more(book: policydsl.Rulebook, name: str) -> None:
    (found,) = book.board(table(*ROWS, ("A", name, "bond", 20))).entries()
    assert (found.outcome, found.figure) == ("pass", Fraction(70, 120))


def test_many_names_that_begin_like_totals_are_no_totals(book: policydsl.Rulebook) -> None:
    names = [f"{begins}{at}" for begins in ("Sampo ", "Portugal ", "Sumitomo ", "Totalforsvaret ") for at in range(60)]
    assert book.board(table(*(("A", name, None, 1) for name in names))).answers


def test_pieces_are_counted_on(book: policydsl.Rulebook, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    pq.write_table(table(*ROWS, *ROWS, ("A", "Summa", None, 200)), tmp_path / "rows.parquet", row_group_size=2)
    with pytest.raises(NoBoard, match="row 5 adds up others"):
        book.board(tmp_path / "rows.parquet")
