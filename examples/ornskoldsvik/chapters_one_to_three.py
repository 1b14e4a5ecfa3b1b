"""The verdicts of chapters 1 to 3, but for the counterparties. Part of `expected.py`."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction

from register_words import (
    AS_OF,
    BASE_AMOUNTS,
    DIRECTOR,
    ENERGY,
    KF,
    KS,
    MONTH_BACK,
    PARENT,
    PARENT_BOARD,
    THREE_MONTHS,
    TWO_BANKING_DAYS,
    YEAR_BACK,
    Tables,
    comes,
    covered,
    is_financial,
    is_ours,
    per_company,
    runs,
)
from threefold import (
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
            lambda r: r["avsnitt"] == "kapitel 3.3",
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
