"""Days, bodies and questions that several chapters ask. Part of `expected.py`."""

from collections.abc import Callable
from datetime import date

from threefold import (
    Answer,
    Row,
    both,
    counted,
    day,
    either,
    no,
    number,
    same,
    upto,
    within,
    worst,
)

AS_OF = date(2018, 12, 31)
YEAR_BACK, MONTH_BACK = date(2017, 12, 31), date(2018, 11, 30)
KF, KS, DIRECTOR = "Kommunfullmäktige", "Kommunstyrelsen", "Ekonomidirektör"
PARENT, ENERGY = "Rodret i Örnsköldsvik AB", "Övik Energi AB"
PARENT_BOARD = "Moderbolagets styrelse"
BASE_AMOUNTS = {"2016": 44_300, "2017": 44_800, "2018": 45_500}
TWO_BANKING_DAYS, THREE_MONTHS = date(2019, 1, 3), date(2019, 3, 31)
OURS = ("kommun", "moderbolag", "dotterbolag")
Tables = dict[str, list[Row]]


def is_ours(row: Row) -> Answer:
    return same(row["låntagarslag"], *OURS)


def covered(row: Row) -> Answer:
    """Decided by the council, or a refinancing that an earlier decision covers."""
    return either(same(row["beslutad_av"], KF), both(row["omsättning"] == "yes", row["omfattas_av_beslut"] == "yes"))


def runs(row: Row) -> Answer:
    """Whether a frame applies on the day judged."""
    return both(upto(day(row["från"]), AS_OF), upto(AS_OF, day(row["till"])))


def per_company(t: Tables, table: str, where: Callable[[Row], Answer], soft: bool = False) -> str:
    """At least one row for every company."""
    return worst(
        within(
            counted([row for row in t[table] if row["bolag"] == company["namn"]], where), lambda many: many >= 1, soft
        )
        for company in t["bolag"]
    )


def comes(row: Row, last: date) -> Answer:
    """Whether a flow comes after the day judged, and not after another day."""
    return both(no(upto(day(row["dag"]), AS_OF)), upto(day(row["dag"]), last))


def is_financial(row: Row) -> Answer:
    """A lease of four years or more, of anything but vehicles."""
    return both(upto(4, number(row["löptid"])), no(same(row["tillgång"], "fordon")))
