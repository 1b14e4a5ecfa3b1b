"""Sums of which everything is known, for all keys at once."""

from collections import Counter
from collections.abc import Mapping, Sequence

from policydsl.engines.light.amounts import Sum
from policydsl.engines.light.pairs import Pairs
from policydsl.figures.results import Sums
from policydsl.plan.tallies import Key


def settled(pairs: Pairs, keys: Sequence[Key]) -> Sums | None:
    """The sums of a pair for each key, in whole numbers; None if something is unknown, or has no small denominator."""
    bins = pairs.bins
    counted = []
    for at, kind in enumerate(pairs.kinds):
        if kind.part is None or kind.base is None or (one := pairs.one(at, kind.part, kind.base)).unsure:
            return None
        counted.append(one)
    if not bins.settled or not pairs.whole_numbers:
        return None
    parts: Counter[int] = Counter()
    counts: Counter[int] = Counter()
    wholes: Counter[int] = Counter()
    for at, one in enumerate(counted):
        of_part, of_whole = pairs.sums_of(at)
        ((in_part, in_whole),) = one.allowed
        if in_part:
            _add(parts, of_part)
            _add(counts, (pairs.counts_of(at), {}))
        if in_whole:
            _add(wholes, of_whole)
    numbers = [bins.exactly(key) for key in keys]
    of_keys = [wholes[number] for number in numbers]
    if pairs.pair.kind == "share" and pairs.pair.groups:
        world = len(pairs.pair.worlds)
        of_worlds = {
            each: sum(wholes[number] for number, _ in bins.of_world(each)) for each in {k[:world] for k in keys}
        }
        of_keys = [of_worlds[key[:world]] for key in keys]
    den_of_part, den_of_whole = pairs.dens
    return Sums(
        keys,
        [parts[number] for number in numbers],
        den_of_part,
        of_keys,
        den_of_whole,
        [counts[number] for number in numbers],
    )


def _add(found: Counter[int], sums: tuple[Mapping[int, Sum], Mapping[int, Sum]]) -> None:
    for each in sums:
        for number, amount in each.items():
            found[number] += int(amount)
