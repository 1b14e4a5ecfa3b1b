"""The grammar, the keyword table and the builders fit together."""

import logging
import re
import tomllib

import lark
import pytest

from policydsl._resources import resource_dir
from policydsl.syntax import ast
from policydsl.syntax.build import MAKERS, VALUES
from policydsl.syntax.loading import load_tables
from policydsl.syntax.tables import STARTS
from policydsl.syntax.words import words_of

GRAMMAR = (resource_dir("grammar") / "policy.lark").read_text(encoding="utf-8")
RULES = re.sub(r"//.*", "", GRAMMAR.partition("// ---- terminals")[0])
LANGUAGES = sorted(path.stem for path in resource_dir("grammar").glob("*.toml"))


def test_grammar_has_no_conflicts(caplog):
    before = lark.logger.level
    lark.logger.setLevel(logging.DEBUG)
    try:
        with caplog.at_level(logging.DEBUG, logger=lark.logger.name):
            lark.Lark(GRAMMAR, parser="lalr", lexer="basic", start=list(STARTS), debug=True)
    finally:
        lark.logger.setLevel(before)
    assert [record.getMessage() for record in caplog.records if "conflict" in record.getMessage()] == []


def test_no_spelling_of_any_language_stands_in_the_grammar():
    signs = re.findall(r'^[A-Z_.0-9]+: (".*")$', GRAMMAR, re.MULTILINE)
    assert len(signs) > 10
    assert [sign for sign in signs if re.search(r"[a-z]", sign)] == []
    assert not re.search(r'"', RULES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_spelling_belongs_to_two_words(language):
    words = words_of(language)
    owners: dict[str, set[str]] = {}
    for phrases in words.phrases.values():
        for phrase in phrases:
            owners.setdefault(phrase.spelling, set()).add(f"{phrase.terminal} {phrase.means or ''}")
    assert {spelling: sorted(terminals) for spelling, terminals in owners.items() if len(terminals) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_keyword_table_spells_what_the_grammar_uses(language):
    spelled = set(words_of(language).spellings) | {"DIGITS", "UNIT", "MULTIPLE", "MONTH"}
    declared = set(re.findall(r"[A-Z][A-Z_]*", " ".join(re.findall(r"^%declare (.*)$", GRAMMAR, re.MULTILINE))))
    used = set(re.findall(r"\b[A-Z][A-Z_]*\b", RULES))
    shaped = set(load_tables().patterns)
    assert used - shaped == declared == spelled
    assert shaped <= used


@pytest.mark.parametrize("language", LANGUAGES)
def test_habits_are_led_to_words_of_the_table(language):
    words = words_of(language)
    for habit, meant in words.instead.items():
        assert meant in words.terminal_of or meant in ("=", "..")
        assert habit != meant


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_words_of_english(language):
    english, other = (
        tomllib.loads((resource_dir("grammar") / f"{one}.toml").read_text(encoding="utf-8")) for one in ("en", language)
    )
    assert set(english) == set(other)
    for part in ("declarations", "words", "units", "months", "multiples"):
        missing, more = set(english[part]) - set(other[part]), set(other[part]) - set(english[part])
        assert not missing, (
            f"grammar/{language}.toml lacks {sorted(missing)} under [{part}]. Add each as `entry = [spellings]`: what "
            "a treasurer would write in that language, first the spelling that is written back, then inflections and "
            "synonyms. No spelling may stand under two entries of the table."
        )
        assert not more, f"grammar/{language}.toml has {sorted(more)} under [{part}], which English has not"


def made_by_the_grammar() -> set[str]:
    """The rules that make a value of their own: neither groups nor mere names for one part."""
    return {
        one.name
        for one in load_tables().productions
        if not one.name.startswith(("_", "$")) and not (one.alone and one.passes)
    }


def test_every_rule_has_its_maker_and_every_maker_its_rule():
    assert made_by_the_grammar() - set(MAKERS) == set()
    assert set(MAKERS) - {one.name for one in load_tables().productions} == set()
    assert set(VALUES) <= set(load_tables().patterns)


CLASSES = {
    re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
    for name, value in vars(ast).items()
    if isinstance(value, type) and value.__module__.startswith("policydsl.syntax.ast")
}
WITHOUT_A_RULE = {
    # made of one word
    "name", "text", "date",
    # the parts of an assertion and what a where leaves over: seen only when the whole is known
    "bound", "file", "broken", "limits_row", "raw_cell", "head", "column", "history", "period",
    "timing", "answer", "answer_head",
}  # fmt: skip


def test_trees_and_rules_have_the_same_names():
    assert CLASSES - {one.name for one in load_tables().productions} - WITHOUT_A_RULE == set()


def test_tables_are_small():
    assert len(load_tables().moves) < 1500
