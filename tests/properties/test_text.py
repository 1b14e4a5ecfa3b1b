"""A generated rulebook, printed and read again, says the same; and printing is done when it is done once."""

from hypothesis import given

from policydsl._resources import languages
from policydsl.source import Source
from policydsl.syntax import ast, parse
from policydsl.syntax.translating import print_file

from .cases import Case, cases
from .independent import independently
from .running import body, load, report


def tree(text: str) -> ast.File:
    file, told = parse(Source("generated.policy", text))
    assert not told, (told, text)
    return file


@independently(300, derandomize=True)
@given(cases())
def test_print_and_parse_round_trip(case: Case) -> None:
    once = tree(case.text)
    printed = print_file(once)
    assert tree(printed) == once, printed
    assert print_file(tree(printed)) == printed


@independently(100, derandomize=True)
@given(cases())
def test_every_language_says_the_same(case: Case) -> None:
    once = tree(case.text)
    for language in languages():
        assert tree(print_file(once, language)) == once


@independently(100, derandomize=True)
@given(cases())
def test_the_printed_rulebook_means_the_same(case: Case) -> None:
    printed = print_file(tree(case.text))
    read, again = load(case.text), load(printed)
    assert read.model.meaning_hash == again.model.meaning_hash
    first, second = (body(report(case, "reference", rulebook)) for rulebook in (read, again))
    assert first["verdicts"] == second["verdicts"]
    assert first["figures"] == second["figures"]
