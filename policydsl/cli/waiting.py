"""A bar for whoever waits at a terminal, once work has taken two seconds; in a pipe there is none."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from time import monotonic
from typing import Any

import click

from policydsl._progress import Work, heard_by
from policydsl.catalogue.languages import sentence

PATIENCE = 2
"""Seconds of work before a bar is shown."""


class Bar:
    """Shows how far work has got on stderr."""

    def __init__(self, language: Callable[[], str]) -> None:
        self._language = language
        self._begun = monotonic()
        self._work: Work | None = None
        self._shown: Any = None

    def hear(self, work: Work, done: int, whole: int) -> None:
        """Moves the bar; other work, or the same once more, gets a bar of its own."""
        if work != self._work or (self._shown is not None and done < self._shown.pos):
            self.over()
            self._work = work
        if monotonic() - self._begun < PATIENCE or (self._shown is None and done >= whole):
            return
        if self._shown is None:
            self._shown = click.progressbar(length=whole, label=self._label(work), file=sys.stderr)
            self._shown.__enter__()
        self._shown.update(min(done, whole) - self._shown.pos)
        if done >= whole:
            self.over()

    def _label(self, work: Work) -> str:
        language = self._language()
        match work:
            case "reading":
                return sentence(language, "Reading the data")
            case "taking in":
                return sentence(language, "Taking in the data")
            case "judging":
                return sentence(language, "Judging")
            case "going through trades":
                return sentence(language, "Going through the trades")
        return sentence(language, "Going through the rows")

    def over(self) -> None:
        """Leaves the line of the bar."""
        if self._shown is not None:
            self._shown.__exit__(None, None, None)
            self._shown = None


def waited_for(language: Callable[[], str]) -> AbstractContextManager[None]:
    """While this lasts, somebody at a terminal sees how far work has got."""
    return heard_by(Bar(language)) if sys.stderr.isatty() else nullcontext()
