"""A bar on a terminal for work that takes long, and nothing at all in a pipe."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from policydsl._progress import got, got_inside, heard_by, reading
from policydsl.cli import waiting

ROOT = Path(__file__).resolve().parents[2]


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def clock(monkeypatch):
    """A clock that is set by hand."""
    at = [0.0]
    monkeypatch.setattr(waiting, "monotonic", lambda: at[0])
    return at


def test_nothing_for_two_seconds_then_a_bar_in_the_readers_language(clock, monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    with waiting.waited_for(lambda: "sv"):
        got("judging", 1, 4)
        assert sys.stderr.getvalue() == ""
        clock[0] = 3
        got("judging", 2, 4)
        got("reading", 1, 2)
    shown = sys.stderr.getvalue()
    assert "Prövar reglerna" in shown and "50%" in shown and "Läser data" in shown


def test_in_a_pipe_there_is_none(clock, monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with waiting.waited_for(lambda: "en"):
        clock[0] = 3
        got("judging", 1, 2)
    assert sys.stderr.getvalue() == ""


def test_files_are_told_as_parts_of_all_that_is_read():
    heard = []

    class Ear:
        def hear(self, work, done, whole):
            heard.append((work, done, whole))

        def over(self):
            heard.append("over")

    with heard_by(Ear()):
        with reading(0, 100, 300):
            got_inside(1, 4)
        with reading(100, 200, 300):
            got_inside(1, 2)
    got("judging", 1, 2)
    told = [("reading", done, 300) for done in (25, 100, 200, 300)]
    assert heard == [*told, "over"]


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there are no pseudo-terminals here")
def test_a_quick_check_shows_no_bar_on_a_terminal():
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "policydsl", "explain", "PD204"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=theirs, timeout=60)
    os.close(theirs)
    os.set_blocking(ours, False)
    try:
        shown = os.read(ours, 1000)
    except (BlockingIOError, OSError):
        shown = b""
    os.close(ours)
    assert (done.returncode, shown) == (0, b"")
