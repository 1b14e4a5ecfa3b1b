"""Near misses of a word: two letters swapped, one dropped, one doubled; never a word that means something itself."""

from collections.abc import Iterator
from zlib import crc32


def near_miss(word: str, salt: int, taken: frozenset[str]) -> str:
    """One near miss, always the same for a word and its place; `taken` are the words (in lower case) it may not be."""
    if not any(letter.isalnum() for letter in word):
        return ""
    kinds = [_swapped, _dropped, _doubled]
    first = crc32(f"{word} {salt}".encode()) % len(kinds)
    for kind in (*kinds[first:], *kinds[:first], _doubled_again):
        for candidate in kind(word):
            if candidate.casefold() not in taken and candidate.casefold() != word.casefold():
                return candidate
    raise AssertionError(f"every near miss of {word!r} is a word itself")


def _letters(word: str) -> list[int]:
    return [at for at, letter in enumerate(word) if letter.isalpha()]


def _swapped(word: str) -> Iterator[str]:
    for at in _letters(word):
        if at + 1 in _letters(word):
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _dropped(word: str) -> Iterator[str]:
    for at in _letters(word):
        rest = word[:at] + word[at + 1 :]
        if rest and rest[0].isalpha():
            yield rest


def _doubled(word: str) -> Iterator[str]:
    for at in _letters(word):
        yield word[:at] + word[at] + word[at:]


def _doubled_again(word: str) -> Iterator[str]:
    for at in _letters(word):
        yield word[:at] + 3 * word[at] + word[at:]
