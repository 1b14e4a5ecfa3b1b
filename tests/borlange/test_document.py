"""The verdicts and figures of the document, on the real portfolio and in all readings."""

from decimal import Decimal
from fractions import Fraction

import pytest

from .reading import (
    CASES,
    COLUMNS,
    ENGINES,
    HERE,
    LABELS,
    OUTCOMES,
    REAL,
    places,
    quantity,
    report_on,
    rounded,
    rulebook_of,
    same,
    table,
    value,
    verdict,
)

pytestmark = pytest.mark.parametrize("engine", ENGINES)

TOTAL = {"V1": 390040795, "V2": 390040795, "V3": 390040795, "V4": 259477608, "V5": 390040795}


@pytest.mark.parametrize("row", table("verdicts.csv"), ids=lambda row: row["item"])
def test_real_portfolio(row: dict[str, str], engine: str) -> None:
    report = report_on(REAL, engine)
    if row["verdict"] == "value":
        assert same(quantity(report, row["asked"]), row["unit"], row["value"])
        return
    found = verdict(report, row["asked"], **({"issuer": row["issuer"]} if row["issuer"] else {}))
    assert found.outcome == OUTCOMES[row["verdict"]]
    match row["item"]:
        case "BOR-8.1-DIRECT" | "BOR-8.1-FUND":
            assert found.count == int(row["value"])  # the rows spoken of
        case "BOR-SOLV-90":
            assert found.missing == ("liabilities_value",)
        case _:
            assert same(value(found), row["unit"], row["value"])


def cell(name: str, variant: str) -> str:
    """A cell such as DN as the rulebook of a reading calls it."""
    axis = "remaining(maturity)" if variant == "V5" else "duration"
    return f"T5[{LABELS[name[0]]}, {axis} {COLUMNS[name[1]]}]"


@pytest.mark.parametrize("row", table("cells.csv"), ids=lambda row: f"{row['variant']}-{row['cell']}")
def test_cells(row: dict[str, str], engine: str) -> None:
    variant = row["variant"]
    found = verdict(report_on(CASES / variant, engine, rulebook_of(variant)), cell(row["cell"], variant))
    assert found.outcome == OUTCOMES[row["verdict"]]
    assert found.bound is not None and found.bound.value.value == Fraction(row["limit_pct"]) / 100
    assert found.part is not None
    assert found.part.amount.value == Fraction(row["exposure_sek"])
    assert found.part.base.value == TOTAL[variant]
    assert value(found) == Fraction(int(row["exposure_sek"]), TOTAL[variant])
    assert same(value(found), "pct", row["exposure_pct"])
    assert same(found.headroom.points, "pct", row["headroom_points"])


@pytest.mark.parametrize("row", table("issuers.csv"), ids=lambda row: f"{row['variant']}-{row['issuer']}-{row['row']}")
def test_issuers(row: dict[str, str], engine: str) -> None:
    variant = row["variant"]
    report = report_on(CASES / variant, engine, rulebook_of(variant))
    axis = "remaining(maturity)" if variant == "V5" else "duration"
    for column, cap, share, outcome in (
        ("> 1y", "cap_pct", "over_1y_pct", "verdict"),
        (">= 0y", "cap_all_pct", "all_pct", "verdict_all"),
    ):
        found = verdict(report, f"T5-issuer[{LABELS[row['row']]}, {axis} {column}]", issuer=row["issuer"])
        assert found.outcome == OUTCOMES[row[outcome]]
        assert found.bound is not None and found.bound.value.value == Fraction(row[cap]) / 100
        assert same(value(found), "pct", row[share])


@pytest.mark.parametrize("row", table("whatif.csv"), ids=lambda row: row["case"])
def test_what_if(row: dict[str, str], engine: str) -> None:
    report = report_on(CASES / row["case"], engine)
    assert same(quantity(report, "inflation_matching"), "pct", row["real_share_pct"])
    assert same(quantity(report, "real_duration"), "years", row["real_duration_years"])
    assert same(quantity(report, "matching_ratio"), "pct", row["matching_ratio_pct"])
    over = {one.id for one in report.verdicts if one.id.startswith("T5[") and one.outcome == "breach"}
    assert over == {cell(name, "V1") for name in row["failing_cells"].split()}
    caps = [one for one in report.verdicts if one.id.startswith("T5-issuer[") and one.outcome == "breach"]
    labels = {label: letter for letter, label in LABELS.items()}
    failing = {f"{dict(one.group)['issuer']}:{labels[one.id[10:].split(',')[0]]}" for one in caps}
    assert failing == {f"{name.strip()}" for name in _issuers(row["failing_issuer_caps"])}


def _issuers(text: str) -> list[str]:
    """`Issuer X:B Issuer X:C` are two."""
    found, name = [], ""
    for word in text.split():
        name = f"{name} {word}".strip()
        if ":" in word:
            found.append(name)
            name = ""
    return found


@pytest.mark.parametrize("row", table("figures.csv"), ids=lambda row: row["id"])
def test_printed_figures(row: dict[str, str], engine: str) -> None:
    printed = report_on(REAL, engine, HERE / "weights.policy")
    if row["instrument"]:
        exact = value(verdict(printed, row["asked"], instrument=row["instrument"]))
    else:
        source = printed if any(one.name == row["asked"] for one in printed.figures) else report_on(REAL, engine)
        exact = quantity(source, row["asked"])
    shown = exact * 100 if row["unit"] == "pct" else exact / 12
    assert rounded(shown, int(row["decimals"])) == Decimal(row["stated"])
    assert rounded(shown, places(row["computed"])) == Decimal(row["computed"])
