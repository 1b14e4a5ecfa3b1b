"""The verdicts of chapters 4 to 7, but for the lenders. Part of `expected.py`."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from chapters_one_to_three import stretches
from register_words import (
    AS_OF,
    BASE_AMOUNTS,
    ENERGY,
    KF,
    MONTH_BACK,
    YEAR_BACK,
    Tables,
    covered,
    is_financial,
    is_ours,
    runs,
)
from threefold import (
    Answer,
    Row,
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
