"""What is wrong in `brister`, not known in `luckor`, and all with one party in `ensidigt`. Part of `generate.py`."""

from collections.abc import Iterable
from datetime import date

from town import AS_OF, ENERGY, MILLION, MUNICIPALITY, Row, Tables

KF, KS, BOARD = "Kommunfullmäktige", "Kommunstyrelsen", "Nämnd"
SINGLE_BANK = "Kustbanken"
Changes = dict[str, dict[str, Row]]
"""Table, key, and the cells that are different."""

BROKEN: Changes = {
    "bolag": {"Flygplatsen AB": {"ägarandel": 90}, "Arenan AB": {"i_koncernkonto": "no"}},
    "styrdokument": {"Finansinstruktion för internbanken": {"upphört": ""}},
    "externa_affärer": {"E05": {"hanterad_av": "Arenan AB"}},
    "beslut": {"§ 100": {"organ": KS}, "§ 104": {"organ": KS}},
    "låneramar": {"R2018": {"beslutad": date(2018, 1, 15), "belopp": 3000 * MILLION}, "R2018-T": {"beslutad_av": KS}},
    "interna_låneramar": {
        "2018-3": {"beslutad_av": KS},
        "2018-4": {"utlånat": 301 * MILLION},
        "2018-5": {"kontokredit": 361 * MILLION},
    },
    "låneprogram": {"Certifikat": {"beslutad_av": BOARD}},
    "utlåning": {"U01": {"beslutad_av": KS}, "U03": {"fullvärdesförsäkring": "no"}},
    "avvikelser": {"Av1": {"beviljad_av": BOARD}, "Av2": {"redovisad": date(2018, 6, 1)}, "Av3": {"till": ""}},
    "ansvarsområden": {"Intern kontroll och finansiell rapportering": {"innehavare": ""}},
    "priser": {
        "2018-03-1": {"internbanksavgift": "0.42"},
        "2018-04-2": {"kundränta": "1.86"},
        "2018-05-3": {"meddelat": ""},
    },
    "finansråd": {"2018-02": {"sammankallat_av": "Redovisningschef"}, "2018-05": {"dagordning": "Ränteläget"}},
    "ledamöter": {"Tjänsteman 4": {"tjänsteman": "no"}},
    "tjänster": {"T08": {"dag": date(2017, 6, 3)}},
    "leasing": {
        "A01": {"avtalspart": MUNICIPALITY},
        "A02": {"beslutad_av": BOARD, "särskilda_skäl": ""},
        "A12": {"beslutad_av": BOARD},
    },
    "derivat": {
        "D01": {"typ": "annat"},
        "D02": {"säkrat_lån": ""},
        "D22": {"nominellt": 4000 * MILLION},
        "D04": {"motpart": "Skogsbolaget AB"},
        "D06": {"affärsdag": date(2012, 2, 29)},
        "D08": {"motpart": "Svagbank"},
        "D09": {"motpart": "Offshore Swaps Ltd"},
    },
    "valutaaffärer": {
        "V01": {"hanterad_av": ENERGY},
        "V02": {"typ": "annat"},
        "V03": {"motpart": "Svagbank"},
        "V04": {"motpart": "Offshore Swaps Ltd"},
    },
    "händelser": {"H001": {"godkänd_av": ""}},
    "arbetsuppgifter": {"Upplåning": {"antal_personer": 1}},
    "externa_avtal": {"X01": {"kopia_mottagen": ""}},
    "avstämningar": {"2018-06 2": {"bolagets_saldo": 1}},
    "likviditetslägen": {"2018-06-29": {"reserv": 300 * MILLION, "nettoutbetalning": 601 * MILLION}},
    "placeringar": {
        "P01": {"förfall": date(2020, 6, 30)},
        "P02": {"instrument": "fond"},
        "P03": {"emittent": "Verkstadsbolaget AB"},
    },
    "investeringsbeslut": {"I03": {"beslutad_av": MUNICIPALITY}},
    "finansrapporter": {"2018-03": {"kvalitetssäkrad_av": "", "avsnitt": "Bilagor"}},
    "borgensramar": {"Arenan AB": {"taget": 301 * MILLION}},
    "borgen": {
        "B02": {"beslutad_av": KS, "särskilda_skäl": "", "avtal": "", "regressrätt": "no", "slutdatum": ""},
        "B03": {
            "regressrätt": "no",
            "belopp": 45 * MILLION,
            "huvudfordran": 80 * MILLION,
            "ursprunglig_huvudfordran": 100 * MILLION,
        },
        "B05": {"använd": date(2019, 12, 31), "riskutvärdering": "no", "försäkringsvillkor": "no", "avgift": "0"},
        "B06": {"avgift_beslutad_av": KS},
        "B07": {"partslag": "utomstående", "beslutad_av": KS, "säkerhet_prövad": "no"},
        "B08": {"avgift": "0.34"},
    },
    "kreditlöften": {
        "F1": {"utnyttjat": 200 * MILLION},
        "F2": {"utnyttjat": 200 * MILLION},
        "F3": {"utnyttjat": 150 * MILLION},
    },
}

BROKEN_LOANS: dict[str, Row] = {
    "L05": {"låntagarslag": "dotterbolag", "låntagare": "Arenan AB", "i_eget_namn": "yes"},
    "L06": {"form": "annan", "syfte": "placering_med_räntevinst", "alternativ_dokumenterade": "no"},
    "L08": {"form": "banklån"},
    "L09": {"form": "skuldebrev", "långivare": "Skogsbolaget AB"},
    "L10": {"långivare": "Verkstadsbolaget AB"},
    "L35": {"långivare": "Svagbank"},
    "L36": {"långivare": "Norrlandsbanken"},
    "L37": {"långivare": "Offshore Swaps Ltd"},
    "L38": {"lag": "DE"},
}
STRANGERS: list[Row] = [
    {
        "namn": "Svagbank",
        "slag": "bank",
        "land": "SE",
        "norden": "yes",
        "rating_sp": "BBB+",
        "rating_moodys": "Baa1",
        "ramavtal_derivat": "",
        "fi_tillstånd": "no",
    },
    {
        "namn": "Offshore Swaps Ltd",
        "slag": "finansinstitut",
        "land": "KY",
        "norden": "no",
        "rating_sp": "A+",
        "rating_moodys": "",
        "ramavtal_derivat": "",
        "fi_tillstånd": "no",
    },
]

UNKNOWN: Changes = {
    "bolag": {"Flygplatsen AB": {"ägarandel": "", "i_koncernkonto": ""}},
    "styrdokument": {"Finanspolicy": {"antaget": ""}},
    "externa_affärer": {"E05": {"hanterad_av": ""}},
    "beslut": {"§ 100": {"organ": ""}, "§ 104": {"organ": ""}},
    "låneramar": {"R2018": {"beslutad": "", "slag": ""}, "R2018-T": {"beslutad_av": "", "belopp": ""}},
    "interna_låneramar": {"2018-3": {"beslutad_av": ""}, "2018-4": {"utlånat": ""}, "2018-5": {"kontokredit": ""}},
    "låneprogram": {"Certifikat": {"beslutad_av": ""}},
    "utlåning": {"U01": {"beslutad_av": ""}, "U03": {"fullvärdesförsäkring": ""}},
    "avvikelser": {
        "Av1": {"beviljad_av": ""},
        "Av2": {"redovisad": date(2018, 5, 31), "nästa_rapport": "", "mindre_betydande": ""},
    },
    "ansvarsområden": {"Intern kontroll och finansiell rapportering": {"roll": ""}},
    "priser": {"2018-03-1": {"internbanksavgift": ""}, "2018-04-2": {"kundränta": ""}},
    "finansråd": {"2018-02": {"sammankallat_av": ""}, "2018-05": {"dagordning": ""}},
    "ledamöter": {"Tjänsteman 4": {"tjänsteman": ""}},
    "tjänster": {"T08": {"dag": ""}},
    "leasing": {
        "A01": {"avtalspart": "", "räntebindning": ""},
        "A02": {"beslutad_av": ""},
        "A10": {"åtagande": ""},
        "A03": {"löptid": "", "särskilda_skäl": ""},
    },
    "derivat": {
        "D01": {"typ": ""},
        "D02": {"underliggande": "", "säkrat_lån": ""},
        "D03": {"nominellt": ""},
        "D06": {"affärsdag": ""},
    },
    "valutaaffärer": {"V01": {"hanterad_av": ""}, "V02": {"typ": ""}},
    "motparter": {
        "Norrlandsbanken": {"norden": "", "fi_tillstånd": "", "rating_sp": "BBB+"},
        "Manhattan Swaps Corp": {"norden": ""},
    },
    "händelser": {"H001": {"utförd_av": ""}},
    "arbetsuppgifter": {"Upplåning": {"antal_personer": ""}},
    "avstämningar": {"2018-06 2": {"bolagets_saldo": ""}, "2018-12 3": {"månad": ""}},
    "likviditetslägen": {"2018-06-29": {"reserv": ""}},
    "placeringar": {"P01": {"förfall": "", "instrument": "", "emittent": ""}},
    "investeringsbeslut": {"I03": {"beslutad_av": ""}},
    "finansrapporter": {"2018-03": {"upprättad_av": "", "avsnitt": ""}},
    "borgensramar": {"Arenan AB": {"taget": ""}},
    "borgen": {
        "B02": {"beslutad_av": "", "ändamål": "", "särskilda_skäl": "", "avtal": "", "avgift": ""},
        "B03": {"regressrätt": "", "belopp": "", "typ": ""},
        "B05": {"beslutad": "", "riskutvärdering": "", "försäkringsvillkor": ""},
        "B06": {"avgift_beslutad_av": ""},
        "B07": {"partslag": "", "beslutad_av": "", "säkerhet_prövad": ""},
    },
    "kreditlöften": {"F1": {"belopp": "", "förfall": ""}},
    "kassaflöden": {"001": {"utbetalning": ""}},
}

UNKNOWN_LOANS: dict[str, Row] = {
    "L04": {"låntagare": ""},
    "L05": {"skuld": ""},
    "L06": {"form": "", "syfte": "", "alternativ_dokumenterade": ""},
    "L07": {"räntebindning": "", "förfall": ""},
    "L33": {"långivare": ""},
    "L36": {"långivare": ""},
    "L38": {"lag": ""},
}


def broken(tables: Tables) -> Tables:
    """Every rule is broken, or not reached, by something; but for those of `one_sided`."""
    change(tables, BROKEN)
    for loan in tables["lån"]:
        loan |= BROKEN_LOANS.get(str(loan["lånenummer"]), {})
        if str(loan["lånenummer"]) < "L25":
            loan |= {"räntebindning": 0.25, "förfall": date(2019, 9, 1)}
        if loan["långivare"] == "Kommuninvest i Sverige AB":
            loan["skuld"] = 91 * MILLION
    tables["låneramar"].append({**tables["låneramar"][1], "ram": "R2018-2", "belopp": 10 * MILLION})
    tables["motparter"] += [{**dict.fromkeys(tables["motparter"][0], ""), **one} for one in STRANGERS]
    tables["priser"] = [price for price in tables["priser"] if price["dag"] != AS_OF]
    tables["avstämningar"] = [one for one in tables["avstämningar"] if one["avstämning"] != "2018-12 3"]
    tables["offerter"] = [offer for offer in tables["offerter"] if offer["lån"] != "L01"]
    for account in tables["bankkonton"]:
        account |= {"K02": {"saldo": 401 * MILLION}, "K05": {"anmält": ""}, "K12": {"samråd": ""}}.get(
            str(account["konto"]), {}
        )
    for lease in tables["leasing"]:
        lease["räntebindning"] = 1
    tables["kassaflöden"] = [flow for flow in tables["kassaflöden"] if flow["enhet"] != "Arenan AB"]
    for flow in tables["kassaflöden"]:
        flow["utbetalning"] = int(str(flow["utbetalning"])) + 20 * MILLION
    tables["deliveries"] = list(without_first(tables["deliveries"], "duty"))
    for answer in firsts(tables["attestations"], "attest"):
        answer["answer"] = "no"
    return tables


def unknown(tables: Tables) -> Tables:
    """Every rule is left open by something that is missing."""
    change(tables, UNKNOWN)
    for loan in tables["lån"]:
        loan |= UNKNOWN_LOANS.get(str(loan["lånenummer"]), {})
    for account in tables["bankkonton"]:
        account |= {
            "K02": {"saldo": ""},
            "K05": {"i_koncernkonto": "", "anmält": ""},
            "K12": {"öppnat": "", "samråd": ""},
        }.get(str(account["konto"]), {})
    for offer in tables["offerter"]:
        if offer["lån"] == "L02":
            offer["lämnad_av"] = ""
    for flow in tables["kassaflöden"]:
        if flow["enhet"] == "Arenan AB":
            flow["dag"] = ""
    for sent in firsts(tables["deliveries"], "duty"):
        sent["delivered_on"] = ""
    for answer in firsts(tables["attestations"], "attest"):
        answer["answer"] = ""
    return tables


def one_sided(tables: Tables) -> Tables:
    """One lender, one issuer, one counterparty of all derivatives."""
    for name, column in (("lån", "långivare"), ("placeringar", "emittent"), ("derivat", "motpart")):
        for row in tables[name]:
            row[column] = SINGLE_BANK
    return tables


def change(tables: Tables, changes: Changes) -> None:
    """Other cells in the rows with these keys; a table's first column is its key."""
    for name, rows in changes.items():
        key = next(iter(tables[name][0]))
        known = {str(row[key]): row for row in tables[name]}
        for each, cells in rows.items():
            assert not set(cells) - set(known[each]), (name, each)
            known[each] |= cells


def firsts(rows: Iterable[Row], column: str) -> list[Row]:
    """The first row of each value of a column."""
    found: dict[object, Row] = {}
    for row in rows:
        found.setdefault(row[column], row)
    return list(found.values())


def without_first(rows: list[Row], column: str) -> Iterable[Row]:
    """All rows but the first of each value of a column."""
    left_out = [id(row) for row in firsts(rows, column)]
    return (row for row in rows if id(row) not in left_out)
