"""Writes the bank's workbook, the Danish file and the fund's template; it knows nothing of policydsl.

python examples/four_forms/generate.py
"""

import csv
import random
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

HERE = Path(__file__).resolve().parent
BORLANGE = HERE.parent / "borlange" / "cases" / "W1" / "holdings.csv"
MIDTJYLLAND = HERE.parent / "midtjylland" / "2009-12-31" / "beholdninger.csv"

SWEDISH = {
    "date": "Datum",
    "instrument": "Värdepapper",
    "issuer": "Emittent",
    "issuer_type": "Slag av emittent",
    "asset_class": "Tillgångsslag",
    "vehicle": "Form",
    "held_directly": "Direktägt",
    "guarantee": "Garant",
    "rating_sp": "S&P",
    "rating_moodys": "Moody's",
    "rating_short": "Kort rating",
    "real_rate": "Realränta",
    "duration": "Duration (år)",
    "maturity": "Förfallodag",
    "currency": "Valuta",
    "market": "Land",
    "market_value": "Marknadsvärde",
}
WORDS = {
    "state": "Stat",
    "municipality": "Kommun",
    "bank": "Bank",
    "company": "Företag",
    "fixed_income": "Räntebärande",
    "equity": "Aktier",
    "cash": "Likvida medel",
    "fund": "Fond",
    "direct": "Direkt",
    "yes": "Ja",
    "no": "Nej",
}


def bank() -> None:
    """The bank's report: titles, headings in row 6, dates and amounts as a spreadsheet has them, and a total."""
    rows = list(csv.DictReader(BORLANGE.open(encoding="utf-8", newline="")))
    book = Workbook()
    sheet = book.active
    sheet.title = "Innehav"
    for line in ("Exempelbanken AB", "Depårapport för Borlänge kommun", "Per 2015-01-31, belopp i SEK"):
        sheet.append([line])
        sheet.merge_cells(start_row=sheet.max_row, start_column=1, end_row=sheet.max_row, end_column=4)
    sheet["A1"].font = Font(bold=True, size=14)
    headings = list(rows[0])
    for column, heading in enumerate(headings, 1):
        sheet.cell(6, column, SWEDISH[heading]).font = Font(bold=True)
    for number, row in enumerate(rows, 7):
        for column, heading in enumerate(headings, 1):
            cell = sheet.cell(number, column, _in_swedish(heading, row[heading]))
            if heading == "market_value":
                cell.number_format = "#,##0.00"
    last = 7 + len(rows)
    sheet.cell(last, headings.index("instrument") + 1, "Summa").font = Font(bold=True)
    total = sheet.cell(last, headings.index("market_value") + 1, sum(Decimal(row["market_value"]) for row in rows))
    total.number_format = "#,##0.00"
    book.save(HERE / "bank_xlsx" / "depå.xlsx")


def _in_swedish(heading: str, text: str) -> Any:
    if not text:
        return None
    if heading in ("date", "maturity"):
        return date.fromisoformat(text)
    if heading in ("duration", "market_value"):
        return Decimal(text)
    return WORDS.get(text, text)


def danish() -> None:
    """The export: parted by semicolons, in Windows' coding, days first, points between thousands."""
    with MIDTJYLLAND.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (HERE / "dansk_csv" / "beholdninger.csv").open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow([heading.capitalize() for heading in rows[0]])
        for row in rows:
            writer.writerow([_in_danish(heading, text) for heading, text in row.items()])


def _in_danish(heading: str, text: str) -> str:
    if heading == "dato":
        return f"{date.fromisoformat(text):%d-%m-%Y}"
    if heading == "markedsværdi" and text:
        return f"{Decimal(text):,.2f}".translate(str.maketrans(",.", ".,"))
    return {"yes": "Ja", "no": "Nej"}.get(text, text.replace(".", ",") if heading == "varighed" else text)


TEMPLATE = (
    "1_Portfolio_identifying_data", "3_Portfolio_name", "4_Portfolio_currency_(B)",
    "5_Net_asset_valuation_of_the_portfolio_or_the_share_class_in_portfolio_currency", "6_Valuation_date",
    "12_CIC_code_of_the_instrument", "14_Identification_code_of_the_instrument",
    "15_Type_of_identification_code_for_the_instrument", "17_Instrument_name", "19_Nominal_amount",
    "21_Quotation_currency_(A)", "22_Market_valuation_in_quotation_currency_(A)",
    "24_Market_valuation_in_portfolio_currency_(B)", "26_Valuation_weight", "32_Interest_rate_type",
    "33_Coupon_rate", "39_Maturity_date", "46_Issuer_name", "49_Name_of_the_group_of_the_issuer",
    "52_Issuer_country", "59_Credit_quality_step", "90_Modified_duration_to_maturity_date",
    "97_SCR_mrkt_IR_up_weight_over_NAV", "1000_TPT_Version",
)  # fmt: skip
ISSUERS = (
    ("Svenska staten", "", "SE11", 0, 30),
    ("Region Exempel", "", "SE13", 1, 10),
    ("Exempelbanken AB", "Exempelkoncernen", "SE21", 2, 8),
    ("Exempel Hypotek AB", "Exempelkoncernen", "SE26", 0, 9),
    ("Norrbanken AB", "", "SE21", 2, 9),
    ("Verkstads AB", "", "SE21", 3, 6),
    ("Skogs AB", "", "SE21", 3, 5),
    ("Handels A/S", "", "DK21", 3, 5),
    ("Teknik AB", "", "SE31", None, 6),
    ("Läkemedels AB", "", "SE31", None, 5),
    ("Indexfonden Världen", "Fondbolaget AB", "SE43", None, 7),
)
"""Name, group, CIC code, credit quality step, and about how many per cent of the fund."""


def fund() -> None:
    """A template of version 7 with two instruments of each issuer and a cash account."""
    dice = random.Random(2026)
    rows = []
    for number, (name, group, cic, step, share) in enumerate(ISSUERS):
        for half in (1, 2):
            value = Decimal(share * 5_000_000 + dice.randrange(-400_000, 400_000)) + Decimal(dice.randrange(100)) / 100
            is_bond = cic[2] in "12"
            years = dice.randrange(1, 9) if is_bond else 0
            foreign = cic.startswith("DK")
            rows.append({
                "12": cic, "14": f"{cic[:2]}{number:04}{half:05}0", "15": "1", "17": f"{name} {half}", "46": name,
                "19": f"{value:.0f}" if is_bond else "", "21": "DKK" if foreign else "SEK", "24": value,
                "22": f"{value * 2 / 3:.2f}" if foreign else value, "49": group, "52": cic[:2],
                "32": "Fixed" if is_bond else "", "33": f"0.0{dice.randrange(10, 45)}" if is_bond else "",
                "39": f"{2026 + years}-06-15" if is_bond else "", "59": "" if step is None else step,
                "90": f"{years * Decimal('0.93'):.2f}" if is_bond else "", "97": "0.001",
            })  # fmt: skip
    rows.append({"12": "XT72", "14": "KONTO-1", "15": "99", "17": "Konto SEK", "46": "Norrbanken AB", "21": "SEK",
                 "22": Decimal("8123456.78"), "24": Decimal("8123456.78"), "52": "SE"})  # fmt: skip
    total = sum(row["24"] for row in rows)
    same = {"1": "SE0099990001", "3": "Exempelfonden", "4": "SEK", "5": total, "6": "2025-12-31",
            "1000": "V7.0 (official) dated 25 November 2024"}  # fmt: skip
    with (HERE / "tpt" / "holdings.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(TEMPLATE)
        for row in rows:
            row |= {**same, "26": f"{row['24'] / total:.6f}"}
            writer.writerow([row.get(name.partition("_")[0], "") for name in TEMPLATE])


if __name__ == "__main__":
    bank()
    danish()
    fund()
