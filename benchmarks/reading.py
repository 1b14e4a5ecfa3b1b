"""How fast the text of a rulebook is read, at first and when it was kept: `python benchmarks/reading.py`.

Each rulebook has a rule and its source in two lines. Beside it stands a bound: the time in which one regular expression
finds the words of the same text, measured in turn with the reading. Times are of the processor.
"""

import argparse
import gc
import os
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import policydsl

HEAD = """\
rulebook "Many rules"
  currency SEK
  base portfolio
table holdings, each holding
  instrument text, key
  issuer     text
  amount     money in SEK
define portfolio = sum amount of holdings
"""
FORMS = (
    'sum where issuer = "x{n}" <= 20%',
    "share where amount > {n} SEK <= 20%",
    "per issuer: share where amount between {n} SEK and {m} SEK must be at most 30%",
    'each holding where amount > {n} SEK: issuer != "x{n}"',
)
_WORDS = re.compile(r"\w+|[^\w\s]")


def text(rules: int) -> str:
    """A rulebook of so many rules."""
    lines = (
        f'rule r{n}: {FORMS[n % len(FORMS)].format(n=n, m=n + 5)}\n  source "paragraph {n}"\n' for n in range(rules)
    )
    return HEAD + "".join(lines)


def seconds(work: Callable[[], object]) -> float:
    """The processor's time that something takes."""
    gc.collect()
    began = time.process_time()
    work()
    return time.process_time() - began


def measured(rules: int, runs: int, folder: Path) -> tuple[int, float, float, float]:
    """How many lines so many rules are, and the median times of reading them first and again, and of finding words."""
    path = folder / f"rules-{rules}.policy"
    times: list[tuple[float, float, float]] = []
    lines = 0
    for run in range(runs):
        content = f"{text(rules)}# {run}\n"  # another text: what was kept of the last one is of no use
        lines = content.count("\n")
        path.write_text(content, encoding="utf-8")
        first = seconds(lambda: policydsl.load(path))
        again = seconds(lambda: policydsl.load(path))
        times.append((first, again, seconds(lambda of=content: _WORDS.findall(of))))
    first, again, words = (statistics.median(column) for column in zip(*times, strict=True))
    return lines, first, again, words


def main() -> None:
    """The command."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("runs", nargs="?", type=int, default=5)
    runs = reader.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        measured(50, 1, Path(folder))  # the grammar's tables and all modules are there from now on
        print(f"{'lines':>8} {'first':>12} {'again':>12} {'words only':>14}   first / words")
        for rules in (500, 2_000, 10_000):
            lines, first, again, words = measured(rules, runs, Path(folder))
            speeds = " ".join(f"{lines / took:10,.0f}/s" for took in (first, again, words))
            print(f"{lines:8,} {speeds}   {first / words:8.0f}")


if __name__ == "__main__":
    main()
