"""Every word of Borlänge's rulebook and of what it uses, misspelt one at a time: nothing runs green."""

from collections import Counter

import pytest

import policydsl

from .catching import caught_in_files, mutants
from .declared import ROOT, Mutant
from .rulebook import Parts
from .run import green_of, parts_of, shown
from .words import COUNTS

LEAST = 5800
"""So many mutants at least: fewer would mean that words have become exempt."""

INDECISIVE = {
    **dict.fromkeys(
        [
            ("fixed income in an account", "SEK"), ("fixed income in an account", "SE"),
            ("a direct bond that escapes the limits", "SEK"), ("a direct bond that escapes the limits", "SE"),
            ("a structured bond that escapes the limits", "SEK"), ("a structured bond that escapes the limits", "SE"),
        ],
        "the test asks only whether the paper may be held, and not about its currency and market",
    ),
    ("a direct bond in another currency", "SE"): "the currency alone is a breach",
    ("a bond fund in another currency", "SE"): "the market of a fund is compared with nothing",
    ("the portfolio as printed", "SEK"): "the currency of the account is compared with nothing",
    ("the portfolio as printed", "Svenska"): "one of three rows of an issuer whose limit is 100%",
    ("the portfolio as printed", "staten"): "one of three rows of an issuer whose limit is 100%",
}  # fmt: skip
"""Texts in the rows of examples, by test and word, that some rule compares but that decide nothing in that example."""


@pytest.fixture(scope="module")
def parts() -> Parts:
    return parts_of("borlange")


def test_every_letter_and_digit_is_in_one_word(parts: Parts) -> None:
    roles: Counter[str] = Counter()
    for declaration in parts.declarations:
        left = list(declaration.text)
        for word in parts.words(declaration):
            roles[word.role] += 1
            assert declaration.text[word.start : word.end] == word.text
            assert "".join(left[word.start : word.end]) == word.text, "no letter stands in two words"
            left[word.start : word.end] = " " * len(word.text)
        rest = [letter for letter in left if letter.isalnum()]
        assert rest == [], f"{''.join(rest)} of {declaration.text}"
    counted = sum(roles[role] for role in COUNTS)
    print(f"\n{roles.total()} words, of which {counted} count: {dict(roles.most_common())}")
    assert len(mutants(parts)) >= LEAST


def test_declarations_by_themselves_mean_the_same(parts: Parts) -> None:
    apart, read = parts.whole.model, policydsl.load(ROOT / "borlange").model
    assert apart.meaning_hash == read.meaning_hash
    assert {each.id: each for each in apart.checks} == {each.id: each for each in read.checks}
    assert [each.title for each in apart.tests] == [each.title for each in read.tests]


def test_no_misspelling_runs_green(parts: Parts, capsys: pytest.CaptureFixture[str]) -> None:
    asked = mutants(parts)
    found = green_of("borlange", asked)
    with capsys.disabled():
        print(f"\n{len(asked)} misspellings, {len(found)} of them in texts that decide nothing; all others are caught")
    assert [shown(parts, one) for one in found if _place(parts, one) not in INDECISIVE] == []
    assert {_place(parts, one) for one in found} == set(INDECISIVE), "a text on the list decides something after all"


def _place(parts: Parts, mutant: Mutant) -> tuple[str, str]:
    title = parts.declarations[mutant.declaration].text.partition('"')[2].partition('"')[0]
    return title, mutant.words[0].text


def test_a_sample_is_caught_in_the_files_too(parts: Parts) -> None:
    """What is found of single declarations is so when the changed file is read as an author's."""
    sample = [one for one in mutants(parts)[::110] if _place(parts, one) not in INDECISIVE]
    assert len(sample) >= 40
    assert [shown(parts, one) for one in sample if not caught_in_files(parts, one)] == []


def test_a_rulebook_with_nothing_misspelt_is_green(parts: Parts) -> None:
    assert parts.failing_test(parts.whole) is None
