"""Which keyword or phrase begins with a word of the text, if any."""

import re
from collections.abc import Callable
from functools import cache

from policydsl.syntax.words import Words

Found = tuple[str, int, object]
"""A token's kind, where it ends, and what it means if that is more than its text."""

_ONLY_BEFORE_TEXT = frozenset({"SOURCE", "QUOTE", "NOTE", "ITEM"})
"""Words that are names in all other places, too."""
_TEXT = re.compile(r'\s*["“”„]')


def any_terminal(terminal: str) -> bool:
    """Accepts every keyword."""
    return True


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def keyword(
    words: Words, text: str, start: int, end: int, limit: int, accepts: Callable[[str], bool] = any_terminal
) -> Found | None:
    """The longest accepted phrase whose first word stands from `start` to `end`; it may go on up to `limit`."""
    for phrase in words.phrases.get(text[start:end], ()):
        stop = end
        if phrase.rest:
            rest = _compiled(phrase.rest).match(text, end, limit)
            if rest is None:
                continue
            stop = rest.end()
        if phrase.terminal in _ONLY_BEFORE_TEXT and not _TEXT.match(text, stop, limit):
            continue
        if accepts(phrase.terminal):
            return phrase.terminal, stop, phrase.means
    return None
