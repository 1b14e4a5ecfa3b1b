"""Every other shipped rulebook: a sample of their words, misspelt one at a time.

All of their words are misspelt by `python -m tests.misspelling.run`. A word in the data of an example (a row of a
test, or a value behind `with COLUMN =`) may decide nothing there: a name among the details of an example that is about
something else, or the `%` of a cell in a column that is in per cent anyhow. Of each such word another misspelling must
be caught somewhere in the same rulebook.
"""

import pytest

import policydsl

from .catching import caught_in_files, mutants, never_caught
from .declared import ROOT
from .run import USED, asked_of, green_of, parts_of, rulebooks, shown

SAMPLE = 150
OTHERS = [name for name in rulebooks() if name != "borlange"]


@pytest.mark.parametrize("name", OTHERS)
def test_no_misspelling_runs_green(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    parts, asked = parts_of(name), asked_of(name, SAMPLE)
    green = green_of(name, asked)
    with capsys.disabled():
        print(
            f"\n{name}: {len(asked)} of {len(mutants(parts))} misspellings, {len(green)} decide nothing where they are"
        )
    assert len(asked) >= 40
    assert [shown(parts, one) for one in never_caught(parts, asked, green)] == []


@pytest.mark.parametrize("name", ["model", "orebro"])
def test_a_sample_is_caught_in_the_files_too(name: str) -> None:
    """In a document, and in a rulebook on top of another."""
    parts, asked = parts_of(name), [one for one in asked_of(name, 8) if not one.in_example]
    assert len(asked) >= 5
    assert [shown(parts, one) for one in asked if not caught_in_files(parts, one)] == []


@pytest.mark.parametrize("name", OTHERS)
def test_declarations_by_themselves_mean_the_same(name: str) -> None:
    apart, read = parts_of(name).whole.model, policydsl.load(ROOT / name).model
    assert apart.meaning_hash == read.meaning_hash
    assert [each.id for each in apart.checks] == [each.id for each in read.checks]
    assert [each.title for each in apart.tests] == [each.title for each in read.tests]
    assert not read.waivers, "then who may grant one is no longer just a text for readers"


UNUSED = {"standard/trades.policy": "no shipped rulebook has a rule `on purchase`; the pages of the language do"}
"""Files that no rulebook takes in yet."""


def test_every_shipped_file_is_misspelt_with_some_rulebook() -> None:
    shipped = {file.relative_to(ROOT).as_posix() for file in ROOT.rglob("*.policy*")} - set(UNUSED)
    found = {each.file for name in rulebooks() for each in parts_of(name).declarations}
    assert shipped == found
    assert {file for file in shipped if file.startswith("standard/")} == set(USED)
