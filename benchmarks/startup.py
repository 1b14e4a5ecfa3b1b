"""`policydsl check` as a whole process beside `python -c "import pandas"`: `python benchmarks/startup.py`.

Checked are Borlänge's example, and 1,000 rows from CSV with the 40 rules of `small.py`; the rulebook was read before.
Beside them stands what does not get so far: the help, a command that there is not, and data that can't be read.
All processes are started in turn, so that whatever else the machine does hits them alike. Times are medians, of the
processor where the system counts them for children, and of the clock.
"""

import argparse
import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHECK = [sys.executable, "-m", "policydsl", "check"]
BORLANGE = [*CHECK, "rulebooks/borlange", "examples/borlange/2015-01-31"]
UNREADABLE = 2
REFUSED = {
    "--help": [sys.executable, "-m", "policydsl", "--help"],
    "usage error": [sys.executable, "-m", "policydsl", "chekc"],
    "check, no data": [*CHECK, "rulebooks/borlange", "examples/borlange/2015-01-30"],
}
BESIDE = {
    "import pandas": [sys.executable, "-c", "import pandas"],
    "import numpy": [sys.executable, "-c", "import numpy"],
    "python alone": [sys.executable, "-c", ""],
}


def took(command: Sequence[str]) -> tuple[float, float]:
    """The processor's time of a command and the time by the clock, in seconds; the same twice where only that is known.

    A command that can't do its work ends the benchmark.
    """
    settings = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    settings.pop("PYTHONDONTWRITEBYTECODE", None)
    before, began = _children(), time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, env=settings)
    wall = time.perf_counter() - began
    if done.returncode not in ((0, UNREADABLE) if command in REFUSED.values() else (0, 1, 3)):
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr.decode()}")
    return (_children() - before or wall), wall


def _children() -> float:
    """The processor's time of all children that have ended; 0 where the system does not count it."""
    try:
        from resource import RUSAGE_CHILDREN, getrusage
    except ImportError:
        return 0.0
    spent = getrusage(RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def medians(commands: Mapping[str, Sequence[str]], runs: int) -> dict[str, tuple[float, float]]:
    """The median times of commands that are started in turn, once before for what is kept from then on."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for run in range(runs + 1):
        for name, command in commands.items():
            times = took(command)
            if run:
                found[name].append(times)
    return {
        name: (statistics.median(cpu for cpu, _ in each), statistics.median(wall for _, wall in each))
        for name, each in found.items()
    }


def thousand_rows(folder: Path) -> list[str]:
    """The command that checks 1,000 rows by 40 rules, with its files in a folder."""
    sys.path.insert(0, str(Path(__file__).parent))
    from small import AS_OF, LIMITS, ROWS, RULES, VOCABULARY, rows

    rulebook, data = folder / "forty.policy", folder / "holdings.csv"
    rulebook.write_text(VOCABULARY + RULES + LIMITS, encoding="utf-8")
    with open(data, "w", encoding="utf-8", newline="") as file:
        found = rows(ROWS)
        writer = csv.DictWriter(file, found[0].keys())
        writer.writeheader()
        writer.writerows(found)
    return [*CHECK, str(rulebook), str(data), "--as-of", AS_OF.isoformat()]


def main() -> None:
    """The command."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("runs", nargs="?", type=int, default=21)
    with tempfile.TemporaryDirectory() as folder:
        checks = {"check Borlänge": BORLANGE, "check 1,000 rows": thousand_rows(Path(folder))}
        commands = {**checks, **REFUSED, **BESIDE}
        found = medians(commands, reader.parse_args().runs)
    pandas = found["import pandas"]
    for name, (cpu, wall) in found.items():
        shares = f"{cpu / pandas[0]:5.2f} and {wall / pandas[1]:5.2f} of pandas"
        print(f"{name:18} processor {1000 * cpu:6.0f} ms, clock {1000 * wall:6.0f} ms: {shares}")


if __name__ == "__main__":
    main()
