"""Names that stand in the first row of their group alone, as in printed lists, are told."""

import pytest

import policydsl
from policydsl.api import check_files

from .fitting import codes, fitted

TABLE = (
    "table holdings, each holding\n  name text, key\n  issuer text\n  kind one of bank, state\n  amount money in SEK\n"
)


def said(cells, text=TABLE, column="issuer", amount=1):
    rows = "".join(f"n{at};{cell};{amount}\n" for at, cell in enumerate(cells))
    return codes(fitted(text, holdings=f"name;{column};amount\n{rows}"))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("A", "", ""), True),
        (("A", "", "B", "", "C"), True),
        (("A", "B", "C", "", ""), True),
        (("A", ""), False),
        (("", "A", "", ""), False),
        (("A", "", "", "A"), False),
        (("A", "B", "C", "D", "E", "", ""), False),
        (("A", "B", "C"), False),
        (("", "", ""), False),
    ],
)
def test_blanks_below_names(cells, expected):
    assert ("PD965" in said(cells)) == expected


def test_blanks_with_a_meaning_are_asked_about_below_several_names():
    none = TABLE.replace("issuer text", "issuer text, blank means none")
    grouped = none + "rule each: per issuer: sum amount of holdings <= 1 SEK\n"
    assert "PD965" in said(("A", "", "", "B"), grouped)
    assert "PD965" not in said(("A", "", "", ""), grouped)
    assert "PD965" not in said(("A", "", "", "B"), none), "nothing is grouped by it"
    assert "PD965" in said(("bank", "", "", "state"), column="kind")
    means = TABLE.replace("state", "state, blank means none")
    assert "PD965" not in said(("bank", "", "", "state"), means, "kind")


def test_rows_without_an_amount_are_not_asked_about():
    assert "PD965" not in said(("A", "", "", "B"), amount="")


def test_each_day_has_its_names():
    dated = "table holdings, each holding\n  dated by day\n  name text, key\n  issuer text\n  amount money in SEK\n"
    rows = "".join(f"2026-0{month}-28;n{at};{cell};1\n" for month in (1, 2) for at, cell in enumerate(("A", "", "")))
    assert codes(fitted(dated, holdings=f"day;name;issuer;amount\n{rows}")) == ["PD965", "PD367"]


def test_only_what_rules_read_is_told(tmp_path):
    (tmp_path / "holdings.csv").write_text("name;issuer;kind;amount\na;A;bank;1\nb;;bank;2\nc;;bank;3\n", "utf-8")
    for rule, expected in (("per issuer: sum amount of holdings <= 100 SEK", ["PD965"]), ("1 SEK = 1 SEK", [])):
        book = f'rulebook "Example"\n  currency SEK\n{TABLE}rule r: {rule}\n'
        (tmp_path / "r.policy").write_text(book, encoding="utf-8")
        _, told = check_files(policydsl.load(tmp_path / "r.policy"), [tmp_path / "holdings.csv"])
        assert [one.code for one in told if one.code.startswith("PD96")] == expected
