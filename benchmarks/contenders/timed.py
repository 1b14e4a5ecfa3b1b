"""How long ways take, in turn, in seconds of the processor."""

import gc
import statistics
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


def in_turn(
    ways: Iterable[Way], holdings: Holdings, rules: tuple[str, ...], runs: int, longest: float
) -> dict[str, Timed]:
    """Each way so many times, one after the other."""
    answers = right(holdings)
    found = {way.name: Timed(way, holdings, rules, answers) for way in ways}
    gc.freeze()
    for _ in range(runs):
        for timed in found.values():
            timed.again(longest)
    gc.unfreeze()
    return found
