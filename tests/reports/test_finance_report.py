"""The finance report that section 7 of Örnsköldsvik's policy asks for: every item, and figures worked out here anew."""

import csv
import re
from collections import defaultdict
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from policydsl.cli import run

ROOT = Path(__file__).resolve().parents[2]
BOOK = str(ROOT / "rulebooks" / "ornskoldsvik")
DAY = date(2018, 12, 31)
ITEMS = """\
# Finansrapport december 2018
## 1 Likvidsituation
## 2 Finansiering
### Per motpart
### Förfall i tid
### Genomsnittlig löptid
## 3 Placering
### Per motpart och emittent
### Förfall i tid
## 4 Internbankens interna in- och utlåning
### Utlåning per motpart
### Utlåningens räntenivå
### Inlåning per motpart
### Inlåningens räntenivå
## 5 Räntehantering
### Derivat per motpart
### Ränteförfall i tid
### Duration
## 6 Marknadsläge
## 7 Valutahantering
### Exponering
### Risk
## 8 Jämförelse policy mot utfall
### Ränterisk
### Valutarisk
### Motpartsrisk
### Finansieringsrisk
### Likviditetsrisk
"""
"""The list at the end of section 7, item by item."""


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """The report on each example, as Markdown."""
    folder = tmp_path_factory.mktemp("reports")
    made = {}
    for name in ("ordnat", "luckor"):
        target = folder / f"{name}.md"
        data = str(ROOT / "examples" / "ornskoldsvik" / name)
        assert run(["report", "--template", "finansrapport", BOOK, data, "-o", str(target)]) == 0
        made[name] = target.read_text(encoding="utf-8").replace("\u00a0", " ").replace("\\", "")
    return made


def rows(table, name="ordnat"):
    """The rows of a table of the example, those of the last day where they are dated."""
    path = ROOT / "examples" / "ornskoldsvik" / name / f"{table}.csv"
    found = list(csv.DictReader(path.open(encoding="utf-8")))
    day = max(row.get("datum", "") for row in found)
    return [row for row in found if row.get("datum", "") == day]


def table_below(report, heading):
    """The cells of the first table below a heading, its first column as keys."""
    text = report.split(f"\n{heading}\n", 1)[1]
    lines = re.search(r"(?:^\|.*\n)+", text, re.MULTILINE)[0].splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return {first.strip(): rest for first, *rest in cells[2:]}


def money(amount):
    return f"{int(amount):,}".replace(",", " ")


def years_on(day, years):
    return date(day.year + years, day.month, day.day)


def group_loans():
    return [row for row in rows("lån") if row["låntagarslag"] in ("kommun", "moderbolag", "dotterbolag")]


def test_every_item_is_there_in_its_order(reports):
    for report in reports.values():
        headings = [line for line in report.splitlines() if re.match(r"#+ ", line)]
        wanted = iter(ITEMS.splitlines())
        at = next(wanted)
        for heading in headings:
            if heading == at:
                at = next(wanted, None)
        assert at is None, f"{at} is not there, or not in its place"


def test_funding_by_counterparty(reports):
    found = table_below(reports["ordnat"], "### Per motpart")
    debt, weighted, count = defaultdict(int), defaultdict(int), defaultdict(int)
    for row in group_loans():
        amount = int(row["skuld"])
        debt[row["långivare"]] += amount
        count[row["långivare"]] += 1
        weighted[row["långivare"]] += amount * (date.fromisoformat(row["förfall"]) - DAY).days
    assert set(found) == set(debt)
    for lender, (number, owed, share, term) in found.items():
        assert (number, owed) == (str(count[lender]), money(debt[lender]))
        assert abs(
            Fraction(share.rstrip(" %").replace(",", ".")) - Fraction(100 * debt[lender], sum(debt.values()))
        ) < Fraction(1, 10)
        years = term.removesuffix(" år").replace(",", ".")
        exact = Fraction(weighted[lender], debt[lender] * 365)  # a year is counted as 365 days
        assert Fraction(years) == round(exact, len(years.partition(".")[2]))


def test_funding_by_maturity(reports):
    found = table_below(reports["ordnat"].split("## 2 Finansiering")[1], "### Förfall i tid")
    ends = [
        (1, "Inom ett år"),
        (2, "Ett till två år"),
        (3, "Två till tre år"),
        (5, "Tre till fem år"),
        (10, "Fem till tio år"),
    ]
    wanted = defaultdict(int)
    for row in group_loans():
        due = date.fromisoformat(row["förfall"])
        name = next((name for years, name in ends if due < years_on(DAY, years)), "Tio år eller mer")
        wanted[name] += int(row["skuld"])
    assert {name: cells[1] for name, cells in found.items()} == {name: money(amount) for name, amount in wanted.items()}
    assert list(found) == [name for _, name in ends if name in wanted]


def test_investments_by_issuer(reports):
    found = table_below(reports["ordnat"], "### Per motpart och emittent")
    wanted = defaultdict(int)
    for row in rows("placeringar"):
        if row["ägare"] == "kommunkoncernen":
            wanted[row["emittent"]] += int(row["marknadsvärde"])
    assert {name: cells[1] for name, cells in found.items()} == {name: money(amount) for name, amount in wanted.items()}
    amounts = [int(cells[1].replace(" ", "")) for cells in found.values()]
    assert amounts == sorted(amounts, reverse=True)


def test_internal_lending_and_its_rates(reports):
    lent = table_below(reports["ordnat"], "### Utlåning per motpart")
    frames = [row for row in rows("interna_låneramar") if row["från"] <= "2018-12-31" <= row["till"]]
    assert {name: cells[0] for name, cells in lent.items()} == {row["bolag"]: money(row["utlånat"]) for row in frames}
    rates = table_below(reports["ordnat"], "### Utlåningens räntenivå")
    wanted = {row["bolag"]: row["kundränta"] for row in rows("priser") if "2018-11-30" < row["dag"] <= "2018-12-31"}
    assert {name: Fraction(cells[0].rstrip(" %").replace(",", ".")) for name, cells in rates.items()} == {
        name: Fraction(rate) for name, rate in wanted.items()
    }


def test_derivatives_and_deposits(reports):
    text = reports["ordnat"].split("### Derivat per motpart")[1].split("### Ränteförfall i tid")[0]
    wanted = defaultdict(int)
    for row in rows("derivat"):
        if row["underliggande"] == "ränta":
            wanted[row["motpart"]] += int(row["nominellt"])
    for name, amount in wanted.items():
        assert re.search(rf"\| {re.escape(name)} \| \d+ \| {money(amount)} \|", text), name
    deposits = table_below(reports["ordnat"], "### Inlåning per motpart")
    balances = defaultdict(int)
    for row in rows("bankkonton"):
        if row["i_koncernkonto"] == "yes":
            balances[row["innehavare"]] += int(row["saldo"])
    assert {name: cells[0] for name, cells in deposits.items()} == {
        name: money(each) for name, each in balances.items()
    }


def test_rate_resets_add_up_to_the_debt_after_derivatives(reports):
    found = table_below(reports["ordnat"], "### Ränteförfall i tid")
    assert sum(int(cells[0].replace(" ", "")) for cells in found.values()) == sum(
        int(row["skuld"]) for row in group_loans()
    )


def test_policy_stands_against_outcome_for_each_risk(reports):
    text = reports["ordnat"].split("## 8 Jämförelse policy mot utfall")[1].split("## Bilaga 1")[0]
    for rule in (
        "3.3-korta",
        "3.3-övrig-skuld",
        "3.3-leasing",
        "3.5-kontosaldo",
        "3.3-motpartsandel",
        "3.2-reserv",
        "5-ram",
    ):
        assert re.search(rf"· {re.escape(rule)} · [^|]* \| uppfyllt \|", text), rule
    assert "3.3 · 3.3, tabellen" in text and "3.1 · 3.1" in text


def test_what_the_data_lacks_is_said_where_it_would_stand(reports):
    report = reports["ordnat"]
    assert "## 6 Marknadsläge\n\n> Saknas: texten ”marknadsläge”" in report
    assert (
        "### Inlåningens räntenivå\n\n> Saknas för Inlåningsräntor: tabellen `inlåningsräntor` har inte lämnats"
        in report
    )
    assert "### Exponering\n\n> Saknas för Valutaexponering: tabellen `valutaexponering` har inte lämnats" in report


def test_blank_cells_are_named_and_never_counted_as_nothing(reports):
    report = reports["luckor"]
    blank = [row["lånenummer"] for row in rows("lån", "luckor") if not row["skuld"]]
    assert blank == ["L05"]
    assert "> Saknas för Finansiering per motpart: lån: `skuld` för L05" in report
    found = table_below(report, "### Per motpart")
    assert found["Kommuninvest i Sverige AB"][1] == "*minst 2 610 000 000*"
    assert "*2 rader vars grupp inte är känd*" in found or "*2 lån vars grupp inte är känd*" in found


def test_what_is_missing_for_several_cells_is_told_once(reports):
    lines = reports["luckor"].replace("&lt;", "<").splitlines()
    told = [line for line in lines if line.startswith("> Saknas för 3.3[")]
    cells = [
        ", ".join((row, end))
        for row in ("< 1 år", "1 år..<3 år", "3 år..<5 år", "5 år..10 år")
        for end in ("max", "min")
    ]
    assert len(told) == 1
    assert sorted(re.findall(r"3\.3\[(.*?)\]", told[0])) == sorted(cells)


def test_columns_without_anything_are_left_out(reports):
    below = reports["ordnat"].split("### Valutarisk")[1]
    assert "| Regel | Utfall | Värde |\n" in below.split("### Motpartsrisk")[0]


def test_no_english_is_left(reports):
    english = r"\b(?:the|of|must|should|where|share|average|over|rows?|months?|years?|days?|1y|not|none|unknown)\b"
    for name, report in reports.items():
        assert re.findall(rf".*{english}.*", report) == [], name


def test_every_figure_leads_to_its_basis(tmp_path):
    target = tmp_path / "r.html"
    data = str(ROOT / "examples" / "ornskoldsvik" / "ordnat")
    assert run(["report", "--template", "finansrapport", BOOK, data, "-o", str(target)]) == 0
    text = target.read_text(encoding="utf-8")
    led = set(re.findall(r'href="#(basis-\d+)"', text))
    assert led == set(re.findall(r'id="(basis-\d+)"', text)) and len(led) > 50
    assert "lån: L01 (rad 962)" in text.replace("\u00a0", " ")
    line = (ROOT / "examples/ornskoldsvik/ordnat/lån.csv").read_text(encoding="utf-8").splitlines()[961]
    assert line.split(",")[:2] == ["2018-12-31", "L01"]


def test_outcomes_are_those_that_are_expected(reports):
    wanted = {
        row["rule"]: row["ordnat"]
        for row in csv.DictReader((ROOT / "examples/ornskoldsvik/expected.csv").open(encoding="utf-8"))
    }
    text = reports["ordnat"].split("## 8 Jämförelse policy mot utfall")[1].split("## Bilaga 1")[0]
    found = re.findall(r"^\| .*? · ([\d.]+-[\w-]+) · [^|]* \| (\w[\w ]*) \|", text, re.MULTILINE)
    assert len(found) > 20
    assert {
        rule: {"pass": "uppfyllt", "not applicable": "inte tillämpligt"}[wanted[rule]] for rule, _ in found
    } == dict(found)


def test_notes_are_in_the_report_and_on_the_terminal(tmp_path, capsys):
    target = tmp_path / "r.md"
    data = str(ROOT / "examples" / "ornskoldsvik" / "luckor")
    assert run(["report", "--template", "finansrapport", BOOK, data, "-o", str(target)]) == 0
    printed = " ".join(capsys.readouterr().err.split())
    text = target.read_text(encoding="utf-8").replace("\u00a0", " ").replace("\\", "")
    notes = text.split("## Bilaga 4: noter om uppgifterna")[1].split("## Körningen")[0]
    for told in (
        "upplysning PD750: det finns inga data för `inlåningsräntor` och `valutaexponering`",
        "varning PD362: ingen har angett `affärsbanken`",
    ):
        assert told in printed
        assert f"- {told}" in notes
    assert "2 leasing utan etikett i leasingslag: A07 och A08" in notes
    assert "upplysning: 2 leasing utan etikett i leasingslag: A07 och A08" in printed
