"""The rows of a tally told apart by all that decides how they count, apart from keys."""

from collections.abc import Iterator

from policydsl._frozen import frozen
from policydsl.engines.light.facts import Facts
from policydsl.engines.light.row_sets import by_truth, first_of
from policydsl.figures.values import Truth
from policydsl.model.expressions import Expression
from policydsl.plan.tallies import Pair, RowTest, Spread


@frozen(eq=False)
class Kind:
    """Rows that are in the part and in the base alike, and whose amounts are known, unknown or none alike."""

    rows: int
    part: Truth
    base: Truth
    first: int


def kinds_of_pair(pair: Pair, facts: Facts) -> tuple[Kind, ...]:
    """The kinds of rows that may count."""
    parts = by_truth(facts.all_hold(pair.part), facts.every)
    whole = facts.all_hold(pair.base) if pair.kind == "share" else (0, 0)
    found = []
    for part, in_part in parts:
        for base, in_base in by_truth(whole, facts.every):
            counts = base is not False if pair.nested else (part, base) != (False, False)
            if counts and in_part & in_base:
                for rows in _by_states(in_part & in_base, (pair.measure, pair.weight), facts):
                    found.append(Kind(rows, part, base, first_of(rows, facts.size)))
    return tuple(found)


def _by_states(rows: int, measures: tuple[Expression | None, ...], facts: Facts) -> Iterator[int]:
    """Rows by where their measures are known, unknown or none."""
    found = [rows]
    for measure in measures:
        amounts = facts.amounts(measure)
        if amounts is not None and (amounts.missing or amounts.none):
            known = facts.every & ~(amounts.missing | amounts.none)
            found = [each & state for each in found for state in (known, amounts.missing, amounts.none)]
    return (each for each in found if each)


def kinds_of_spread(spread: Spread, facts: Facts) -> tuple[Kind, ...]:
    """The kinds of rows of which a value may count."""
    parts = by_truth(facts.all_hold(spread.part), facts.every)
    return tuple(Kind(rows, part, False, first_of(rows, facts.size)) for part, rows in parts if part is not False)


def kinds_of_test(test: RowTest, facts: Facts) -> tuple[Kind, ...]:
    """The kinds of rows that are spoken of, or may be; in a kind all do alike."""
    exempt = (0, 0) if test.unless is None else facts.where(test.unless)
    found = []
    for part, spoken_of in by_truth(facts.all_hold(test.part), facts.every):
        for _, doing in by_truth(facts.where(test.condition), facts.every) if part is not False else ():
            for _, let_off in by_truth(exempt, facts.every):
                if rows := spoken_of & doing & let_off:
                    found.append(Kind(rows, part, False, first_of(rows, facts.size)))
    return tuple(found)
