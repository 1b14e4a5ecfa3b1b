"""The shipped rulebooks in the other languages: they mean the same, and no keyword misspelt there runs green.

Names, texts and numbers are those of the rulebook as shipped, so each keyword is tried where it first stands in every
kind of declaration; of Borlänge's rulebook all of these, of the others a sample. All words of a translated rulebook are
misspelt by `python -m tests.misspelling.run NAME --to LANGUAGE`.
"""

from collections import Counter
from collections.abc import Iterator

import pytest

from policydsl._resources import languages

from .catching import mutants
from .declared import Mutant
from .rulebook import Parts
from .run import green_of, parts_of, rulebooks, shown

LEAST = 200
"""So many misspelt keywords of Borlänge's rulebook at least in each language."""
SAMPLE = 40
"""About so many of every other one."""
EACH = 3
"""How often a keyword is tried in a kind of declaration."""


def is_translated(name: str, language: str) -> bool:
    """Whether a rulebook is written in another language."""
    return parts_of(name).declarations[0].code != language


TRANSLATED = [(name, language) for name in rulebooks() for language in languages() if is_translated(name, language)]


def keywords(name: str, language: str) -> Iterator[Mutant]:
    """Mutants of the words of a translated rulebook that do not stand in the declaration as shipped: its keywords."""
    shipped, parts = parts_of(name), parts_of(name, language)
    tried = Counter[tuple[str, str]]()
    for mutant in mutants(parts):
        declaration, word = parts.declarations[mutant.declaration], mutant.words[0]
        kind = type(declaration.parsed[1].declarations[0]).__name__
        own = {each.text for each in shipped.words(shipped.declarations[mutant.declaration])}
        if word.role == "word" and word.text not in own and tried[kind, word.text] < EACH:
            tried[kind, word.text] += 1
            yield mutant


@pytest.mark.parametrize(("name", "language"), TRANSLATED)
def test_no_misspelt_keyword_runs_green(name: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    parts, found = parts_of(name, language), list(keywords(name, language))
    asked = found if name == "borlange" else found[:: max(1, len(found) // SAMPLE)]
    with capsys.disabled():
        print(f"\n{name} in {language}: {len(asked)} of {len(found)} misspelt keywords")
    assert name != "borlange" or len(asked) >= LEAST
    assert len(asked) >= 10
    assert [shown(parts, one) for one in green_of(name, asked, language)] == []


@pytest.mark.parametrize(("name", "language"), TRANSLATED)
def test_the_rulebook_in_that_language_is_green(name: str, language: str) -> None:
    made: Parts = parts_of(name, language)
    assert made.whole.model.meaning_hash == parts_of(name).whole.model.meaning_hash
    assert {each.code for each in made.declarations} == {language}
    assert made.failing_test(made.whole) is None
