"""Misspell every word of shipped rulebooks: `python -m tests.misspelling.run [NAME ...]`.

Without names, of all of them. Says of each how many mutants there are and which nothing catches; it may take minutes.
"""

import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache

from .catching import mutants, never_caught, survivors
from .declared import ROOT, Mutant
from .rulebook import Parts

USED = {
    "standard/holdings.policy": "borlange",
    "standard/deliveries.policy": "finanssamarbete",
    "standard/attestations.policy": "finanssamarbete",
}
"""What several rulebooks use, and the one that has its tests."""


def rulebooks() -> list[str]:
    """The shipped ones, by the names of their folders."""
    return sorted(folder.name for folder in ROOT.iterdir() if folder.is_dir() and folder.name != "standard")


@cache
def parts_of(name: str) -> Parts:
    """A rulebook, read once."""
    return Parts.load(name)


def asked_of(name: str, most: int | None = None) -> list[Mutant]:
    """The mutants of a rulebook, or about as many as asked for, evenly spread."""
    parts = parts_of(name)
    found = [one for one in mutants(parts) if USED.get(parts.declarations[one.declaration].file, name) == name]
    return found[:: max(1, round(len(found) / most))] if most else found


def green_of(name: str, asked: Sequence[Mutant]) -> list[Mutant]:
    """Those of the mutants that nothing catches."""
    workers = min(2, os.cpu_count() or 1)
    shares = [asked[start :: 8 * workers] for start in range(8 * workers)]
    with ProcessPoolExecutor(workers) as pool:
        return [one for part in pool.map(_survivors, [name] * len(shares), shares) for one in part]


def _survivors(name: str, asked: Sequence[Mutant]) -> list[Mutant]:
    return survivors(parts_of(name), asked)


def shown(parts: Parts, mutant: Mutant) -> str:
    """Where a mutant is, and what it is."""
    declaration = parts.declarations[mutant.declaration]
    text = parts.files[declaration.file]
    line = text.count("\n", 0, declaration.start + mutant.words[0].start)
    written = text.splitlines()[line].strip()
    return f"{declaration.file}:{line + 1}: {mutant.words[0].text} -> {mutant.instead} in {written}"


def main(names: Sequence[str]) -> int:
    """Run the rulebooks of these names, all shipped ones if there are none; the exit status."""
    bad = 0
    for name in names or rulebooks():
        started = time.monotonic()
        parts, asked = parts_of(name), asked_of(name)
        green = green_of(name, asked)
        never = never_caught(parts, asked, green)
        bad += len(never)
        print(
            f"{name}: {len(asked)} mutants, {sum(one.in_example for one in asked)} of them in the data of examples; "
            f"{len(green) - len(never)} of those decide nothing there, {len(never)} mutants are caught nowhere "
            f"({time.monotonic() - started:.0f} s)",
            *(f"  {shown(parts, one)}" for one in never),
            sep="\n",
            flush=True,
        )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
