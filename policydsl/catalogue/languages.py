"""What is said, in the languages beside English: one file a language, with the English text as the key.

`sentences` are what the program puts together, with named blanks; `phrases` are finished texts, such as reasons and
hints, whose blanks `{}` hold names, numbers and quoted text; `messages` are the sentences of the catalogue's pages.
"""

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path

from policydsl._frozen import frozen

ENGLISH = "en"

_BLANK = re.compile(r"\{\d*\}")
_NAME = re.compile(r"`[^`\n]+`|[\w.-]+")
_JOINT = re.compile(r", (?:(or|and) )?| (or|and) ")
_QUOTED = re.compile(r"`([^`\n]+)`")

Retell = Callable[[str], str]
"""What rule text between backticks is in another language."""


@frozen(eq=False)
class Phrase:
    """A finished text with blanks, and what it is in another language."""

    pattern: re.Pattern[str]
    rule_text: tuple[bool, ...]
    """Of each blank, whether it stands in backticks."""
    instead: str


@frozen(eq=False)
class Told:
    """What is said in one language."""

    sentences: dict[str, str]
    phrases: tuple[Phrase, ...]
    messages: dict[str, str]


@cache
def told_in(language: str) -> Told:
    """The texts of a language."""
    if language == ENGLISH:
        return Told({}, (), {})
    import tomllib

    table = tomllib.loads((Path(__file__).parent / f"{language}.toml").read_text(encoding="utf-8"))
    ordered = sorted(table["phrases"].items(), key=lambda item: -len(_BLANK.sub("", item[0])))
    return Told(
        table["sentences"],
        tuple(_made(english, instead) for english, instead in ordered),
        table["messages"],
    )


def _made(english: str, instead: str) -> Phrase:
    """A phrase as a pattern; those with most words of their own are tried first."""
    parts = _BLANK.split(english)
    inside = tuple(before.endswith("`") and after.startswith("`") for before, after in pairwise(parts))
    blanks = ("([^`]+)" if quoted else "(.+?)" for quoted in inside)
    pattern = "".join(re.escape(part) + blank for part, blank in zip(parts, (*blanks, ""), strict=True))
    return Phrase(re.compile(pattern, re.DOTALL), inside, instead)


def sentence(language: str, english: str, **blanks: object) -> str:
    """A sentence with its blanks filled in; in English where the language has none."""
    return told_in(language).sentences.get(english, english).format(**blanks)


def phrase(language: str, english: str, retell: Retell = str) -> str:
    """A finished text in a language; what stands in its blanks is told too, and rule text between backticks retold.
    What nobody has translated stays as it is."""
    if language == ENGLISH:
        return english
    row = _row(language, english, retell)
    if row is not None:
        return row
    return _QUOTED.sub(lambda quoted: f"`{retell(quoted[1])}`", english)


def word(language: str, english: str) -> str:
    """A text that may be a single word of ours, and no name, in a language."""
    return _known(language, english, str) or phrase(language, english)


def _row(language: str, english: str, retell: Retell) -> str | None:
    """Several phrases or names in a row: `a value or a name, `where` or a colon`; None if it is no such row."""
    whole = english if _NAME.fullmatch(english) else _known(language, english, retell)
    if whole is not None:
        return whole
    for joint in _JOINT.finditer(english):
        first = english[: joint.start()]
        told = first if _NAME.fullmatch(first) else _known(language, first, retell)
        rest = None if told is None else _row(language, english[joint.end() :], retell)
        if rest is not None:
            word = joint[1] or joint[2]
            between = joint.group().replace(word, sentence(language, word)) if word else joint.group()
            return f"{told}{between}{rest}"
    return None


def _known(language: str, english: str, retell: Retell) -> str | None:
    """A text that is one of the phrases, told; None if it is none of them."""
    for each in told_in(language).phrases:
        found = each.pattern.fullmatch(english)
        if found is not None:
            parts = zip(found.groups(), each.rule_text, strict=True)
            return each.instead.format(
                *(retell(part) if code else phrase(language, part, retell) for part, code in parts)
            )
    return None
