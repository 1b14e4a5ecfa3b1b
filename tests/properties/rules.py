"""Rules and tables of limits of a generated case, as rule text."""

import re
from collections.abc import Iterator
from decimal import Decimal

from .conditions import condition
from .dice import Dice
from .figures import BOUNDS, Figure, Ground, bound, figure
from .tables import Column, Table, Wanted


def rule(dice: Dice, name: str, ground: Ground, wanted: Wanted, conditions: tuple[str, ...]) -> str:
    """A rule; `conditions` are conditions on the whole run that may stand after `when` and `unless`."""
    forms = ((13, "figure"), (3, "each"), (2, "no"), (2, "holds"))
    form = dice.weighted(forms[:1] if wanted.additive else forms)
    own = conditions if ground.table.name == "positions" else _of_no_table(conditions)
    prefixes, grouped = _prefixes(dice, ground, own, rows=form in ("each", "no"))
    said = {"figure": _figure, "each": _each, "no": _no, "holds": _holds}[form](dice, ground, wanted, grouped)
    text = f"rule {name}: {prefixes}{said[0]}"
    if dice.chance(7):
        others = own if ground.has_worlds or grouped else conditions
        unless = _row_condition(dice, ground, wanted) if form in ("each", "no") else dice.pick(others)
        text += f" unless {unless}"
    if dice.chance(5):
        text += f"\n  {dice.pick(('valid from 2026-01-01', 'valid until 2026-01-01', 'valid from 2026-06-30'))}"
    if dice.chance(10) and said[1]:
        text += f"\n  warn at {said[1]}"
    return text


def _of_no_table(conditions: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(condition for condition in conditions if condition.split()[-1] == "crisis" or "as_of" in condition)


def _row_condition(dice: Dice, ground: Ground, wanted: Wanted) -> str:
    return condition(dice, ground.table, wanted, ground.money, 1)


def _prefixes(dice: Dice, ground: Ground, conditions: tuple[str, ...], rows: bool) -> tuple[str, bool]:
    names = [column.name for column in ground.table.of_kind("text", "label", "category", "flag", "grade")]
    found: list[str] = []
    grouped = dice.chance(12 if rows else 30)
    if ground.has_worlds and dice.chance(27):
        found.append(f"within each {dice.pick(('portfolio', *names))}: ")
    if grouped:
        found.append(f"per {', '.join(dice.some(names, 1, 1 if dice.chance(75) else 2))}: ")
    if dice.chance(10):
        worlds = any(prefix.startswith("within") for prefix in found)
        when = dice.pick(_of_no_table(conditions) if ground.in_worlds else conditions)
        # What counts rows is asked after the worlds are named.
        least = int(worlds and when not in _of_no_table(conditions))
        found.insert(dice.number(least, len(found)), f"when {when}: ")
    return "".join(found), grouped


def _figure(dice: Dice, ground: Ground, wanted: Wanted, grouped: bool) -> tuple[str, str | None]:
    of = figure(dice, ground, wanted, grouped)
    held = bound(dice, of, ground, wanted)
    joint = dice.weighted(((7, " "), (2, " must be "), (2, " should be ")))
    text = f"{of.text}{joint}{held}"
    in_shares = of.kind == "share" or ("%" in held and of.base is not None)
    if dice.chance(8) and in_shares and "undecided" not in held and "cap" not in held:
        text += f", norm {dice.pick(('30%', '15%'))}"
    return text, _warned(dice, held) if in_shares or "%" not in held else None


_HELD = re.compile(r"(?P<sign><=?|>=?|at most|at least|under|over) (?P<number>[\d.]+)(?P<unit>%|y| SEK|)(?: of \w+)?")


def _warned(dice: Dice, held: str) -> str | None:
    """What a warning before a bound may stand at: on the allowed side of it."""
    if held == "between 10% and 50%":
        return dice.pick(("45%", "15%"))
    found = _HELD.fullmatch(held)
    if found is None or not float(found["number"]):
        return None
    below = found["sign"] in ("<=", "<", "at most", "under")
    if found["unit"] != "y" and dice.chance(50):
        return f"{'90%' if below else '110%'} of limit"
    number = Decimal(found["number"]) * (9 if below else 11) / 10
    return f"{number.normalize():f}{found['unit']}"


def _rows(dice: Dice, ground: Ground) -> str:
    return dice.pick((ground.table.singular, ground.table.singular, ground.table.name, *ground.sets))


def _each(dice: Dice, ground: Ground, wanted: Wanted, grouped: bool) -> tuple[str, None]:
    where = f" where {_row_condition(dice, ground, wanted)}" if dice.chance(45) else ""
    strength = dice.weighted(((8, ""), (1, "must"), (2, "should")))
    sides = [column for column in ground.table.of_kind("term", "grade", "share", "number", "label") if column.against]
    if strength and sides:
        side = dice.pick(sides)
        sign = "" if side.kind == "label" else dice.pick(("at most ", "at least ", "over "))
        said = f"{side.name} {strength} be {sign}{dice.pick(side.against)}"
    else:
        said = _row_condition(dice, ground, wanted)
    return f"each {_rows(dice, ground)}{where}: {said}", None


def _no(dice: Dice, ground: Ground, wanted: Wanted, grouped: bool) -> tuple[str, None]:
    return f"no {_rows(dice, ground)} where {_row_condition(dice, ground, wanted)}", None


def _holds(dice: Dice, ground: Ground, wanted: Wanted, grouped: bool) -> tuple[str, None]:
    parts = []
    for _ in range(2):
        of = figure(dice, ground, wanted, grouped, 0)
        parts.append(f"{of.closed} {dice.pick(('>=', '<=', '<', '>'))} {dice.pick(_plain(of, ground, wanted))}")
    return f"{parts[0]} {dice.pick(('and', 'or'))} {'not ' if dice.chance(20) else ''}{parts[1]}", None


def _plain(of: Figure, ground: Ground, wanted: Wanted) -> tuple[str, ...]:
    if of.kind == "money" and wanted.free_of_money:
        return tuple(f"{share} of {ground.sums[0]}" for share in ("10%", "25%"))
    return BOUNDS[of.kind]


# --- limits -----------------------------------------------------------------------------------------------------------


def limits(dice: Dice, name: str, ground: Ground, wanted: Wanted) -> str | None:
    """A table of limits, if the rulebook has what it takes."""
    categories = ground.table.of_kind("category")
    labels = [column for column in ground.table.of_kind("label") if column.against]
    terms = ground.table.of_kind("term")
    if not ground.has_base:
        return None
    forms = ["bands"] if terms else []
    forms += ["cells"] if categories and terms else []
    forms += ["own"] if labels else []
    if not forms:
        return None
    form = dice.pick(forms)
    if form == "cells":
        head, rows = _cells(dice, categories[0], terms[0])
        line = dice.pick(("sum", "sum", "share", "per issuer: sum"))
    elif form == "bands":
        head, rows = _bands(dice, terms[0])
        line = dice.pick(("share", "share of total", "sum", "per portfolio: share"))
    else:
        head, rows = _own(dice, labels[0], ground.table, wanted)
        line = ""
    body = "\n".join(f"  | {' | '.join(row)} |" for row in (head, *rows))
    return f"limits {name}: {line}\n{body}"


SHARES = ("20%", "40%", "100%", "10%", "60%", "0%", "-", "undecided", "cap", "< 30%", "10%..40%", ">= 5%")


def _cell(dice: Dice) -> str:
    return dice.pick(SHARES[:6]) if dice.chance(70) else dice.pick(SHARES)


def _cells(dice: Dice, category: Column, term: Column) -> tuple[list[str], list[list[str]]]:
    heads = [f"{term.name} {each}" for each in dice.some((">= 0y", "> 1y", "> 3y", "<= 7y"), 2, 3)]
    last = category.against[-1]
    rows = [[f"{label}..{last}" if label != last else last] for label in dice.some(category.against, 2, 3)]
    return ["", *heads], [[*row, *(_cell(dice) for _ in heads)] for row in rows]


def _bands(dice: Dice, term: Column) -> tuple[list[str], list[list[str]]]:
    heads = dice.pick((["max"], ["norm", "max", "min"], ["max", "warn"], ["should", "max"]))
    bands = dice.pick((["< 1y", "1y..<3y", ">= 3y"], ["<= 1y", ">1y..3y", "> 3y"], ["> 0y", "> 3y"]))
    rows = [[band, *(_plain_cell(dice, head) for head in heads)] for band in bands]
    if dice.chance(25):
        rows.append(["otherwise", *(_plain_cell(dice, head) for head in heads)])
    if "norm" in heads:  # beside `undecided` a norm would be of the figure's own unit
        rows = [["20%" if cell in ("undecided", "cap") else cell for cell in row] for row in rows]
    if heads == ["max", "warn"]:
        rows = [[row[0], *dice.pick((["20%", "15%"], ["40%", "40%"], ["60%", "-"], ["100%", "10%"]))] for row in rows]
    return [term.name, *heads], rows


def _plain_cell(dice: Dice, head: str) -> str:
    return dice.pick(SHARES[:6]) if head in ("norm", "warn", "min") else _cell(dice)


def _own(dice: Dice, label: Column, table: Table, wanted: Wanted) -> tuple[list[str], list[list[str]]]:
    heads = ["max share", "max per issuer share", *(() if wanted.additive else _own_values(table))]
    heads = dice.some(heads, 1, 3)
    rows = []
    for one in dice.some(label.against, 1, 3):
        rows.append([one, *(_own_cell(dice, head) for head in heads)])
    if dice.chance(50):
        rows.append(["otherwise", *(_own_cell(dice, head) for head in heads)])
    return [label.name, *heads], rows


def _own_values(table: Table) -> Iterator[str]:
    yield from (f"min {column.name}" for column in table.of_kind("grade")[:1])
    yield from (f"max {column.name}" for column in table.of_kind("term")[:1])


def _own_cell(dice: Dice, head: str) -> str:
    if dice.chance(15):
        return "-"
    if "share" in head:
        return _cell(dice)
    return dice.pick(("B", "A", "C") if head.startswith("min") else ("3y", "7y", "1y"))
