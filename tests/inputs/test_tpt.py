"""Tripartite Templates: columns by their numbers, amounts with their currency, totals."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import policydsl
from policydsl.api import check_files
from policydsl.inputs.handed import sheets_of
from policydsl.inputs.read import find_tables
from policydsl.inputs.sheet import InUnit, Percent, Wrong
from policydsl.inputs.tpt.cic import CATEGORIES, category_of
from policydsl.inputs.tpt.template import codes as known
from policydsl.inputs.tpt.template import is_tpt
from policydsl.model.expressions import Nothing

from .sheets import codes, workbook

HEADINGS = [
    "1_Portfolio_identifying_data",
    "0004_Portfolio currency (B)",
    "5_Net_asset_valuation_of_the_portfolio_or_the_share_class_in_portfolio_currency",
    "6_Valuation_date",
    "12_CIC_code_of_the_instrument",
    "14_Identification_code_of_the_instrument",
    "17_Instrument_name",
    "18_Quantity",
    "21",
    "22_Market_valuation_in_quotation_currency_(A)",
    "24_Market_valuation_in_portfolio_currency_(B)",
    "26_Valuation_weight",
    "59_Credit_quality_step",
    "90_Modified_duration_to_maturity_date",
]
ROWS = [
    ["SE001", "SEK", "1000.5", "2025-12-31", "SE11", "SE0000000001", "Bond", "1.234", "SEK", "700.5", "700.5", "0.7",
     "0", "3.25"],
    ["SE001", "SEK", "1000.5", "2025-12-31", "DE31", "0012345", "Share", "10", "EUR", "30", "330", "0.33", "9", ""],
    ["SE001", "SEK", "1000.5", "2025-12-31", "XT72", "CASH", "Account", "", "SEK", "-30", "-30", "-0.03", "", ""],
]  # fmt: skip


def read(tmp_path, rows=ROWS, headings=HEADINGS):
    text = "\n".join(";".join(row) for row in [headings, *rows])
    (tmp_path / "holdings.csv").write_text(text, encoding="utf-8")
    tables, _, told = find_tables([tmp_path / "holdings.csv"])
    sheet = tables["holdings"]
    return dict(zip(sheet.headings, sheet.cells, strict=True)), told


def test_columns_are_called_by_their_numbers_and_numbers_are_what_the_template_says(tmp_path):
    found, told = read(tmp_path)
    assert codes(told) == []
    assert found == {
        "1": ("SE001",) * 3,
        "4": ("SEK",) * 3,
        "5": (InUnit(Decimal("1000.5"), "SEK"),) * 3,
        "6": ("2025-12-31",) * 3,
        "12": ("SE11", "DE31", "XT72"),
        "14": ("SE0000000001", "0012345", "CASH"),
        "17": ("Bond", "Share", "Account"),
        "18": (Decimal("1.234"), Decimal(10), None),
        "21": ("SEK", "EUR", "SEK"),
        "22": (InUnit(Decimal("700.5"), "SEK"), InUnit(Decimal(30), "EUR"), InUnit(Decimal(-30), "SEK")),
        "24": (InUnit(Decimal("700.5"), "SEK"), InUnit(Decimal(330), "SEK"), InUnit(Decimal(-30), "SEK")),
        "26": (Percent(Decimal("0.7")), Percent(Decimal("0.33")), Percent(Decimal("-0.03"))),
        "59": ("0", "9", None),
        "90": (InUnit(Decimal("3.25"), "years"), None, None),
        "12 category": ("government bond", "equity", "cash"),
    }


def test_a_workbook_says_the_same(tmp_path):
    def cell(text):
        try:
            return float(text) if "." in text else int(text)
        except ValueError:
            return text or None

    rows = [[cell(text) if at != 5 else text for at, text in enumerate(row)] for row in ROWS]
    for row in rows:
        row[3] = date(2025, 12, 31)
    (tmp_path / "holdings.xlsx").write_bytes(workbook(HEADINGS, *rows))
    tables, _, told = find_tables([tmp_path / "holdings.xlsx"])
    found = dict(zip(tables["holdings"].headings, tables["holdings"].cells, strict=True))
    assert codes(told) == []
    by_text, _ = read(tmp_path)
    assert found == by_text | {"6": (date(2025, 12, 31),) * 3}


def test_a_frame_is_read_alike(tmp_path):
    sheets, told = sheets_of({"holdings": [dict(zip(HEADINGS, row, strict=True)) for row in ROWS]})
    assert codes(told) == []
    assert dict(zip(sheets["holdings"].headings, sheets["holdings"].cells, strict=True)) == read(tmp_path)[0]


def test_other_columns_are_told_by_their_number(tmp_path):
    _, told = read(tmp_path, [[*row, "1", "x"] for row in ROWS], [*HEADINGS, "97_SCR_mrkt_IR_up", "Remark"])
    assert codes(told) == ["PD865"]
    assert told[0].message.endswith("left out: 97, Remark")


def test_the_same_number_twice_is_told(tmp_path):
    _, told = read(tmp_path, [[*row, "1"] for row in ROWS], [*HEADINGS, "24_Market valuation"])
    assert codes(told) == ["PD308"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({(0, 10): "701.5"}, []),
        ({(0, 10): "701.6"}, ["PD866"]),
        ({(0, 10): "699.5"}, []),
        ({(0, 11): "0.702"}, ["PD866"]),
        ({(0, 2): "900"}, ["PD866"]),
        (
            {(2, 0): "SE002", (2, 2): "-30", (0, 2): "1030.5", (1, 2): "1030.5", (0, 11): "0.67", (2, 11): "1"},
            ["PD868"],
        ),
    ],
)
def test_totals_are_held_against_the_rows(tmp_path, changes, told):
    rows = [list(row) for row in ROWS]
    for (row, column), text in changes.items():
        rows[row][column] = text
    assert codes(read(tmp_path, rows)[1]) == told


def test_an_amount_without_its_currency_and_a_wrong_cic_code_are_no_values(tmp_path):
    rows = [list(row) for row in ROWS]
    rows[0][1], rows[1][4] = "", "Z3"
    found, _ = read(tmp_path, rows)
    assert found["24"][0] == Wrong("PD867", (("cell", "700.5"), ("column", "4")))
    assert found["12 category"] == ("government bond", Wrong("PD864", (("cell", "Z3"),)), "cash")


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["12_CIC", "14_Code", "24_Value"], True),
        (["12", "14", "26"], True),
        (["12_CIC", "14_Code", "17_Name"], False),
        (["1. kvartal", "2. kvartal", "3. kvartal", "12", "14"], False),
        (["12. CIC", "14. Code", "24. Value"], False),
    ],
)
def test_which_headings_are_those_of_a_template(headings, expected):
    assert is_tpt(headings) is expected


@pytest.mark.parametrize(
    ("code", "category"),
    [("SE12", "government bond"), ("xl7a", "cash"), ("USA1", "future"), ("SEG1", None), ("S112", None), ("SE1", None)],
)
def test_cic(code, category):
    assert category_of(code) == category


def test_every_code_with_money_names_the_column_of_its_currency():
    assert {code for code, one in known().items() if (one.number == "money") != bool(one.money)} == set()
    assert {one.money for one in known().values()} - {""} <= known().keys()


def test_the_page_lists_every_code_and_category():
    page = (Path(__file__).parents[2] / "docs" / "fund-files.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\w+) \| ([^|]+) \| ", page, re.MULTILINE)
    assert [row for row in rows if row[0] != "column"] == [(code, one.means) for code, one in known().items()]
    assert all(f"{sign} `{word}`" in page for sign, word in CATEGORIES.items())


STANDARD = (
    'rulebook "Town"\n  use standard/holdings\n  base portfolio\ndefine portfolio = sum market_value of holdings\n'
)
RULES = """\
rule classes: each holding where date is present: asset_class != equity
rule real: each holding where date is present: not real_rate
"""


def judged(tmp_path, *rows, more=()):
    """The rows of the standard table that a template makes, and the codes of what is told."""
    headings = ["1", "4", "5", "6", "12", "14", "21", "24", "32", "39", "46", "90", *more]
    text = "\n".join(";".join(row) for row in [headings, *rows])
    (tmp_path / "holdings.csv").write_text(text, encoding="utf-8")
    (tmp_path / "town.policy").write_text(STANDARD + RULES, encoding="utf-8")
    report, told = check_files(policydsl.load(tmp_path / "town.policy"), [tmp_path / "holdings.csv"])
    assert report is not None, [one.message for one in told if one.is_error]
    lines = report.tables.lines("holdings")
    names = [column.name for column in lines.columns]
    return {line.name: dict(zip(names, line.values, strict=True)) for line in lines.lines}, codes(told)


def row(cic, code, interest="", maturity="", issuer="Staten", duration="", *more):
    return ["F", "SEK", "50", "2025-12-31", cic, code, "SEK", "10", interest, maturity, issuer, duration, *more]


def test_a_template_fills_the_standard_table(tmp_path):
    rows, told = judged(
        tmp_path,
        row("SE11", "bond", "Inflation_linked", "2030-06-15", "Staten", "4.5"),
        row("SE21", "corporate", "Fixed", "2028-01-01", "Bolaget", "2"),
        row("SE41", "fund"),
        row("SE43", "money market"),
        row("XT72", "account", issuer=""),
    )
    assert "PD921" in told
    kinds = {name: (one["asset_class"], one["vehicle"], one["real_rate"]) for name, one in rows.items()}
    assert kinds == {
        "bond": ("fixed_income", "direct", True),
        "corporate": ("fixed_income", "direct", False),
        "fund": ("equity", "fund", False),
        "money market": (None, "fund", False),
        "account": ("cash", "cash", False),
    }
    bond = rows["bond"]
    assert (bond["date"], bond["maturity"], bond["duration"]) == (date(2025, 12, 31), date(2030, 6, 15), 54)
    assert (bond["issuer"], bond["currency"], bond["market_value"]) == ("Staten", "SEK", 10)
    assert rows["account"]["issuer"] is Nothing.NONE
    unknown = ("issuer_type", "held_directly", "guarantee", "rating_sp", "market", "fund_regulator")
    assert {bond[name] for name in unknown} == {None}


def test_a_bond_without_its_kind_of_interest_leaves_it_unknown(tmp_path):
    rows, _ = judged(
        tmp_path,
        row("SE11", "a", "Fixed"),
        row("SE21", "b"),
        row("SE31", "c"),
        row("SE31", "d"),
        row("SE31", "e"),
    )
    assert {one["real_rate"] for one in rows.values()} == {None}


def test_columns_of_the_table_s_own_names_come_before_the_template_s(tmp_path):
    rows, told = judged(
        tmp_path,
        *(row("SE11", name, "Fixed", "", "Staten", "", "equity", "AA+") for name in "abcde"),
        more=("asset_class", "rating_sp"),
    )
    assert {(one["asset_class"], one["rating_sp"]) for one in rows.values()} == {("equity", 1)}
    assert "PD353" not in told


def test_a_kind_of_interest_that_is_none_is_told(tmp_path):
    headings = "1;4;5;6;12;14;21;24;32\n"
    (tmp_path / "holdings.csv").write_text(f"{headings}F;SEK;10;2025-12-31;SE11;a;SEK;10;Stepped\n", encoding="utf-8")
    (tmp_path / "town.policy").write_text(STANDARD + RULES, encoding="utf-8")
    report, told = check_files(policydsl.load(tmp_path / "town.policy"), [tmp_path / "holdings.csv"])
    assert report is None
    assert [one.message for one in told if one.is_error and "Stepped" in one.message]
