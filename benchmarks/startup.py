"""`policydsl check` on Borlänge's example beside `python -c "import pandas"`: `python benchmarks/startup.py`.

Both are whole processes, started in turn so that whatever else the machine does hits both alike.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHECK = [sys.executable, "-m", "policydsl", "check", "rulebooks/borlange", "examples/borlange/2015-01-31"]
PANDAS = [sys.executable, "-c", "import pandas"]
NOTHING = [sys.executable, "-c", ""]


def took(command: list[str], codes: tuple[int, ...]) -> float:
    """The wall time of a command in seconds."""
    began = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, env={**os.environ, "PYTHONUTF8": "1"})
    seconds = time.perf_counter() - began
    if done.returncode not in codes:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr.decode()}")
    return seconds


def main() -> None:
    """The command."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("runs", nargs="?", type=int, default=21)
    runs = reader.parse_args().runs
    for command, codes in ((CHECK, (0, 1, 3)), (PANDAS, (0,))):
        took(command, codes)  # bytecode and the parser's tables are there from now on
    times: dict[str, list[float]] = {"check": [], "pandas": [], "python": []}
    for _ in range(runs):
        times["check"].append(took(CHECK, (0, 1, 3)))
        times["pandas"].append(took(PANDAS, (0,)))
        times["python"].append(took(NOTHING, (0,)))
    median = {name: statistics.median(found) for name, found in times.items()}
    least = {name: min(found) for name, found in times.items()}
    for name, shown in (("check", "policydsl check"), ("pandas", "import pandas"), ("python", "python alone")):
        print(f"{shown:16} median {1000 * median[name]:6.0f} ms, least {1000 * least[name]:6.0f} ms")
    ratios = [found["check"] / found["pandas"] for found in (median, least)]
    print(f"check / pandas   median {ratios[0]:6.2f}, least {ratios[1]:6.2f}")


if __name__ == "__main__":
    main()
