"""Misspell every word of shipped rulebooks: `python -m tests.misspelling.run [NAME ...] [--to sv] [--most 400]`.

Without names, of all of them; as they are shipped, or translated into a language first. Says of each how many mutants
there are and which nothing catches; it may take minutes.
"""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache

from policydsl._resources import languages

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
def parts_of(name: str, language: str | None = None) -> Parts:
    """A rulebook as shipped or in another language, read once."""
    return Parts.load(name, language)


def asked_of(name: str, most: int | None = None, language: str | None = None) -> list[Mutant]:
    """The mutants of a rulebook, or about as many as asked for, evenly spread."""
    parts = parts_of(name, language)
    found = [one for one in mutants(parts) if USED.get(parts.declarations[one.declaration].file, name) == name]
    return found[:: max(1, round(len(found) / most))] if most else found


def green_of(name: str, asked: Sequence[Mutant], language: str | None = None) -> list[Mutant]:
    """Those of the mutants that nothing catches."""
    workers = min(2, os.cpu_count() or 1)
    shares = [asked[start :: 8 * workers] for start in range(8 * workers)]
    with ProcessPoolExecutor(workers) as pool:
        found = pool.map(_survivors, [name] * len(shares), shares, [language] * len(shares))
        return [one for part in found for one in part]


def _survivors(name: str, asked: Sequence[Mutant], language: str | None) -> list[Mutant]:
    return survivors(parts_of(name, language), asked)


def shown(parts: Parts, mutant: Mutant) -> str:
    """Where a mutant is, and what it is."""
    declaration = parts.declarations[mutant.declaration]
    text = parts.files[declaration.file]
    line = text.count("\n", 0, declaration.start + mutant.words[0].start)
    written = text.splitlines()[line].strip()
    return f"{declaration.file}:{line + 1}: {mutant.words[0].text} -> {mutant.instead} in {written}"


def main(arguments: Sequence[str]) -> int:
    """Run the rulebooks of these names, all shipped ones if there are none; the exit status."""
    reader = argparse.ArgumentParser(prog="python -m tests.misspelling.run", description=__doc__)
    reader.add_argument("names", nargs="*", metavar="NAME", default=rulebooks())
    reader.add_argument("--to", dest="language", choices=languages(), help="translate them into this language first")
    reader.add_argument("--most", type=int, help="about so many of each, evenly spread; without it, all of them")
    asked = reader.parse_args(arguments)
    return 1 if sum(_run(name, asked.language, asked.most) for name in asked.names) else 0


def _run(name: str, language: str | None, most: int | None) -> int:
    """Say what becomes of the mutants of a rulebook; how many of them nothing catches."""
    started = time.monotonic()
    parts, asked = parts_of(name, language), asked_of(name, most, language)
    assert parts.whole.model.meaning_hash == parts_of(name).whole.model.meaning_hash, "the translation says the same"
    assert parts.failing_test(parts.whole) is None, "nothing is misspelt yet"
    green = green_of(name, asked, language)
    never = never_caught(parts, asked, green)
    print(
        f"{name}{f' in {language}' if language else ''}: {len(asked)} mutants, "
        f"{sum(one.in_example for one in asked)} of them in the data of examples; "
        f"{len(green) - len(never)} of those decide nothing there, {len(never)} mutants are caught nowhere "
        f"({time.monotonic() - started:.0f} s)",
        *(f"  {shown(parts, one)}" for one in never),
        sep="\n",
        flush=True,
    )
    return len(never)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
