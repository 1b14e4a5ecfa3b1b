"""The keywords of Borlänge's rulebook in Swedish and in Danish, misspelt one at a time: nothing runs green.

Names, texts and numbers are those of the English rulebook, so each keyword is tried where it first stands in every kind
of declaration.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator

import pytest

from policydsl._resources import languages, resource_dir
from policydsl.syntax.languages import language_line
from policydsl.syntax.translating import print_file

from .declared import Declaration, read
from .near import near_miss
from .rulebook import Parts, spellings

OTHERS = [code for code in languages() if code != "en"]
LEAST = 200
"""So many mutants at least in each language."""
EACH = 3
"""How often a keyword is tried in a kind of declaration."""

YES_AND_NO_IN_DATA = {"j", "n", "y"}
"""What a cell may say for short."""

_WORD = re.compile(r'"[^"\n]*"|“[^”\n]*”|`[^`\n]*`|(?P<word>[^\W\d_]+)')


@pytest.fixture(scope="module")
def parts() -> Parts:
    return Parts.load("borlange")


def spelt(language: str) -> frozenset[str]:
    """All words of a keyword table, in lower case."""
    table = tomllib.loads((resource_dir("grammar") / f"{language}.toml").read_text(encoding="utf-8"))
    return frozenset(word.casefold() for text in spellings(table) for word in re.findall(r"[^\W\d_]+", text))


def places(text: str) -> Iterator[re.Match[str]]:
    """The words of a text outside its quotations."""
    return (found for found in _WORD.finditer(text) if found["word"])


def in_language(declaration: Declaration, language: str) -> str:
    """A declaration's text, with the line that names its language."""
    return print_file(declaration.parsed[1], language)


def mutants(parts: Parts, language: str) -> Iterator[tuple[int, str, str]]:
    """The number of a declaration, its text with a keyword misspelt, and the two words."""
    known, tried = spelt(language), Counter[tuple[str, str]]()
    taken = known | parts.taken | YES_AND_NO_IN_DATA
    for at, declaration in enumerate(parts.declarations):
        text = in_language(declaration, language)
        kind = type(declaration.parsed[1].declarations[0]).__name__
        names = Counter(found["word"] for found in places(in_language(declaration, "en")))
        seen = Counter[str]()
        for found in places(text):
            word = found["word"]
            seen[word] += 1
            if found.start() < len(language_line(language)) or word.casefold() not in known or names[word]:
                continue
            if tried[kind, word] < EACH and seen[word] == 1:
                tried[kind, word] += 1
                instead = near_miss(word, found.start(), taken)
                yield at, text[: found.start()] + instead + text[found.end() :], f"{word} -> {instead} in {text}"


@pytest.mark.parametrize("language", OTHERS)
def test_no_misspelt_keyword_runs_green(parts: Parts, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = list(mutants(parts, language))
    with capsys.disabled():
        print(f"\n{len(asked)} misspelt keywords in {language}")
    assert len(asked) >= LEAST
    assert [shown for at, text, shown in asked if not caught(parts, at, text)] == []


def caught(parts: Parts, at: int, text: str) -> bool:
    """Whether the rulebook with a declaration changed is refused, or a test of it fails."""
    declaration = parts.declarations[at]
    changed, wrong = read(declaration.parsed[0].path, text, "en")
    if wrong:
        return True
    files = [changed if number == at else each.parsed for number, each in enumerate(parts.declarations)]
    rulebook, _ = parts.checked(files)
    return rulebook is None or parts.failing_test(rulebook) is not None


@pytest.mark.parametrize("language", OTHERS)
def test_the_rulebook_in_that_language_is_green(parts: Parts, language: str) -> None:
    files = [read(each.parsed[0].path, in_language(each, language), "en")[0] for each in parts.declarations]
    rulebook, told = parts.checked(files)
    assert rulebook is not None, told
    assert parts.failing_test(rulebook) is None
