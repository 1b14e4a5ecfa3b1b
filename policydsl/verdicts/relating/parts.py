"""Funds and the like, seen as the parts that they consist of."""

from collections.abc import Mapping
from fractions import Fraction

from policydsl._frozen import define, field
from policydsl.catalogue import say
from policydsl.data.table import Data
from policydsl.diagnostics import DataPlace
from policydsl.figures.values import folded, worked_out
from policydsl.model.expressions import Value
from policydsl.model.made import EXISTS, LookThrough
from policydsl.verdicts.relating.stacks import apart
from policydsl.verdicts.relating.workshop import Workshop
from policydsl.verdicts.settling import listing


@define(eq=False)
class _Lines:
    """The rows of the table that is made."""

    columns: Mapping[str, list[Value]]
    names: list[str] = field(factory=list)
    numbers: list[int] = field(factory=list)

    def add(self, name: str, number: int, values: Mapping[str, Value]) -> None:
        """One more row; what is not said of it is unknown."""
        for column, held in self.columns.items():
            held.append(values.get(column))
        self.names.append(name)
        self.numbers.append(number)


def looked_through(table: str, made: LookThrough, shop: Workshop) -> Data:
    """Each part of a fund, and what is left of it, of which nothing else is known; other rows as they are."""
    own, parts = shop.data[made.rows.table], shop.data[made.parts.table]
    rows = shop.rows(made.rows.table, made.rows.where)
    lines = _Lines({name: [] for name in shop.data[table].columns})
    of_fund, homeless = _parts_by_key(made, parts)
    beyond: set[str] = set()
    for row in range(len(rows)):
        there = rows.all_hold(made.rows.where, row)
        if there is False:
            continue
        fund = own.columns[made.on][row]
        values = {name: column[row] for name, column in own.columns.items()}
        kept = {name: values[name] for name in made.own} | {EXISTS: there}
        scaled = {name: values[name] for name in made.scaled}
        mine = of_fund.get(folded(fund)) if fund is not None else None
        if mine is None:
            sure = fund is not None and not homeless
            lines.add(rows.name(row), own.rows[row], values | {EXISTS: there} if sure else kept | scaled)
            continue
        weights = [parts.columns[made.weight][part] for part in mine]
        rest = _rest(weights, [there if there is None else _there(parts, part) for part in mine])
        if isinstance(rest, Fraction) and rest < 0:
            beyond.add(str(fund))
            weights, rest = [None for _ in weights], None
        for part, weight in zip(mine, weights, strict=True):
            said = {name: column[part] for name, column in parts.columns.items() if name not in (made.key, made.weight)}
            exists = there if there is None else _there(parts, part)
            amounts = {name: worked_out(value, "*", weight) for name, value in scaled.items()}
            lines.add(
                f"{rows.name(row)}: {parts.names[part]}", parts.rows[part], kept | said | amounts | {EXISTS: exists}
            )
        if rest != 0:
            amounts = {name: worked_out(value, "*", rest) for name, value in scaled.items()}
            lines.add(f"{rows.name(row)}: the rest", own.rows[row], kept | amounts)
    if beyond:
        funds = listing([f'"{fund}"' for fund in sorted(beyond)])
        shop.told.append(say("PD511", DataPlace(parts.path), parts=made.parts.table, weight=made.weight, funds=funds))
    columns = {name: tuple(values) for name, values in lines.columns.items()}
    return Data(table, columns, tuple(lines.numbers), apart(lines.names), path=own.path, dated=own.dated)


def _parts_by_key(made: LookThrough, parts: Data) -> tuple[dict[Value, list[int]], bool]:
    """The parts of each fund, and whether there is one of which it is not known what it is a part of."""
    found: dict[Value, list[int]] = {}
    for part, key in enumerate(parts.columns[made.key]):
        found.setdefault(folded(key), []).append(part)
    return found, found.pop(None, None) is not None


def _there(parts: Data, part: int) -> Value:
    """Whether there surely is such a part."""
    exists = parts.columns.get(EXISTS)
    return True if exists is None else exists[part]


def _rest(weights: list[Value], there: list[Value]) -> Fraction | None:
    """What the weights leave of 100%; None if that is not known."""
    known = [weight for weight in weights if isinstance(weight, Fraction)]
    return 1 - sum(known, Fraction(0)) if len(known) == len(weights) and None not in there else None
