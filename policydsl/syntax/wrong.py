"""What stops the reading of one declaration: the builders raise it, the parser turns it into diagnostics."""

from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic
from policydsl.source import Span


class Wrong(Exception):
    """A piece of text that cannot mean anything, with what is to be said about it."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(*diagnostics)
        self.diagnostics = diagnostics


def wrong(code: str, where: Span, hints: tuple[str, ...] = (), **blanks: object) -> Wrong:
    """The exception that says what the page of `code` says."""
    return Wrong(say(code, where, labels=(), hints=hints, **blanks))
