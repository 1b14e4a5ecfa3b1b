"""How long ways take, in turn, in seconds of the processor."""

import gc
import math
import statistics
import sys
import time
from collections.abc import Iterable

from contenders.by_hand import right
from contenders.rows import Holdings
from contenders.ways import Answers, Way, same

LEAST = 0.005
"""What takes less is repeated until it takes so many seconds."""


class Timed:
    """A way of answering some rules, and how long it took so far."""

    def __init__(self, way: Way, holdings: Holdings, rules: tuple[str, ...], answers: Answers) -> None:
        self.work = way.ready(holdings, rules)
        first, answer = self._once()
        self.wrong = any(not same(answer[rule], answers[rule]) for rule in rules)
        self.found = [first] if first > 1 else []
        self.times = 1 if self.found else round(LEAST / self._once()[0]) or 1

    def _once(self) -> tuple[float, Answers]:
        began = time.process_time()
        answer = self.work()
        return time.process_time() - began, answer

    def again(self, longest: float) -> None:
        """Once more, unless it has taken long enough."""
        if sum(self.found) < longest:
            gc.collect()
            self.found.append(sum(self._once()[0] for _ in range(self.times)) / self.times)

    @property
    def median(self) -> float:
        """In seconds."""
        return statistics.median(self.found)


def expected(seen: list[tuple[int, float]], count: int) -> float:
    """The seconds for so many rows, by how those of fewer rows have grown."""
    if not seen:
        return 0
    (fewer, less), (most, more) = seen[-2:] if len(seen) > 1 else ((1, seen[0][1] / seen[0][0]), seen[0])
    power = math.log(more / less) / math.log(most / fewer)
    return more * (count / most) ** min(2, max(1, power))


def in_turn(
    ways: Iterable[Way], holdings: Holdings, rules: tuple[str, ...], runs: int, longest: float
) -> dict[str, Timed]:
    """Each way so many times, one after the other; one that fails is told on the error stream and left out."""
    answers = right(holdings)
    found = {}
    for way in ways:
        try:
            found[way.name] = Timed(way, holdings, rules, answers)
        except Exception as failed:  # each tool has its own
            print(f"{way.name}, {', '.join(rules)}: {type(failed).__name__} {str(failed)[:200]}", file=sys.stderr)
    gc.freeze()
    for _ in range(runs):
        for timed in found.values():
            timed.again(longest)
    gc.unfreeze()
    return found
