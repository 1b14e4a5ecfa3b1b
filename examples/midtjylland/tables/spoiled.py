"""What is made wrong on the days of breaches, and what is left out on the day of holes."""

from datetime import date

from tables.words import UNITS, Row, Tables


def broken(tables: Tables, day: date, theme: str) -> None:
    """Break what a first day of breaches breaks, or a second: they differ where a rule can fail on two sides."""
    first = theme == "brud, alt variabelt"
    policy = tables["dokumenter"][0]
    policy |= {"vedtaget_af": "Direktionen", "lovlighed_prøvet_den": "2007-06-24", "evalueret_den": "2008-02-01"}
    tables["fuldmagter"][1] |= {"givet_af": "Regionsøkonomi"}
    tables["fuldmagter"][2] |= {"efter_indkøbspolitik": "no"}
    tables["rådgivere"][1] |= {"givet_af": "Regionsøkonomi", "efter_indkøbspolitik": "no"}
    tables["indskud"][0] |= {"beløb": 120_000_000}
    today = [row for row in tables["beholdninger"] if row["dato"] == day]
    funds = [row for row in today if row["aktivklasse"] in ("højrente", "aktier")]
    bonds = [row for row in today if row["aktivklasse"] == "danske_obligationer"]
    for row in bonds:
        row["varighed"] = "5.4"
    if first:
        for row in funds:
            row["markedsværdi"] = int(str(row["markedsværdi"])) * 3
    else:  # geared: more bonds than wealth, and funds that are sold without being owned
        for row in funds:
            row["markedsværdi"] = -int(str(row["markedsværdi"]))
        tables["forelæggelser"].append({"nummer": "F2", "emne": "formuepleje", "for": "Regionsrådet", "dato": day})
    funds[0] |= {"højrentetype": "andet"}
    funds[2] |= {"udbyttegivende": "no", "fondsgodkendt": "no", "papirtype": "andet", "form": "direkte"}
    tables["handler"][0] |= {"beordret_af": "Regionsøkonomi", "fuldmagt": ""}
    amounts = (-60_000_000, 30_000_000, 30_000_000) if first else (-10_000_000, 900_000_000, 900_000_000)
    for row, amount in zip(tables["handler"][-3:], amounts, strict=True):
        row["beløb"] = amount
    tables["bevillinger"][-1] |= {"vedtaget_af": "Direktionen", "beløb": 20_000_000}
    tables["dispensationer"][-2] |= {"søgt_af": "Direktionen", "beløb": 20_000_000, "meddelt_den": day}
    owned = tables["lån"]
    owned[5] |= {"restgæld": int(str(owned[5]["overdraget_restgæld"])) + 1}
    owned[14] |= {"valuta": "EUR", "hjemtaget_af": "Regionsøkonomi", "laveste_tilbud": "1.00", "løbetid": 40}
    if not first:
        for row in owned:
            if row["område"] == "almindelig" and row["status"] == "foreslået":
                row["rentebinding"] = 6
    tables["instrumenter"][2] |= {"formål": "andet"}
    tables["instrumenter"][0] |= {"modtager": tables["instrumenter"][0]["betaler"]}
    for row in tables["instrumenter"]:
        if row["art"] == "swap" and row["betaler"] != row["modtager"]:
            row |= {"art": "repo", "betaler": "", "modtager": ""}
    omitted = [row for row in tables["lånehændelser"] if row["art"] != "ekstraordinært_afdrag"]
    tables["lånehændelser"] = omitted
    next(row for row in omitted if row["art"] == "omlægning")["rådgiver"] = ""
    wrong_leases(tables["lejeaftaler"], day)
    tables["leasingtilbud"] = [row for row in tables["leasingtilbud"] if row["lejeaftale"] != "A003"]
    for row in tables["saldi"]:
        row["beløb"] = int(str(row["beløb"])) - 230_000_000
    fourth = ("Model 4", 80, 8, 14, "5.90", "6.10", "-0.90", "1.90", "9.10", 15)
    fifth = ("Model 5", 104, -2, -2, "4.90", "3", "0.4", "2.1", "7.6", 34)
    tables["modeller"].append(dict(zip(tables["modeller"][0], fourth if first else fifth, strict=True)))
    late = next(row for row in tables["deliveries"] if row["pligt"] == "9-rapport")
    late |= {"leveret_den": f"{int(str(late['periode'])) + 1}-09-01", "modtager": "Direktionen", "indhold": "andet"}
    tables["deliveries"] = [row for row in tables["deliveries"] if row["pligt"] != "8-lejeopgørelse"] or [late]
    for row in tables["attestations"]:
        if row["period"] == 2008 and row["entity"] in ("", UNITS[0]):
            row["answer"] = "no"


def wrong_leases(rows: list[Row], day: date) -> None:
    """One agreement after another with one thing wrong."""
    wrong: dict[int, Row] = {
        1: {"leasingform": "anden"},
        2: {"vurderet_den": day},
        3: {"beregnet_den": ""},
        5: {"terminer": ""},
        6: {"rentetype": "variabel"},
        7: {"indberettet_den": ""},
        9: {"indberettet_af": "en anden enhed"},
        11: {"tidligere_ejet": "yes"},
        13: {"finansieret_af": "driftsområdet"},
        14: {"besluttet_af": "ingen", "værdi": 150_000},
        15: {"besluttet_af": "Budgetansvarlig", "værdi": 2_400_000},
        18: {"besluttet_af": "Direktionen", "værdi": 7_500_000},
        19: {"risiko_overført": "yes", "leasingform": "operationel"},
        24: {"finansieret_af": "budgetansvarlig", "besluttet_af": "ingen", "værdi": 150_000, "deponeret": "no"},
        28: {"besluttet_af": "Budgetansvarlig", "værdi": 1_000_000, "gruppe": "E029"},
        36: {"besluttet_af": "Direktionen", "værdi": 7_500_000, "deponeret": "no", "dispensation": "LEJE-2010"},
    }
    for index, change in wrong.items():
        rows[index] |= change
    rows[36]["indgået_den"] = date(2009, 3, 1)
    rows[36] |= {"dispensation": "", "vurderet_den": date(2009, 2, 1)}


def with_holes(tables: Tables, day: date) -> None:
    """Leave out what each rule needs to be settled."""
    tables["dokumenter"][0] |= {"vedtaget_af": "", "evalueret_den": "2008-02-01"}
    for row in tables["dokumenter"]:
        if row["art"] in ("lov", "regulativbilag"):
            row |= {"senest_ændret_den": ""}
        if row["art"] == "regulativbilag":
            row["art"] = ""
    tables["fuldmagter"][1] |= {"givet_af": "", "aftalt_beløb": 150_000_000}
    tables["fuldmagter"][2] |= {"efter_indkøbspolitik": ""}
    tables["rådgivere"][1] |= {"givet_af": "", "efter_indkøbspolitik": ""}
    tables["indskud"][0] |= {"beløb": ""}
    today = [row for row in tables["beholdninger"] if row["dato"] == day]
    funds = [row for row in today if row["aktivklasse"] in ("højrente", "aktier")]
    for row in funds:
        row |= {"markedsværdi": ""}
    funds[2] |= {"udbyttegivende": ""}
    funds[3] |= {"aktivklasse": "", "papirtype": "", "fondsgodkendt": "no"}
    bonds = [row for row in today if row["aktivklasse"] == "danske_obligationer"]
    bonds[0]["varighed"] = ""
    tables["handler"][0] |= {"status": "", "beordret_af": "Regionsøkonomi", "fuldmagt": ""}
    tables["handler"][-1] |= {"beløb": ""}
    tables["forelæggelser"][0] |= {"emne": ""}
    tables["bevillinger"][-1] |= {"vedtaget_af": "", "beløb": ""}
    tables["dispensationer"][-2] |= {"søgt_af": "", "beløb": ""}
    for row in tables["lån"]:
        row |= {"rentebinding": ""}
    owned = tables["lån"]
    owned[5] |= {"restgæld": ""}
    owned[14] |= {"valuta": "", "laveste_tilbud": "", "status": "", "hjemtaget_af": "Regionsøkonomi"}
    tables["instrumenter"][0] |= {"art": "", "betaler": "fast", "modtager": "fast"}
    balancing = next(row for row in tables["instrumenter"] if row["betaler"] == "variabel")
    balancing |= {"art": "repo", "betaler": "", "modtager": ""}
    tables["lånehændelser"][0] |= {"art": "", "besluttet_af": "Regionsøkonomi"}
    tables["lejeaftaler"][3] |= {
        "rolle": "",
        "leasingform": "anden",
        "vurderet_den": day,
        "beregnet_den": "",
        "terminer": "",
        "rentetype": "variabel",
        "indberettet_den": "",
        "tidligere_ejet": "yes",
        "finansieret_af": "andet",
        "besluttet_af": "ingen",
    }
    tables["lejeaftaler"][24] |= {"rolle": "", "finansieret_af": "andet", "indberettet_af": "en anden enhed"}
    tables["lejeaftaler"][0] |= {"besluttet_af": ""}
    next(row for row in tables["lejeaftaler"] if row["dispensation"])["indgået_den"] = ""
    owned[15]["hjemtaget_den"] = ""
    tables["leasingtilbud"][0] |= {"lejeaftale": ""}
    tables["saldi"] = tables["saldi"][-300:]
    tables["modeller"] = [tables["modeller"][0] | dict.fromkeys(list(tables["modeller"][0])[1:], "")]
    for row in tables["deliveries"]:
        row |= {"modtager": "", "indhold": "", "leveret_den": ""}
    tables["attestations"] = [row for row in tables["attestations"] if row["period"] != 2008]
