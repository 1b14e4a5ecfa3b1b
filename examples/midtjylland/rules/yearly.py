"""What is owed or answered every year."""

from collections.abc import Iterator
from datetime import date

from rules.worlds import Row


def yearly(tables: dict[str, list[Row]], day: date) -> Iterator[tuple[str, str, str]]:
    """The verdicts on duties and questions, period by period: rule, group, verdict."""
    for year in range(2008, day.year + 1):
        due = date(year + 1, 6, 30)
        for id in ("9-rapport", "8-lejeopgørelse"):
            sent = [row for row in tables["deliveries"] if row["pligt"] == id and row["periode"] == year]
            if any(row["leveret_den"] is not None and row["leveret_den"] <= min(day, due) for row in sent):
                verdict = "pass"
            elif any(row["leveret_den"] is None for row in sent):
                verdict = "undetermined"
            else:
                verdict = "breach" if day > due else "not applicable"
            yield id, f"period={year}", verdict
        for unit in [row["navn"] for row in tables["enheder"]]:
            verdict = answered(tables, "5-varelagre", unit, year, "Leder", date(year + 1, 3, 31), day)
            yield "5-varelagre", f"period={year};enhed={unit}", verdict
        for id in ("2-formål", "7-princip", "N-ensartet"):
            yield id, f"period={year}", answered(tables, id, None, year, "Vicedirektøren", due, day)


def answered(
    tables: dict[str, list[Row]], id: str, entity: str | None, year: int, role: str, due: date, day: date
) -> str:
    """What the last answer of the right person in time was."""
    given = [
        row for row in tables["attestations"]
        if row["attest"] == id and row["entity"] == entity and row["period"] == str(year) and row["role"] == role
        and date(year, 1, 1) <= row["answered_on"] <= min(day, due)
    ]  # fmt: skip
    if given:
        return "pass" if max(given, key=lambda row: row["answered_on"])["answer"] == "yes" else "breach"
    return "undetermined" if day > due else "not applicable"
