"""A rulebook that is kept in the cache is never trusted over its text."""

import random
from pathlib import Path

import pytest

import policydsl
from policydsl import api
from policydsl.api import read
from policydsl.syntax import kept_words

TEXT = """\
rulebook "Kept"
  currency SEK
table holdings, each holding
  issuer text
  amount money in SEK
define total = sum amount of holdings
rule most: sum amount of holdings where issuer = "x" <= 51% of total
"""
ROWS = [{"issuer": "x", "amount": 60}, {"issuer": "y", "amount": 40}]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A rulebook and an empty cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    written = tmp_path / "kept.policy"
    written.write_text(TEXT, encoding="utf-8")
    return written


def kept(file: Path) -> Path:
    """The file in the cache."""
    (found,) = (file.parent / "cache" / "policydsl").glob("rulebook-*")
    return found


def outcome(file: Path) -> str:
    """What the rule says of the rows."""
    (verdict,) = policydsl.load(file).check({"holdings": ROWS}).verdicts
    return verdict.outcome


def test_it_is_taken_from_the_cache(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert outcome(file) == "breach"

    def refuse(*_: object) -> None:
        raise AssertionError("read anew")

    monkeypatch.setattr(api, "_read_anew", refuse)
    assert outcome(file) == "breach"


def test_another_text_of_the_same_length_is_read(file: Path) -> None:
    assert outcome(file) == "breach"
    file.write_text(TEXT.replace("51%", "61%"), encoding="utf-8")
    assert outcome(file) == "pass"


def test_without_the_cache_it_is_read(file: Path) -> None:
    assert outcome(file) == "breach"
    kept(file).unlink()
    assert outcome(file) == "breach"


def test_where_one_byte_is_another_the_text_is_read(file: Path) -> None:
    whole, _ = read(file)
    assert whole is not None
    content = kept(file).read_bytes()
    for place in random.Random(1).sample(range(len(content)), 300):
        other = bytes([*content[:place], content[place] ^ 10, *content[place + 1 :]])  # 51 becomes 57, and 60 or so
        kept(file).write_bytes(other)
        found, _ = read(file)
        assert found is not None
        assert found.model == whole.model, place


@pytest.mark.parametrize("content", [b"", b"x" * 31, b"x" * 1000], ids=["empty", "short", "noise"])
def test_where_it_is_spoilt_the_text_is_read(file: Path, content: bytes) -> None:
    assert outcome(file) == "breach"
    kept(file).write_bytes(content)
    assert outcome(file) == "breach"


def test_the_words_of_a_language_are_taken_only_if_they_are_whole(file: Path) -> None:
    place = file.parent / "cache" / "policydsl" / "words-of-a-test"
    kept_words.keep(place, {"at least": "AT_LEAST"})
    assert kept_words.recall(place) == {"at least": "AT_LEAST"}
    place.write_bytes(place.read_bytes().replace(b"AT_LEAST", b"AT_MOST_"))
    assert kept_words.recall(place) is None
