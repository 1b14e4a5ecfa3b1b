"""The shipped rulebooks in every language: the same trees, the same meaning, the same verdicts, and every comment."""

import shutil
from pathlib import Path

import pytest

import policydsl
from policydsl._resources import languages
from policydsl.cli import run
from policydsl.model.finding import ENDINGS
from policydsl.model.loading import read_source
from policydsl.source import Source
from policydsl.syntax import ast, parse
from policydsl.syntax.languages import is_language_line
from policydsl.syntax.translating import translated
from policydsl.testing import run_tests

ROOT = Path(__file__).resolve().parents[2]
RULEBOOKS = ROOT / "rulebooks"
FILES = sorted(file for ending in ENDINGS for file in RULEBOOKS.rglob(f"*{ending}"))
OTHERS = [code for code in languages() if code != "en"]


def test_there_are_rulebooks():
    assert len(FILES) > 10


def remarks(source: Source, file: ast.File) -> list[str]:
    """The comments of a file but the line that names its language."""
    return sorted(each.value for each in file.comments if not is_language_line(source, each.span.start))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(RULEBOOKS).as_posix())
def test_translating_loses_nothing(file):
    source, _ = read_source(file)
    assert source is not None
    first, told = parse(source)
    assert told == ()
    comments = remarks(source, first)
    made = first
    for language in (*OTHERS, *languages(), first.language):
        source = Source(source.path, translated(source, made, language))
        made, told = parse(source)
        assert (made, told, made.language) == (first, (), language)
        assert remarks(source, made) == comments


@pytest.fixture(scope="module", params=OTHERS)
def borlange(request, tmp_path_factory):
    """Borlänge's rulebook, translated by the command."""
    folder = tmp_path_factory.mktemp("rulebooks")
    assert run(["translate", str(RULEBOOKS / "borlange"), "--to", request.param, "-o", str(folder / "borlange")]) == 0
    return policydsl.load(folder / "borlange")


def test_meaning_and_ids_are_the_same(borlange):
    english = policydsl.load(RULEBOOKS / "borlange")
    assert borlange.model.language != "en"
    assert borlange.model.meaning_hash == english.model.meaning_hash
    assert borlange.rules == english.rules


def test_verdicts_are_the_same(borlange):
    results = run_tests(borlange)
    assert len(results) > 20
    assert [(test.title, test.failures) for test in results if not test.passed] == []


def test_shipped_rulebooks_in_one_language_are_used_by_those_in_another(tmp_path):
    shutil.copytree(RULEBOOKS / "borlange", tmp_path / "borlange")
    shared = tmp_path / "standard"
    assert run(["translate", str(RULEBOOKS / "standard"), "--to", "da", "-o", str(shared)]) == 0
    assert "tabel holdings" in (shared / "holdings.policy").read_text(encoding="utf-8")
    mixed = policydsl.load(tmp_path / "borlange")
    assert mixed.model.meaning_hash == policydsl.load(RULEBOOKS / "borlange").model.meaning_hash
