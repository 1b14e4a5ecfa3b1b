"""Works out the verdicts on the data beside it, without policydsl. Run it in its own folder: python expected.py

The rules are those of the policy, read as the notes in the rulebook say. Blank cells are unknown, or none, or no, as
the register in question says. The figures are exact.
"""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import duties
import pandas as pd
from threefold import (
    Answer,
    Row,
    body,
    both,
    counted,
    day,
    each,
    either,
    equal,
    no,
    number,
    same,
    total,
    upto,
    within,
    worst,
    yes,
)

HERE = Path(__file__).parent
FOLDERS = ("ordnat", "brister", "luckor", "ensidigt")
AS_OF = date(2018, 12, 31)
YEAR_BACK, MONTH_BACK = date(2017, 12, 31), date(2018, 11, 30)
KF, KS, DIRECTOR = "Kommunfullmäktige", "Kommunstyrelsen", "Ekonomidirektör"
PARENT, ENERGY = "Rodret i Örnsköldsvik AB", "Övik Energi AB"
PARENT_BOARD = "Moderbolagets styrelse"
BASE_AMOUNTS = {"2016": 44_300, "2017": 44_800, "2018": 45_500}
TWO_BANKING_DAYS, THREE_MONTHS = date(2019, 1, 3), date(2019, 3, 31)
OURS = ("kommun", "moderbolag", "dotterbolag")
Tables = dict[str, list[Row]]


def read(folder: Path) -> Tables:
    """All tables; of the dated ones the rows of the last day, and under `NAME, all days` those of every day."""
    tables: Tables = {}
    for path in sorted(folder.glob("*.csv")):
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        rows: list[Row] = frame.to_dict("records")
        tables[path.stem] = rows
        if "datum" in frame.columns:
            tables[f"{path.stem}, all days"] = rows
            tables[path.stem] = [row for row in rows if row["datum"] == frame["datum"].max()]
    return tables


def is_ours(row: Row) -> Answer:
    return same(row["låntagarslag"], *OURS)


def covered(row: Row) -> Answer:
    """Decided by the council, or a refinancing that an earlier decision covers."""
    return either(same(row["beslutad_av"], KF), both(row["omsättning"] == "yes", row["omfattas_av_beslut"] == "yes"))


def runs(row: Row) -> Answer:
    """Whether a frame applies on the day judged."""
    return both(upto(day(row["från"]), AS_OF), upto(AS_OF, day(row["till"])))


def organisation(t: Tables) -> dict[str, str]:
    """Chapters 1 and 2."""
    frame = total(t["låneramar"], "belopp", runs)
    replaced = (
        "Örnsköldsviks kommuns finanspolicy",
        "Finansinstruktion för helägda bolag",
        "Finansinstruktion för internbanken",
    )
    return {
        "0-antagen": each(
            t["styrdokument"],
            lambda r: both(
                either(
                    r["namn"] != "Finanspolicy",
                    both(same(r["antaget_av"], KF), upto(date(2016, 12, 19), day(r["antaget"]))),
                ),
                either(r["namn"] not in replaced, r["upphört"] != "" and r["upphört"] <= "2016-12-19"),
            ),
        ),
        "1.1-helägda": each(t["bolag"], lambda r: equal(number(r["ägarandel"]), 100)),
        "2.1-samordning": each(
            t["externa_affärer"],
            lambda r: either(
                same(r["hanterad_av"], "Internbanken"),
                r["särskilda_skäl"] != "",
                r["slag"] == "lån" and r["enhet"] == PARENT,
                r["slag"] == "leasing" and r["enhet"] == ENERGY and r["objekt"] == "Hörneborgsverket",
            ),
        ),
        "2.2.3-eget-namn": each(
            t["lån"],
            lambda r: either(same(r["låntagare"], PARENT), r["särskilda_skäl"] != ""),
            lambda r: both(r["i_eget_namn"] == "yes", same(r["låntagarslag"], "moderbolag", "dotterbolag")),
        ),
        "2.2.1-finanspolicy": each(
            t["beslut"], lambda r: same(r["organ"], KF), lambda r: r["ärende"] == "finanspolicy"
        ),
        "2.2.1-avgiftsregler": each(
            t["beslut"], lambda r: same(r["organ"], KF), lambda r: r["ärende"] == "avgiftsregler"
        ),
        "2.2.1-låneram": each(
            t["låneramar"],
            lambda r: both(same(r["beslutad_av"], KF), no(upto(day(r["från"]), day(r["beslutad"])))),
            lambda r: same(r["slag"], "årlig"),
        ),
        "2.2.1-låneram-finns": within(
            counted(t["låneramar"], lambda r: both(same(r["slag"], "årlig"), runs(r))), lambda many: many == 1
        ),
        "2.2.1-utökad-ram": each(
            t["låneramar"], lambda r: same(r["beslutad_av"], KF), lambda r: same(r["slag"], "tillägg")
        ),
        "2.2.1-interna-ramar": each(t["interna_låneramar"], lambda r: same(r["beslutad_av"], KF)),
        "2.2.1-extern-utlåning": each(t["utlåning"], lambda r: same(r["beslutad_av"], KF), lambda r: yes(r["extern"])),
        "2.2.1-extern-borgen": each(t["borgen"], covered, lambda r: no(same(r["partslag"], "helägt_bolag"))),
        "2.2.1-borgen-utanför": each(
            t["borgen"], covered, lambda r: both(same(r["partslag"], "helägt_bolag"), yes(r["utanför_samordningen"]))
        ),
        "2.2.2-låneprogram": each(
            t["låneprogram"],
            lambda r: either(
                same(r["beslutad_av"], KF),
                both(same(r["beslutad_av"], KS), None if frame is None else number(r["belopp"]) <= frame[0]),
            ),
        ),
        "2.2.2-avvikelser": each(
            t["avvikelser"],
            lambda r: either(body(r["beviljad_av"], KS), same(r["beviljad_av"], DIRECTOR)),
            lambda r: r["avsnitt"] == "3.3",
        ),
        "2.2.5-avsteg": each(
            t["avvikelser"],
            lambda r: both(r["till"] != "", yes(r["mindre_betydande"]), r["skäl"] != ""),
            lambda r: same(r["beviljad_av"], DIRECTOR),
        ),
        "2.2.5-redovisning": each(
            t["avvikelser"],
            lambda r: False if r["redovisad"] == "" else upto(day(r["redovisad"]), day(r["nästa_rapport"])),
            lambda r: both(
                same(r["beviljad_av"], DIRECTOR), yes(r["behöver_redovisas"]), upto(day(r["nästa_rapport"]), AS_OF)
            ),
        ),
        "2.2.7-ansvar": each(
            t["ansvarsområden"],
            lambda r: both(same(r["roll"], "Finansstrateg"), r["innehavare"] != ""),
            lambda r: r["område"] == "Intern kontroll och finansiell rapportering",
        ),
        "2.2.7-service": per_company(
            t, "tjänster", lambda r: both(no(upto(day(r["dag"]), YEAR_BACK)), upto(day(r["dag"]), AS_OF)), soft=True
        ),
        "2.2-leasing-kommunen": each(
            t["leasing"],
            lambda r: body(r["beslutad_av"], lease_body(r)) if lease_body(r) else None,
            lambda r: both(is_financial(r), same(r["enhetsslag"], "kommun")),
        ),
        "2.2-leasing-bolagen": each(
            t["leasing"],
            lambda r: either(
                same(r["beslutad_av"], KF),
                both(same(r["beslutad_av"], PARENT_BOARD), same(lease_body(r), PARENT_BOARD)),
            ),
            lambda r: both(is_financial(r), same(r["enhetsslag"], "bolag")),
        ),
        "2.2.8-sammankallande": each(t["finansråd"], lambda r: same(r["sammankallat_av"], "Finansstrateg")),
        "2.2.8-ledamöter": each(
            t["ledamöter"], lambda r: both(yes(r["tjänsteman"]), same(r["utsedd_av"], DIRECTOR, f"Vd för {PARENT}"))
        ),
    }


def lease_body(row: Row) -> str:
    """Who decides on a financial lease; blank if that is not known."""
    if "" in (row["löptid"], row["åtagande"], row["avtalat"], row["enhetsslag"]):
        return ""
    term, large = Fraction(row["löptid"]), Fraction(row["åtagande"]) >= 100 * BASE_AMOUNTS[row["avtalat"][:4]]
    if term > 15 or large:
        return KF
    if row["enhetsslag"] == "bolag":
        return PARENT_BOARD
    return KS if term > 10 else "Nämnd"


def per_company(t: Tables, table: str, where: Callable[[Row], Answer], soft: bool = False) -> str:
    """At least one row for every company."""
    return worst(
        within(
            counted([row for row in t[table] if row["bolag"] == company["namn"]], where), lambda many: many >= 1, soft
        )
        for company in t["bolag"]
    )


def risks(t: Tables) -> dict[str, str]:
    """Chapter 3."""
    rates = [row for row in t["derivat"] if row["underliggande"] != "el"]
    ours = total(t["lån"], "skuld", is_ours)
    hedged = total(t["derivat"], "nominellt", lambda r: same(r["underliggande"], "ränta"))
    placed = [row for row in t["placeringar"] if row["ägare"] == "kommunkoncernen"]
    return {
        "3.2-reserv": reserve(t),
        "3.2-rapporterat": worst(
            within(
                counted([r for r in t["kassaflöden"] if r["enhet"] == unit["namn"]], lambda r: comes(r, THREE_MONTHS)),
                lambda many: many >= 1,
            )
            for unit in t["enheter"]
        ),
        "3.3-säkring": each(t["derivat"], lambda r: r["säkrat_lån"] != "", lambda r: same(r["underliggande"], "ränta")),
        "3.3-säkrad-volym": "undetermined"
        if ours is None or hedged is None
        else within((hedged[0] - ours[0], hedged[1] - ours[0]), lambda over: over <= 0),
        "3.3-motpartsandel": concentration(
            t["derivat"], rates, "motpart", "nominellt", lambda part: part < Fraction(60, 100)
        ),
        "3.3-instrument": each(
            t["derivat"],
            lambda r: same(r["typ"], "ränteswap", "räntetermin", "ränteoption"),
            lambda r: same(r["underliggande"], "ränta"),
        ),
        "3.4-internbanken": each(
            t["valutaaffärer"], lambda r: same(r["hanterad_av"], "Internbanken"), lambda r: r["för_elhandel"] != "yes"
        ),
        "3.4-instrument": each(
            t["valutaaffärer"],
            lambda r: same(r["typ"], "avista", "valutatermin", "valutaswap", "valutaoption"),
            lambda r: r["för_elhandel"] != "yes",
        ),
        "3.5-emittenter": spread(placed, "emittent"),
        "3.5-långivare": spread([row for row in t["lån"] if is_ours(row)], "långivare", soft=True),
        "3.5-kontosaldo": balances(t["bankkonton, all days"]),
        "3.6-fler-än-en": within(
            counted(t["arbetsuppgifter"], lambda r: no(upto(2, number(r["antal_personer"])))),
            lambda many: many == 0,
            soft=True,
        ),
        "3.6-dualitet": each(
            t["händelser"],
            lambda r: both(
                r["godkänd_av"] != "", None if r["utförd_av"] == "" else no(same(r["utförd_av"], r["godkänd_av"]))
            ),
        ),
        "3.6-anmälda-konton": each(
            t["bankkonton"], lambda r: r["anmält"] != "", lambda r: no(yes(r["i_koncernkonto"]))
        ),
        "3.6-nya-konton": each(
            t["bankkonton"], lambda r: r["samråd"] == "yes", lambda r: upto(date(2016, 12, 19), day(r["öppnat"]))
        ),
        "3.6-avtalskopior": each(t["externa_avtal"], lambda r: r["kopia_mottagen"] != ""),
        "3.6-avstämning": each(
            t["avstämningar"], lambda r: equal(number(r["internbankens_saldo"]), number(r["bolagets_saldo"]))
        ),
        "3.6-avstämt-varje-månad": per_company(
            t, "avstämningar", lambda r: both(no(upto(day(r["månad"]), MONTH_BACK)), upto(day(r["månad"]), AS_OF))
        ),
    }


def comes(row: Row, last: date) -> Answer:
    """Whether a flow comes after the day judged, and not after another day."""
    return both(no(upto(day(row["dag"]), AS_OF)), upto(day(row["dag"]), last))


def reserve(t: Tables) -> str:
    """The reserve against half of the need; any amount that is not known leaves it open."""

    def net(last: date) -> Fraction | None:
        coming = [row for row in t["kassaflöden"] if comes(row, last) is not False]
        if any("" in (row["dag"], row["inbetalning"], row["utbetalning"]) for row in coming):
            return None
        return sum((Fraction(row["inbetalning"]) - Fraction(row["utbetalning"]) for row in coming), Fraction(0))

    soon, later = net(TWO_BANKING_DAYS), net(THREE_MONTHS)
    free = [row["saldo"] for row in t["bankkonton"] if row["bundet"] != "yes"]
    placed = [
        row["marknadsvärde"]
        for row in t["placeringar"]
        if row["ägare"] == "kommunkoncernen" and date.fromisoformat(row["likvid"]) <= TWO_BANKING_DAYS
    ]
    unused = [
        (row["belopp"], row["utnyttjat"])
        for row in t["kreditlöften"]
        if row["förfall"] == "" or date.fromisoformat(row["förfall"]) > AS_OF
    ]
    if soon is None or later is None or "" in free or "" in placed or any("" in pair for pair in unused):
        return "undetermined"
    held = (
        sum(map(Fraction, [*free, *placed]))
        + sum(Fraction(whole) - Fraction(used) for whole, used in unused)
        + max(soon, Fraction(0))
    )
    return "pass" if held >= max(-later, Fraction(0)) / 2 else "breach"


def spread(rows: list[Row], column: str, soft: bool = False) -> str:
    """At least two different values; a blank may be any."""
    known = {row[column] for row in rows} - {""}
    blank = any(row[column] == "" for row in rows)
    return within((max(len(known), 1), len(known) + blank), lambda many: many >= 2, soft)


def concentration(
    rows: list[Row], counting: list[Row], column: str, measure: str, holds: Callable[[Fraction], bool]
) -> str:
    """The share of each group, as advice; what is not known leaves it open."""
    if any(row[measure] == "" or row["underliggande"] == "" for row in counting):
        return "undetermined"
    whole = sum((Fraction(row[measure]) for row in counting), Fraction(0))
    groups = {row[column] for row in rows}
    shares = [
        sum((Fraction(r[measure]) for r in counting if r[column] == group), Fraction(0)) / whole for group in groups
    ]
    return "pass" if all(holds(share) for share in shares) else "deviation"


def stretches(rows: list[Row], first: date) -> list[tuple[int, list[Row]]]:
    """The rows that stood from day to day, from the first day to the day judged, with how many days they stood."""
    days = sorted({date.fromisoformat(row["datum"]) for row in rows})
    ends = [*days[1:], AS_OF + timedelta(days=1)]
    return [
        ((end - max(start, first)).days, [row for row in rows if row["datum"] == start.isoformat()])
        for start, end in zip(days, ends, strict=True)
        if end > first
    ]


def balances(rows: list[Row]) -> str:
    """The average over the days of a year, all accounts with one bank together."""
    if any(row["saldo"] == "" for row in rows):
        return "undetermined"
    pieces = stretches(rows, date(2018, 1, 1))
    assert sum(days for days, _ in pieces) == 365
    sums = {
        bank: sum(days * Fraction(row["saldo"]) for days, piece in pieces for row in piece if row["motpart"] == bank)
        for bank in {row["motpart"] for row in rows}
    }
    return "pass" if all(amount <= 365 * 400_000_000 for amount in sums.values()) else "breach"


def lenders(rows: list[Row]) -> str:
    """The average over the days of two years of each lender's part of the group's debt."""
    pieces = stretches([row for row in rows if is_ours(row)], date(2017, 1, 1))
    assert sum(days for days, _ in pieces) == 730
    verdicts = []
    for lender in {row["långivare"] for row in rows}:
        low = high = Fraction(0)
        for days, piece in pieces:
            known = sum(Fraction(row["skuld"] or 0) for row in piece)
            part = sum(Fraction(row["skuld"] or 0) for row in piece if row["långivare"] == lender) / known
            blanks = {row["långivare"] == lender for row in piece if row["skuld"] == ""}
            low += days * (0 if False in blanks else part)
            high += days * (1 if True in blanks else part)
        verdicts.append(within((low / 730, high / 730), lambda share: share <= Fraction(75, 100), soft=True))
    return worst(verdicts)


def liquidity(t: Tables, price_age: str) -> dict[str, str]:
    """Chapter 4."""
    ours = [row for row in t["placeringar"] if row["ägare"] == "kommunkoncernen"]
    frames = [row for row in t["interna_låneramar"] if runs(row)]

    def cost(r: Row) -> Fraction:
        return (Fraction(r["räntekostnad"]) + Fraction(r["löfteskostnad"])) / Fraction(r["genomsnittlig_skuld"]) * 100

    def fee(r: Row) -> Fraction:
        return Fraction(r["administrativ_avgift"]) + Fraction(r["marknadspåslag"])

    def allowed(r: Row) -> Fraction:
        return Fraction(r["belopp"]) + Fraction(r["rörelsekredit"] or 0)

    def in_a_year(r: Row) -> Answer:
        bought = date.fromisoformat(r["köpt"])
        return upto(day(r["förfall"]), bought.replace(year=bought.year + 1))

    def half(r: Row) -> Answer:
        need, reserve = number(r["nettoutbetalning"]), number(r["reserv"])
        return None if need is None else upto(max(need, Fraction(0)) / 2, reserve)

    return {
        "4.1-koncernkonto": each(t["bolag"], lambda r: yes(r["i_koncernkonto"])),
        "4.1-alltid": each(t["likviditetslägen"], half),
        "4.1-löptid": each(ours, in_a_year),
        "4.1-instrument": each(
            ours, lambda r: same(r["instrument"], "bankinlåning", "räntebärande_värdepapper", "certifikat")
        ),
        "4.2-försäkring": each(t["utlåning"], lambda r: yes(r["fullvärdesförsäkring"])),
        "4.2-ram": each(frames, lambda r: upto(number(r["utlånat"]), number(r["belopp"]))),
        "4.2-kontokredit": each(frames, lambda r: upto(number(r["kontokredit"]), allowed(r))),
        "2.2.7-avgift": each(t["priser"], lambda r: equal(number(r["internbanksavgift"]), fee(r))),
        "4.2-pris": each(t["priser"], lambda r: equal(number(r["kundränta"]), cost(r) + fee(r))),
        "4.2-meddelat": each(t["priser"], lambda r: r["meddelat"] != ""),
        "4.2-uppdaterat": within(
            counted(
                t["priser"], lambda r: None if price_age == "" else MONTH_BACK < date.fromisoformat(r["dag"]) <= AS_OF
            ),
            lambda many: many >= 1,
        ),
        "4.2-finansråd": within(
            counted(
                t["finansråd"],
                lambda r: both(
                    None if r["dagordning"] == "" else "Marknadsmässigt påslag" in r["dagordning"],
                    YEAR_BACK < date.fromisoformat(r["dag"]) <= AS_OF,
                ),
            ),
            lambda many: many >= 1,
        ),
        "4.2-investeringar": each(t["investeringsbeslut"], lambda r: same(r["beslutad_av"], r["enhet"])),
    }


def financing(t: Tables) -> dict[str, str]:
    """Chapter 5."""
    forms = ("obligation", "löpande_skuldebrev", "banklån", "kontokredit", "skuldebrev")
    frame, debt, leased = (
        total(t["låneramar"], "belopp", runs),
        total(t["lån"], "skuld", is_ours),
        total(t["leasing"], "skuld", is_financial),
    )
    return {
        "5-ram": "undetermined"
        if None in (frame, debt, leased)
        else within((debt[0] + leased[0] - frame[0], debt[1] + leased[1] - frame[0]), lambda over: over <= 0),
        "5-räntevinst": each(t["lån"], lambda r: no(same(r["syfte"], "placering_med_räntevinst"))),
        "5-dokumentation": each(t["lån"], lambda r: yes(r["alternativ_dokumenterade"]), is_ours),
        "5.2-former": each(t["lån"], lambda r: same(r["form"], *forms), is_ours),
        "5.2-stora-avtal": each(
            t["leasing"],
            lambda r: either(
                both(same(r["avtalspart"], "Internbanken"), r["speglad_till"] != ""),
                r["enhet"] == ENERGY and r["objekt"] == "Hörneborgsverket",
            ),
            lambda r: both(
                is_financial(r),
                either(
                    no(upto(number(r["löptid"]), 15)),
                    no(upto(number(r["åtagande"]), 100 * BASE_AMOUNTS[r["avtalat"][:4]])),
                ),
            ),
        ),
        "5.2-leasing": each(t["leasing"], lambda r: r["särskilda_skäl"] != "", is_financial),
        "5.3-kreditgivare": lenders(t["lån, all days"]),
        "3.3-leasing": leasing_fixing([row for row in t["leasing"] if is_financial(row) is not False]),
    }


def is_financial(row: Row) -> Answer:
    """A lease of four years or more, of anything but vehicles."""
    return both(upto(4, number(row["löptid"])), no(same(row["tillgång"], "fordon")))


def leasing_fixing(rows: list[Row]) -> str:
    """The average fixing, each krona counting the same."""
    if any(row["räntebindning"] == "" or row["löptid"] == "" for row in rows):
        return "undetermined"
    whole = sum(Fraction(row["skuld"]) for row in rows)
    average = sum(Fraction(row["skuld"]) * Fraction(row["räntebindning"]) for row in rows) / whole
    return "pass" if 2 <= average <= 10 else "breach"


def guarantees(t: Tables) -> dict[str, str]:
    """Chapter 6."""
    rows = t["borgen"]

    def in_step(r: Row) -> Answer:
        left = number(r["belopp"])
        part = Fraction(r["huvudfordran"]) / Fraction(r["ursprunglig_huvudfordran"])
        return None if left is None else left / Fraction(r["ursprungligt_belopp"]) <= part

    def in_time(r: Row) -> Answer:
        decided = day(r["beslutad"])
        return None if decided is None else upto(day(r["använd"]), decided.replace(year=decided.year + 2))

    def none(where: Callable[[Row], Answer]) -> str:
        return within(counted(rows, where), lambda many: many == 0, soft=True)

    def for_loan(r: Row) -> Answer:
        return both(same(r["partslag"], "helägt_bolag"), same(r["ändamål"], "lån"), no(upto(number(r["avgift"]), 0)))

    return {
        "6-beslut": each(rows, covered),
        "6-ram": each(t["borgensramar"], lambda r: upto(number(r["taget"]), number(r["belopp"]))),
        "6-undantag": each(
            rows,
            lambda r: either(same(r["ändamål"], "pension"), r["särskilda_skäl"] != ""),
            lambda r: same(r["partslag"], "helägt_bolag", "minoritetsbolag"),
        ),
        "6-avtal": each(rows, lambda r: r["avtal"] != "", lambda r: no(same(r["ändamål"], "pension"))),
        "6-regress": each(rows, lambda r: yes(r["regressrätt"]), lambda r: r["avtal"] != ""),
        "6-proprieborgen": each(
            rows, lambda r: both(same(r["typ"], "proprieborgen"), r["slutdatum"] != "", r["maxbelopp"] != "")
        ),
        "6-amortering": each(rows, in_step, lambda r: same(r["ändamål"], "lån")),
        "6-utomstående": none(lambda r: same(r["partslag"], "utomstående")),
        "6-24-månader": each(rows, in_time, lambda r: r["använd"] != ""),
        "6-riskutvärdering": none(lambda r: no(both(yes(r["riskutvärdering"]), yes(r["alternativ_redovisade"])))),
        "6-säkerhet": each(rows, lambda r: yes(r["säkerhet_prövad"]), lambda r: same(r["partslag"], "utomstående")),
        "6-försäkring": none(lambda r: no(yes(r["försäkringsvillkor"]))),
        "6-avgift": none(lambda r: upto(number(r["avgift"]), 0)),
        "6-avgiftsnivå": each(rows, lambda r: equal(number(r["avgift"]), number(r["marknadspåslag"])), for_loan),
        "6-pensionsavgift": each(
            rows,
            lambda r: same(r["avgift_beslutad_av"], KF),
            lambda r: both(same(r["partslag"], "helägt_bolag"), same(r["ändamål"], "pension")),
        ),
    }


CHAPTERS = {
    "7-likvidsituation": ["Likvidsituation"],
    "7-finansiering": ["Finansiering per motpart", "Finansieringens förfall", "Genomsnittlig löptid"],
    "7-placering": ["Placering per motpart", "Placeringarnas förfall"],
    "7-internbank": ["Intern in- och utlåning per motpart", "Räntenivå"],
    "7-räntehantering": ["Derivat per motpart", "Ränteförfall", "Duration"],
    "7-marknadsläge": ["Marknadsläge"],
    "7-valuta": ["Valutaexponering", "Valutarisk"],
    "7-jämförelse": [
        f"Utfall {risk}" for risk in ("ränterisk", "valutarisk", "motpartsrisk", "finansieringsrisk", "likviditetsrisk")
    ],
}


def reporting(t: Tables) -> dict[str, str]:
    """Chapter 7, but for what is owed from time to time."""
    rows = t["finansrapporter"]
    return {
        "7-kvalitetssäkring": each(
            rows,
            lambda r: both(
                r["kvalitetssäkrad_av"] != "",
                None if r["upprättad_av"] == "" else no(same(r["upprättad_av"], r["kvalitetssäkrad_av"])),
            ),
        ),
        **{
            rule: each(
                rows, lambda r, parts=parts: None if r["avsnitt"] == "" else set(parts) <= set(r["avsnitt"].split(";"))
            )
            for rule, parts in CHAPTERS.items()
        },
    }


def verdicts(folder: Path) -> dict[str, str]:
    """The verdict on every rule."""
    tables = read(folder)
    parameters = (folder / "parameters.txt").read_text(encoding="utf-8")
    return {
        **organisation(tables),
        **risks(tables),
        **liquidity(tables, parameters),
        **financing(tables),
        **guarantees(tables),
        **reporting(tables),
        **duties.verdicts(tables, AS_OF),
    }


def main(place: Path = HERE) -> None:
    """The verdicts on all folders, in one file."""
    found = {folder: verdicts(place / folder) for folder in FOLDERS}
    with (place / "expected.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["rule", *FOLDERS])
        writer.writerows([rule, *(found[folder][rule] for folder in FOLDERS)] for rule in found[FOLDERS[0]])


if __name__ == "__main__":
    main()
