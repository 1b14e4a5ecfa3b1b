"""Figures that several rules speak of, in one world."""

from collections.abc import Iterable
from fractions import Fraction

from rules.worlds import Row, World

RANKS = ["Regionsrådet", "Direktionen", "Vicedirektøren", "Regionsøkonomi", "Budgetansvarlig", "ingen"]


def rank(body: str | None) -> int:
    return RANKS.index(body or "ingen")


def at_least(body: str | None, lowest: str) -> bool:
    return rank(body) <= rank(lowest)


def total(rows: Iterable[Row], measure: str) -> Fraction:
    return sum((row[measure] for row in rows if row[measure] is not None), Fraction(0))


def wealth(world: World) -> list[Row]:
    """What the frame is measured of: neither cash nor deposits."""
    classes = ("danske_obligationer", "højrente", "aktier", "andet")
    return [row for row in world["beholdninger"] if row["aktivklasse"] in classes]


def share(rows: list[Row], kind: str) -> Fraction | None:
    """The percentage of a class; None if the whole is not above zero."""
    whole = total(rows, "markedsværdi")
    part = total([row for row in rows if row["aktivklasse"] == kind], "markedsværdi")
    return part * 100 / whole if whole > 0 else None


def bonds(world: World) -> list[Row]:
    return [row for row in world["beholdninger"] if row["aktivklasse"] == "danske_obligationer"]


def average_duration(world: World) -> Fraction | None:
    weighted = sum((row["varighed"] * row["markedsværdi"] for row in bonds(world)), Fraction(0))
    whole = total(bonds(world), "markedsværdi")
    return weighted / whole if whole > 0 else None


def general(world: World) -> list[Row]:
    return [row for row in world["lån"] if row["område"] == "almindelig"]


def owed(world: World, *states: str) -> list[Row]:
    return [row for row in general(world) if row["status"] in states]


def new_loans(world: World) -> list[Row]:
    return [row for row in general(world) if row["arvet_fra"] is None]


def swapped(world: World) -> Fraction:
    swaps = [row for row in world["instrumenter"] if row["art"] == "swap"]
    pays = total([row for row in swaps if row["betaler"] == "fast"], "hovedstol")
    return pays - total([row for row in swaps if row["modtager"] == "fast"], "hovedstol")


def fixed_share(world: World, *states: str) -> Fraction:
    """The percentage of the debt that is fixed, after swaps; twelve months are fixed."""
    debt = owed(world, *(states or ("hjemtaget", "foreslået_indfriet")))
    fixed = total([row for row in debt if row["rentebinding"] >= 12], "restgæld")
    return (fixed + swapped(world)) * 100 / total(debt, "restgæld")


def variable_share(world: World) -> Fraction:
    return 100 - fixed_share(world)


def lessee(world: World) -> list[Row]:
    return [row for row in world["lejeaftaler"] if row["rolle"] == "lejer"]


def wealth_after(world: World, kind: str) -> Fraction | None:
    """The percentage of a class after the trades that are proposed."""
    proposed = [row for row in world["handler"] if row["side"] == "formue" and row["status"] == "foreslået"]
    moved = [row for row in proposed if row["aktivklasse"] in ("danske_obligationer", "højrente", "aktier", "andet")]
    whole = total(wealth(world), "markedsværdi") + total(moved, "beløb")
    part = total([row for row in wealth(world) if row["aktivklasse"] == kind], "markedsværdi")
    part += total([row for row in moved if row["aktivklasse"] == kind], "beløb")
    return part * 100 / whole if whole > 0 else None


def inside(world: World) -> bool | None:
    parts = [share(wealth(world), kind) for kind in ("danske_obligationer", "højrente", "aktier")]
    if any(part is None for part in parts):
        return None
    safe, high, equity = (part for part in parts if part is not None)
    return 85 <= safe <= 100 and 0 <= high <= 5 and 0 <= equity <= 10
