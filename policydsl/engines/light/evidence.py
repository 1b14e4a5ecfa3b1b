"""The rows behind a result."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import cast

from policydsl.engines.light.counted import RowTests, Spreads
from policydsl.engines.light.facts import Facts
from policydsl.engines.light.largest import LargestRows
from policydsl.engines.light.pairs import Pairs
from policydsl.engines.light.row_sets import chosen
from policydsl.engines.reference.order_of_rows import Shown
from policydsl.engines.reference.row_tests import Did, did
from policydsl.figures.results import Evidence
from policydsl.figures.values import Truth, every
from policydsl.model.expressions import Expression, Nothing
from policydsl.plan.tallies import Key, RowTest


def of_pair(pairs: Pairs, largest: LargestRows | None, key: Key) -> Evidence:
    """The rows surely in the part, and those whose contribution is not known."""
    counted, unsure = _of_bins(pairs, key) if largest is None else _of_largest(pairs, largest, key)
    measure, facts = pairs.pair.measure, pairs.facts
    one, values = Fraction(1), () if measure is None else facts.values(measure)
    shown = [(row, cast(Shown, values[row] if values else one)) for row in _in_order(counted, measure, facts)]
    return Evidence(tuple(shown), tuple(_in_order(unsure, None, facts)))


def _of_bins(pairs: Pairs, key: Key) -> tuple[list[int], list[int]]:
    counted: list[int] = []
    unsure: list[int] = []
    own = pairs.bins.members(key)
    others = _others(pairs, key, {member.bin for member in own}) if pairs.pair.groups else ()
    for at, kind in enumerate(pairs.kinds):
        found: tuple[list[int], list[int]] = [], []
        truths = [(member.bin, *pairs.truths(kind, member)) for member in own]
        truths += [(number, False, every((kind.base, of_world))) for number, of_world in others]
        for number, part, base in truths:
            if part is not False or base is not False:
                one = pairs.one(at, part, base)
                found[0].extend((number,) if one.sure else ())
                found[1].extend((number,) if one.unsure else ())
        counted += pairs.rows_in(at, found[0])
        unsure += pairs.rows_in(at, found[1])
    return counted, unsure


def _of_largest(pairs: Pairs, largest: LargestRows, key: Key) -> tuple[list[int], list[int]]:
    taken = dict(largest.of(key))
    found = [(row, pairs.of_row(row, part, pairs.base_of(row, key))) for row, part in taken.items()]
    counted, unsure = [row for row, one in found if one.sure], [row for row, one in found if one.unsure]
    for at, kind in enumerate(pairs.kinds):
        for number, of_world in _others(pairs, key, set()):
            base = every((kind.base, of_world))
            if base is not False and pairs.one(at, False, base).unsure:
                unsure += (row for row in pairs.rows_in(at, (number,)) if row not in taken)
    return counted, unsure


def _others(pairs: Pairs, key: Key, own: set[int]) -> Sequence[tuple[int, Truth]]:
    """The other bins of a key's world, which count in the whole alone."""
    if pairs.pair.kind != "share":
        return ()
    world = key[: len(pairs.pair.worlds)]
    return [(number, of_world) for number, of_world in pairs.bins.of_world(world) if number not in own]


def of_spread(spreads: Spreads, largest: LargestRows | None, key: Key, measure: Expression, facts: Facts) -> Evidence:
    """The rows surely in the part, and those that may be or whose value is not known."""
    found = spreads.rows(key) if largest is None else largest.of(key)
    values = facts.values(measure)
    held = {row: truth for row, truth in found if values[row] is not Nothing.NONE}
    counted = _in_order([row for row, truth in held.items() if truth], measure, facts)
    unsure = [row for row, truth in held.items() if not truth or values[row] is None]
    return Evidence(tuple((row, cast(Shown, values[row])) for row in counted), tuple(_in_order(unsure, None, facts)))


def of_test(test: RowTest, tests: RowTests, largest: LargestRows | None, key: Key, facts: Facts) -> Evidence:
    """The rows that fail, those that may, those that are let off."""
    ends: dict[Did, list[int]] = {"fails": [], "may fail": [], "exempt": [], "does": []}
    if largest is not None:
        for row, truth in largest.of(key):
            ends[did(test, truth, row, facts.rows)].append(row)
    else:
        for row, how in tests.rows(key):
            ends[how].append(row)
    failing, unsure, exempt = (_in_order(ends[how], None, facts) for how in ("fails", "may fail", "exempt"))
    return Evidence(tuple((row, None) for row in failing), tuple(unsure), tuple(exempt))


def _in_order(found: Iterable[int], measure: Expression | None, facts: Facts) -> list[int]:
    """Rows by what is measured of them, the largest first and then by name, those of which it is unknown last."""
    place = facts.keep(("order", measure), lambda: _places(measure, facts))
    return sorted(found, key=place.__getitem__)


def _places(measure: Expression | None, facts: Facts) -> list[int]:
    rows: Iterable[int] = sorted(range(facts.size), key=facts.rows.name)
    if measure is not None:
        held = facts.in_order(measure)
        known = len(held.values)
        rows = sorted(rows, key=lambda row: -held.of_row[row] if held.of_row[row] < known else 1)
    places = [0] * facts.size
    for place, row in enumerate(rows):
        places[row] = place
    return places


def rows_where(condition: Expression, facts: Facts) -> tuple[int, ...]:
    """The rows for which a condition is true."""
    return tuple(chosen(facts.where(condition)[0], range(facts.size)))
