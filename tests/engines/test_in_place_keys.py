"""Keys of tables that stay where they are, of which the database can't work with the values exactly."""

from pathlib import Path
from typing import Any

import pytest

import policydsl

from .in_place import as_texts, written
from .test_in_place import view

BOOK = """\
rulebook "Keys"
  currency SEK
table papers, each paper
  dated by day
  no     number, key
  name   text, key
  amount money in SEK
rule sum: sum amount of papers <= 10 SEK
"""
DAY, BEFORE = "2015-01-31", "2014-01-31"
ONE, TWO, THREE = (f"CAST({each} AS DOUBLE PRECISION)" for each in (0.1, 0.2, 0.3))
BOTH = f"{ONE} + {TWO}"
"""As binary numbers, 0.30000000000000004: another number than 0.3."""


@pytest.fixture
def keyed(tmp_path: Path) -> policydsl.Rulebook:
    (tmp_path / "keys.policy").write_text(BOOK, encoding="utf-8")
    return policydsl.load(tmp_path / "keys.policy")


def papers(place: Any, name: str, rows: list[tuple[str, str, str]]) -> policydsl.InPlace:
    """Papers of a day, with binary numbers and a name."""
    own = written(place, as_texts({"one": ["1"]}))
    each = [
        f"SELECT CAST('{day}' AS DATE) AS day, {no} AS no, '{called}' AS name, 1 AS amount FROM {own}"
        for day, no, called in rows
    ]
    return view(place, name, " UNION ALL ".join(each))


def codes(book: policydsl.Rulebook, there: policydsl.InPlace) -> list[str]:
    try:
        said = book.check({"papers": there}).diagnostics
    except policydsl.DataError as refused:
        said = refused.diagnostics
    return sorted(one.code for one in said)


def test_binary_numbers_are_told_apart_to_the_last_digit(keyed: policydsl.Rulebook, place: Any) -> None:
    assert codes(keyed, papers(place, "apart", [(DAY, BOTH, "a"), (DAY, THREE, "a")])) == ["PD329"]
    assert codes(keyed, papers(place, "alike", [(DAY, BOTH, "a"), (DAY, BOTH, "A")])) == ["PD329", "PD358"]


def test_binary_numbers_of_another_day(keyed: policydsl.Rulebook, place: Any) -> None:
    many = [(DAY, BOTH, name) for name in "abcd"]
    assert codes(keyed, papers(place, "strays", [*many, (BEFORE, THREE, "a")])) == ["PD329", "PD982"]
    assert codes(keyed, papers(place, "history", [*many, (BEFORE, BOTH, "A")])) == ["PD329", "PD367"]


def test_too_many_names_with_unusual_signs_are_refused(
    keyed: policydsl.Rulebook,
    place: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("policydsl.engines.sql.in_place.texts.MOST_DIFFERENT", 1)
    there = papers(place, "odd", [(DAY, ONE, "ﬁrma"), (DAY, ONE, "STRAẞE")])
    with pytest.raises(policydsl.DataError, match="PD764") as refused:
        keyed.check({"papers": there})
    (one,) = (one for one in refused.value.diagnostics if one.code == "PD764")
    assert "`name` would take the 2 rows of `papers` one by one, because more than 1 different texts" in one.message
