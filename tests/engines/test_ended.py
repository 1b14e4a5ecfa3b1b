"""A command that is told to end takes along what it has put aside on the disk."""

import os
import subprocess
import sys
from pathlib import Path

TOLD_TO_END = """
import os, signal
import policydsl.cli as cli
from policydsl.engines.sql.on_duckdb import in_memory
in_memory()
assert os.listdir(os.environ["TMPDIR"])
cli.run = lambda arguments: os.kill(os.getpid(), signal.SIGTERM)
cli.main([])
"""


def test_nothing_is_left_on_the_disk(tmp_path: Path) -> None:
    there = {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", TOLD_TO_END], env=there, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr, list(tmp_path.iterdir())) == (143, b"", [])
