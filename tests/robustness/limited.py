"""The command in a process of its own that may take ten seconds and a gigabyte, and no more.

Seconds are the processor's, so that what else the machine does makes no test fail.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

SECONDS = 10
MEMORY = 1 << 30
ROOT = Path(__file__).resolve().parents[2]

_LIMITED = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
from policydsl.cli import main
main(sys.argv[1:])
"""

RULEBOOK = """\
rulebook "Small"
  currency SEK
  base total
table holdings, each holding
  instrument text, key
  issuer text
  amount money in SEK
define total = sum amount of holdings
rule issuer: per issuer: share <= 20%
rule whole: total >= 1 SEK
"""


@frozen
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str
    seconds: float

    @property
    def report(self) -> dict[str, Any]:
        """The report, where the command was asked for JSON."""
        found: dict[str, Any] = json.loads(self.out)
        return found

    def outcomes(self, rule: str) -> dict[str | None, str]:
        """The outcomes of a rule by its first group."""
        found = [verdict for verdict in self.report["verdicts"] if verdict["id"] == rule]
        return {next(iter((each["group"] or {None: None}).values())): each["outcome"] for each in found}


def policydsl(*arguments: str | Path) -> Done:
    """Run the command; it may take too long or run out of memory, but never fall over."""
    resource = pytest.importorskip("resource", reason="this system has no limits for processes")
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-c", _LIMITED, *map(str, arguments)],
        cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=12 * SECONDS, check=False,
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    shown = f"exit code {done.returncode} after {seconds:.1f} s\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    assert "Traceback" not in done.stderr, shown
    assert done.returncode in (0, 1, 2, 3), shown
    assert done.stdout or done.stderr, shown
    assert seconds <= SECONDS, shown
    return Done(done.returncode, done.stdout, done.stderr, seconds)


def refused(done: Done, *codes: str) -> None:
    """The command said why it can't go on, in one of the messages."""
    assert done.code == 2, (done.code, done.out[-500:], done.err[-500:])
    assert any(code in done.err for code in codes), done.err[-1500:]
    assert len(done.err) < 20_000, "a message that nobody can read"
