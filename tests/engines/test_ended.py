"""A command that is told to end takes along what it has put aside on the disk."""

import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

TOLD_TO_END = """
import os, signal
import policydsl.cli as cli
from policydsl.engines.sql.on_duckdb import in_memory
in_memory()
assert os.listdir(os.environ["TMPDIR"])
cli.run = lambda arguments: os.kill(os.getpid(), signal.SIGTERM)
cli.main([])
"""
IN_A_QUERY = """
import os, signal, sys, threading
signal.signal(signal.SIGINT, signal.default_int_handler)
import policydsl.cli as cli
from policydsl.engines.sql.on_duckdb import DuckDB
LONG = "SELECT sum(hash(range)) FROM range(1000000000000)"
def ask_for_long(self, *_):
    self._cursor.execute("SET threads = 1")  # else the thread that hears of signals may only wait for another
    threading.Timer(0.5, os.kill, (os.getpid(), getattr(signal, sys.argv[1]))).start()
    return self._cursor.execute(LONG).fetchall()
DuckDB._answer = ask_for_long
cli.main(sys.argv[2:])
"""
BOOK = """\
rulebook "Ended"
  currency SEK
  base all
table loans, each loan
  lender text
  amount money in SEK
define all = sum amount of loans
rule each: per lender: share <= 60%
"""


def test_nothing_is_left_on_the_disk(tmp_path: Path) -> None:
    there = {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", TOLD_TO_END], env=there, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr, list(tmp_path.iterdir())) == (143, b"", [])


@pytest.mark.parametrize(("told", "code"), [("SIGTERM", 143), ("SIGINT", 130)])
def test_a_query_that_is_broken_off_is_no_fault_of_the_data(told: str, code: int, tmp_path: Path) -> None:
    """DuckDB says of it that the query was interrupted, as an error like others."""
    (tmp_path / "aside").mkdir()
    (tmp_path / "r.policy").write_text(BOOK, encoding="utf-8")
    pq.write_table(pa.table({"lender": ["A", "B"], "amount": [1, 1]}), tmp_path / "loans.parquet")
    command = ["check", "r.policy", "loans.parquet", "--engine", "duckdb"]
    there = {**os.environ, "TMPDIR": str(tmp_path / "aside")}
    done = subprocess.run(
        [sys.executable, "-c", IN_A_QUERY, told, *command],
        env=there, cwd=tmp_path, capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr.strip()) == (code, b"", b"")
    assert list((tmp_path / "aside").iterdir()) == []
