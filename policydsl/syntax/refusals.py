"""What is not even tried: files that are no text, or that are too large."""

import re

from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic
from policydsl.source import Source, Span
from policydsl.syntax.characters import described

LARGEST = 5_000_000
"""How many characters a file may have."""
LONGEST_LINE = 100_000
"""How many characters a line may have."""

_SAVE_AS_TEXT = "this is no text file: save it as UTF-8 text"
_OLD_LINE_END = re.compile(r"\r(?!\n)")
_SAVE_WITH_LINE_ENDS = "lines end in a way that nobody uses any more: save the file with ordinary line ends"
_LONG_LINE = re.compile(rf"[^\n]{{{LONGEST_LINE + 1}}}")


def refusal(source: Source) -> Diagnostic | None:
    """Why a file is not read at all, if it is not."""
    text, path = source.text, source.path
    if len(text) > LARGEST:
        return say("PD105", Span(path, 0, 0), most=LARGEST, what="characters in the file")
    nothing = text.find("\0")
    if nothing >= 0:
        return say("PD159", Span(path, nothing, nothing + 1), hints=(_SAVE_AS_TEXT,), character=described("\0"))
    if (long := _LONG_LINE.search(text)) is not None:
        return say("PD105", Span(path, long.start(), long.start()), most=LONGEST_LINE, what="characters on the line")
    if (line_end := _OLD_LINE_END.search(text)) is not None:
        place = Span(path, line_end.start(), line_end.end())
        return say("PD159", place, hints=(_SAVE_WITH_LINE_ENDS,), character=described("\r"))
    return None
