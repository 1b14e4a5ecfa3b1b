"""The verdicts on what is owed from time to time, and on questions to persons. Part of `expected.py`."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from threefold import Row, worst

Tables = dict[str, list[Row]]
COMPANIES, UNITS, SUBSIDIARIES = "bolag", "enheter", "dotterbolag"

OWED: dict[str, tuple[str, str]] = {
    "0-utvärdering": ("year, 12-31", ""),
    "2.2.3-förslag": ("year, 10-31", ""),
    "2.2.4-äskande": ("year, 09-30", SUBSIDIARIES),
    "7-finansrapport-månad": ("month", ""),
    "7-finansrapport-tertial": ("four months", ""),
    "7-bolagsrapport": ("month", COMPANIES),
    "7-likviditet-0-3": ("month", UNITS),
    "7-likviditet-1-2": ("four months", UNITS),
    "7-saldon-utanför": ("month", COMPANIES),
    "7-externa-lån": ("month", COMPANIES),
    "7-engagemang": ("month", COMPANIES),
    "7-övriga-poster": ("month", COMPANIES),
}
REVIEWED = {"7-finansrapport-månad"}

DIRECTOR, STRATEGIST = "Ekonomidirektör", "Finansstrateg"
ASKED: dict[str, tuple[str, str]] = {
    **dict.fromkeys(
        [
            "1-kommunallag",
            "1.2-mål",
            "2.1-helhet",
            "2.2.5-ansvar",
            "2.2.6-redovisningschef",
            "3.6-operativ-risk",
            "3.6-ansvar",
            "3.6-kompetens",
            "3.6-riktlinjer",
            "4.2-transparens",
            "6-restriktiv",
            "7-syfte",
        ],
        (DIRECTOR, ""),
    ),
    **dict.fromkeys(
        [
            "2.2.7-löpande",
            "3.1-spridning",
            "3.3-förståelse",
            "3.3-optionsverktyg",
            "3.5-kreditvärdighet",
            "3.6-rutiner",
            "3.6-system",
            "4.1-användning",
            "4.1-mål",
            "5-konkurrens",
        ],
        (STRATEGIST, ""),
    ),
    "3.6-bolagens-linje": ("Vd", COMPANIES),
    "4.2-insyn": (STRATEGIST, "utlåning"),
}
ASKED_ONCE = ("6-riskbegränsning", "6-kostnad")


def periods(kind: str) -> Iterator[tuple[str, date]]:
    """The name of each period since 2017 and the last day for it."""
    for year in (2017, 2018):
        if kind.startswith("year"):
            yield str(year), date.fromisoformat(f"{year}-{kind[-5:]}")
        elif kind == "month":
            for month in range(1, 13):
                yield f"{year}-{month:02}", month_end(year, month + 1)
        else:
            for nth in (1, 2, 3):
                yield f"{year}-T{nth}", month_end(year, 4 * nth + 2)


def month_end(year: int, month: int) -> date:
    """The last day of a month, the thirteenth being the first of the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, monthrange(year, month)[1])


def entities(tables: Tables, name: str) -> list[str]:
    """Whom a duty or a question asks: each row of a table, or nobody in particular."""
    return [next(iter(row.values())) for row in tables[name]] if name else [""]


def verdicts(tables: Tables, as_of: date) -> dict[str, str]:
    """The worst verdict on each duty and each question."""
    sent: dict[tuple[str, str, str], list[Row]] = {}
    for row in tables["deliveries"]:
        sent.setdefault((row["duty"], row["entity"], row["period"]), []).append(row)
    said = {(row["attest"], row["entity"], row["period"]): row for row in tables["attestations"]}
    found: dict[str, str] = {}
    for duty, (kind, of) in OWED.items():
        found[duty] = worst(
            delivered(sent.get((duty, entity, period), []), last, duty in REVIEWED, as_of)
            for period, last in periods(kind)
            for entity in entities(tables, of)
        )
    for question, (role, of) in ASKED.items():
        found[question] = worst(
            answered(said.get((question, entity, str(year))), role, year, as_of)
            for year in (2017, 2018)
            for entity in entities(tables, of)
        )
    for question in ASKED_ONCE:
        found[question] = worst(
            answered(said.get((question, entity, "")), STRATEGIST, None, as_of) for entity in entities(tables, "borgen")
        )
    return found


def delivered(rows: list[Row], last: date, reviewed: bool, as_of: date) -> str:
    """What came for one period."""
    if not rows:
        return "breach" if last < as_of else "not applicable"
    [row] = rows
    if row["delivered_on"] == "":
        return "undetermined"
    late = date.fromisoformat(row["delivered_on"]) > last
    alone = reviewed and row["prepared_by"].casefold() == row["reviewed_by"].casefold()
    return "breach" if late or alone else "pass"


def answered(row: Row | None, role: str, year: int | None, as_of: date) -> str:
    """What was said of one period; of no period in particular it may still be said."""
    if row is None:
        return "undetermined" if year is not None and date(year, 12, 31) < as_of else "not applicable"
    assert row["role"] == role and row["person"]
    return {"yes": "pass", "no": "breach", "": "undetermined"}[row["answer"]]
