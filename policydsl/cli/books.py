"""Rulebooks as the commands want them: read, told in the language that was asked for, what is wrong with them said."""

from policydsl import api
from policydsl._frozen import evolve
from policydsl.cli.output import asked_language, complain, quoted


def read_book(path: str, *, silent_of_warnings: bool = False) -> api.Rulebook | None:
    """The rulebook at a path, or None; what is to be said of it is on stderr."""
    read, told = api.read(path)
    if read is None or not silent_of_warnings:
        complain(told, quoted(told))
    return None if read is None else evolve(read, model=evolve(read.model, told_in=asked_language()))
