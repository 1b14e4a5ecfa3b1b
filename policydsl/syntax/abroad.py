"""Keywords of the other languages: what an author who mixes two of them meant."""

from policydsl._resources import languages
from policydsl.syntax.words import Words, words_of

_FIGURES = frozenset({"SUM", "SHARE", "COUNT", "DISTINCT", "AVERAGE", "MEDIAN"})
"""Words that another language's author begins a rule with, and that are names here."""


def own_word(word: str, following: str, accepted: frozenset[str], words: Words) -> str | None:
    """How a keyword of another language is written here, if it could stand in this place."""
    for phrase in (f"{word} {following}", word):
        for terminal in _terminals(phrase, words):
            if terminal in accepted:
                return words.written(terminal)
    return None


def own_figure(word: str, words: Words) -> str | None:
    """How a word for a figure is written here that was read as a name."""
    return next((words.written(terminal) for terminal in _terminals(word, words) if terminal in _FIGURES), None)


def own_declaration(word: str, words: Words) -> str | None:
    """How the declaration is written here that a word begins in another language."""
    written = (words.written(terminal) for terminal in _terminals(word, words))
    return next((one for one in written if one in words.declarations), None)


def _terminals(phrase: str, words: Words) -> list[str]:
    """The terminals that a phrase is in the other languages."""
    others = (words_of(code) for code in languages() if code != words.code)
    found = (other.terminal_of.get(phrase.casefold()) for other in others)
    return [terminal for terminal in found if terminal is not None and terminal in words.spellings]
