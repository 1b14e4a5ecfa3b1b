"""Conditions on rows, as rule text."""

from .dice import Dice
from .tables import Column, Table, Wanted

SIGNS = ("<=", ">", ">=", "<", "=", "!=")
ORDER = ("<=", ">", ">=", "<")


def condition(dice: Dice, table: Table, wanted: Wanted, figures: tuple[str, ...] = (), depth: int = 2) -> str:
    """A condition on the rows of a table; `figures` are the money quantities that it may speak of."""
    form = dice.weighted(((14, "one"), (2, "and"), (2, "or"), (2, "not"))) if depth else "one"
    if form == "one":
        return _one(dice, table, wanted, figures)
    if form == "not":
        return f"not ({condition(dice, table, wanted, figures, depth - 1)})"
    parts = [condition(dice, table, wanted, figures, depth - 1) for _ in range(2)]
    if any(" or " in part for part in parts) or dice.chance(20):
        parts = [f"({part})" for part in parts]
    return f" {form} ".join(parts)


def _one(dice: Dice, table: Table, wanted: Wanted, figures: tuple[str, ...]) -> str:
    kinds = ["label", "term", "grade", "text", "flag", "date", "list", "share", "number", "days", "category"]
    columns = [column for column in table.of_kind(*kinds) if column.kind == "flag" or column.against]
    if not wanted.additive:
        columns += [column for column in table.of_kind("money") if column.against or figures]
    column = dice.pick(columns)
    if dice.chance(6) and (column.against or column.kind == "flag"):
        return _state(dice, column, wanted)
    match column.kind:
        case "label":
            return _of_labels(dice, column)
        case "category":
            return _of_category(dice, column)
        case "grade":
            return _of_grades(dice, column, table)
        case "text":
            return _of_texts(dice, column)
        case "flag":
            return dice.pick((column.name, f"not {column.name}", f"{column.name} = yes"))
        case "list":
            return f"{column.name} contains {dice.pick(column.against)}"
        case "date":
            return _of_dates(dice, column, table)
    return _of_numbers(dice, column, table, figures)


def _state(dice: Dice, column: Column, wanted: Wanted) -> str:
    states = ["is none"] if column.may_be_none else []
    if not wanted.monotone:
        states += ["is missing", "is present", "is not present"]
    if column.kind == "grade":
        states += ["is unrated", "is not unrated"]
    if column.kind == "category" or not states:
        return f"{column.name} contains {column.against[0]}" if column.kind == "list" else _equal(dice, column)
    return f"{column.name} {dice.pick(states)}"


def _equal(dice: Dice, column: Column) -> str:
    return f"{column.name} = {dice.pick(column.against)}" if column.against else f"not {column.name}"


def _of_labels(dice: Dice, column: Column) -> str:
    if dice.chance(50):
        return f"{column.name} {dice.pick(('=', '!='))} {dice.pick(column.against)}"
    listed = ", ".join(dice.some(column.against, 2, 3))
    return f"{column.name} {dice.pick(('in', 'in', 'not in'))} ({listed})"


def _of_category(dice: Dice, column: Column) -> str:
    if dice.chance(50):
        return f"{column.name} {dice.pick(('=', '!='))} {dice.pick(column.against)}"
    return f"{column.name} {dice.pick(('in', 'in', 'not in'))} {label_range(dice, column)}"


def label_range(dice: Dice, column: Column) -> str:
    """A range of a category's labels."""
    low, high = dice.some(column.against, 2, 2)
    return f"{low}..{high}"


def _of_grades(dice: Dice, column: Column, table: Table) -> str:
    others = [other.name for other in table.of_kind("grade") if other is not column]
    match dice.weighted(((6, "compare"), (2, "in"), (1, "range"), (1, "pick"), (1, "other"))):
        case "in":
            return f"{column.name} in ({', '.join(dice.some(column.against, 1, 2))})"
        case "range":
            low, high = dice.some(("A", "B", "C", "D"), 2, 2)
            return f"{column.name} in {dice.pick((f'{low}..{high}', f'{high}..{low}'))}"
        case "pick" if others:
            which = dice.pick(("better of", "worse of"))
            return f"({which} {column.name} and {others[0]}) {dice.pick(SIGNS)} {dice.pick(column.against)}"
        case "other" if others:
            return f"{column.name} {dice.pick(SIGNS)} {others[0]}"
    return f"{column.name} {dice.pick(('>=', '<', '>', '<=', '=', '!='))} {dice.pick(column.against)}"


def _of_texts(dice: Dice, column: Column) -> str:
    match dice.weighted(((4, "equal"), (2, "in"), (1, "contains"), (1, "named"))):
        case "in":
            return f"{column.name} {dice.pick(('in', 'not in'))} ({', '.join(dice.some(column.against, 1, 2))})"
        case "contains":
            return f"{column.name} contains {dice.pick(column.against)}"
        case "named" if column.name in ("issuer", "lender"):
            return f"{column.name} {dice.pick(('in', 'not in'))} friends"
    return f"{column.name} {dice.pick(('=', '!='))} {dice.pick(column.against)}"


def _of_dates(dice: Dice, column: Column, table: Table) -> str:
    term = dice.pick(("1 year", "30 days", "6 months", "2 years", "0 days", "horizon"))
    others = [other.name for other in table.of_kind("date") if other is not column]
    match dice.weighted(((5, "compare"), (2, "gap"), (1, "remaining"), (1, "between"), (1, "shift"))):
        case "gap" if others:
            return f"{column.name} - {others[0]} {dice.pick(ORDER)} {term}"
        case "remaining":
            return f"remaining({column.name}) {dice.pick(ORDER)} {term}"
        case "between":
            return f"{column.name} between 2026-06-30 and 2027-06-30"
        case "shift" if others:
            return f"{column.name} {dice.pick(ORDER)} {others[0]} {dice.pick(('+', '-'))} {term}"
    return f"{column.name} {dice.pick(SIGNS)} {dice.pick((*column.against, 'as_of'))}"


def _of_numbers(dice: Dice, column: Column, table: Table, figures: tuple[str, ...]) -> str:
    name = column.name
    if column.kind == "money" and figures and (not column.against or dice.chance(40)):
        whole = dice.pick(figures)
        return f"{name} {dice.pick(ORDER)} {dice.pick(('5%', '10%', '20%', '25%'))} of {whole}"
    if not column.against:
        return f"({name} * 2) {dice.pick(ORDER)} {name}"
    value = dice.pick(column.against)
    twins = [other.name for other in table.of_kind(column.kind) if other is not column and other.against]
    match dice.weighted(((9, "compare"), (2, "range"), (1, "in"), (1, "doubled"), (1, "twin"), (1, "pick"))):
        case "range":
            low, high = _ordered(column)
            return dice.pick((
                f"{name} between {low} and {high}", f"{name} in {low}..{high}", f"{name} in {low}..<{high}",
                f"{name} in >{low}..{high}",
            ))  # fmt: skip
        case "in":
            return f"{name} in ({', '.join(dict.fromkeys((value, dice.pick(column.against))))})"
        case "doubled":
            return f"({name} * 2) {dice.pick(ORDER)} {value}"
        case "twin" if twins:
            return f"{name} {dice.pick(SIGNS)} {dice.pick(twins)}"
        case "pick":
            return f"larger of {name} and {value} {dice.pick(ORDER)} {dice.pick(column.against)}"
    return f"{name} {dice.pick(SIGNS)} {value}"


def _ordered(column: Column) -> tuple[str, str]:
    return {
        "money": ("5 SEK", "30 SEK"), "term": ("1y", "5y"), "days": ("0 days", "30 days"), "share": ("5%", "20%"),
        "number": ("1", "3"),
    }[column.kind]  # fmt: skip
