"""Figures and their bounds, as rule text."""

from attrs import frozen

from .conditions import condition, label_range
from .dice import Dice
from .tables import Column, Table, Wanted

BOUNDS = {
    "share": ("20%", "10%", "25%", "33.3%", "40%", "50%", "60%", "5%", "0%", "100%", "cap"),
    "money": ("20 SEK", "50 SEK", "100 SEK", "10 SEK", "0 SEK", "0.04 kSEK", "lowest_value", "supplied_value"),
    "number": ("2", "3", "1", "0", "5"),
    "term": ("3y", "1y", "5y", "18 months", "horizon"),
    "days": ("30 days", "0 days"),
    "date": ("2027-06-30", "2026-06-30", "cutoff", "as_of"),
    "grade": ("B", "A", "C", '"B+"', "D"),
}
"""What a figure of each kind is held against."""


@frozen
class Ground:
    """What aggregates of a case stand on: a table, the sums and sets of its rows that have names, whether one of the
    sums is the header's base, and the categories' columns."""

    table: Table
    sums: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    has_base: bool = False
    money: tuple[str, ...] = ()
    """Quantities of money that conditions on rows may speak of."""
    has_worlds: bool = False
    """Whether a rule may begin with `within each`."""
    in_worlds: bool = False
    """Whether the header does."""


@frozen
class Figure:
    """A figure as rule text; `open` says that a `where` stands at its end."""

    text: str
    kind: str
    open: bool = False
    base: str | None = None
    """A sum that it may be held against as a percentage."""

    @property
    def closed(self) -> str:
        """The figure as it stands inside a calculation."""
        return f"({self.text})"


def figure(dice: Dice, ground: Ground, wanted: Wanted, grouped: bool = False, depth: int = 1) -> Figure:
    """A figure over the rows of a table."""
    if not depth or not dice.chance(14):
        return _aggregate(dice, ground, wanted, grouped)
    left = _aggregate(dice, ground, wanted, grouped, ("sum", "share") if wanted.additive else ("sum", "share", "count"))
    match left.kind, dice.pick(("combined", "named", "picked")):
        case "money", "combined" if ground.sums:
            return Figure(f"{dice.pick(ground.sums)} - {left.closed}", "money")
        case "money", "named" if ground.sums and not wanted.additive:
            return Figure(f"{left.closed} / {dice.pick(ground.sums)}", "share")
        case "share", "combined":
            return Figure(f"100% - {left.closed}", "share")
        case "share", "named" if not wanted.additive and ground.table.of_kind("term"):
            column = ground.table.of_kind("term")[0].name
            average = f"average {column} weighted by {ground.table.measure} of {ground.table.name}"
            return Figure(f"{left.closed} * ({average}) / horizon", "share")
    right = _aggregate(dice, ground, wanted, grouped, (_word(left.kind),))
    if right.kind == left.kind:
        return Figure(f"{dice.pick(('larger of', 'smaller of'))} {left.closed} and {right.closed}", left.kind)
    return left


def _word(kind: str) -> str:
    return {"money": "sum", "share": "share"}.get(kind, "count")


FUNCTIONS = (
    (30, "share"), (26, "sum"), (9, "count"), (6, "distinct"), (9, "average"), (5, "median"), (5, "min"), (5, "max"),
    (4, "best"), (5, "worst"), (7, "largest"),
)  # fmt: skip


def _aggregate(dice: Dice, ground: Ground, wanted: Wanted, grouped: bool, functions: tuple[str, ...] = ()) -> Figure:
    table = ground.table
    allowed = functions or (("sum", "share") if wanted.additive else ())
    function = dice.weighted([one for one in FUNCTIONS if not allowed or one[1] in allowed])
    rows = dice.pick((table.name, table.name, *ground.sets))
    where = condition(dice, table, wanted, ground.money) if dice.chance(70) else ""
    tail = f" where {where}" if where else ""
    labels = _labels(dice, table) if dice.chance(30) else ""
    match function:
        case "share" if ground.sums or ground.has_base:
            of = "" if ground.has_base and dice.chance(60) else f" of {dice.pick(ground.sums)}" if ground.sums else ""
            if not (tail or labels or grouped):
                tail = f" where {condition(dice, table, wanted, ground.money)}"
            return Figure(f"share{labels}{of}{tail}", "share", bool(tail))
        case "count" | "distinct":
            of = _of_what(dice, table, function)
            return Figure(f"{function}{of} of {rows}{tail}", "number", bool(tail))
        case "average" | "median" | "min" | "max" | "best" | "worst":
            measured = _measured(dice, table, function, rows)
            if measured is not None:
                return Figure(measured[0] + tail, measured[1], bool(tail))
        case "largest":
            by = dice.pick([table.measure, *(column.name for column in table.of_kind("term", "share"))])
            count = dice.number(1, 4)
            text = f"sum {table.measure} of largest {count} {rows} by {by}{tail}"
            return Figure(text, "money", bool(tail), _base(ground))
    if not wanted.additive and not labels and dice.chance(15):
        column = dice.pick(table.of_kind("money", "share", "number", "term"))
        return Figure(f"sum {column.name} of {rows}{tail}", column.kind, bool(tail), _base_of(column, ground))
    if ground.has_base and dice.chance(50):
        return Figure(f"sum{labels}{tail}", "money", bool(tail), _base(ground))
    if ground.sums and dice.chance(30):
        return Figure(f"sum{labels} of {dice.pick(ground.sums)}{tail}", "money", bool(tail), _base(ground))
    return Figure(f"sum {table.measure}{labels} of {rows}{tail}", "money", bool(tail), _base(ground))


def _base(ground: Ground) -> str | None:
    return ground.sums[0] if ground.sums else None


def _base_of(column: Column, ground: Ground) -> str | None:
    return _base(ground) if column.kind == "money" else None


def _labels(dice: Dice, table: Table) -> str:
    owners = table.of_kind("category", "label")
    if not owners:
        return ""
    owner = dice.pick(owners)
    if owner.kind == "category" and dice.chance(60):
        return " " + label_range(dice, owner)
    return " " + ", ".join(dice.some(owner.against, 1, 2))


def _of_what(dice: Dice, table: Table, function: str) -> str:
    if function == "count":
        return ""
    columns = table.of_kind("text", "label", "date", "term", "grade", "category")
    return f" {dice.pick(columns).name}"


def _measured(dice: Dice, table: Table, function: str, rows: str) -> tuple[str, str] | None:
    kinds = {"average": ("money", "term", "share", "number"), "median": ("money", "term", "number", "share")}
    ordered = ("grade",) if function in ("best", "worst") else ("money", "term", "date", "number", "days")
    columns = table.of_kind(*kinds.get(function, ordered))
    if not columns:
        return None
    column = dice.pick(columns)
    weights = [table.measure, *(each.name for each in table.of_kind("number"))]
    if function == "average" and column.name not in weights and dice.chance(70):
        return f"average {column.name} weighted by {dice.pick(weights)} of {rows}", column.kind
    return f"{function} {column.name} of {rows}", column.kind


# --- bounds -----------------------------------------------------------------------------------------------------------

WORDS = {"<=": ("<=", "at most"), "<": ("<", "under"), ">=": (">=", "at least"), ">": (">", "over")}


def bound(dice: Dice, of: Figure, ground: Ground, wanted: Wanted) -> str:
    """What follows a figure: a sign and a value, or `between` two."""
    values = BOUNDS[of.kind]
    if of.kind == "money" and (wanted.free_of_money or (of.base and dice.chance(70))):
        return _of_the_base(dice, of, ground)
    if dice.chance(2):
        return f"{dice.pick(('<=', '>='))} undecided"
    if dice.chance(12) and of.kind in ("share", "money", "number", "term"):
        low, high = {
            "share": ("10%", "50%"), "money": ("10 SEK", "60 SEK"), "number": ("1", "3"), "term": ("1y", "5y"),
        }[of.kind]  # fmt: skip
        return f"between {low} and {high}"
    if dice.chance(10) and of.kind in ("share", "money"):
        pick = dice.pick(("larger of", "smaller of"))
        both = dice.some(values, 2, 2)
        return f"{_sign(dice, of.kind)} {pick} {both[0]} and {both[1]}"
    return f"{_sign(dice, of.kind)} {dice.pick(values)}"


def _of_the_base(dice: Dice, of: Figure, ground: Ground) -> str:
    shares = BOUNDS["share"][:-1]
    if ground.has_base and dice.chance(60):
        if dice.chance(15):
            return "between 10% and 50%"
        return f"{_sign(dice, 'money')} {dice.pick((*shares, 'cap'))}"
    base = of.base or dice.pick(ground.sums)
    if dice.chance(15):
        return f"between 10% and 50% of {base}"
    return f"{_sign(dice, 'money')} {dice.pick(shares)} of {base}"


def _sign(dice: Dice, kind: str) -> str:
    if kind == "number" and dice.chance(20):
        return dice.pick(("=", "!="))
    return dice.pick(WORDS[dice.weighted(((5, "<="), (3, ">="), (2, "<"), (2, ">")))])
