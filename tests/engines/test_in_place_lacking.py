"""A column that some of several files lack is unknown in their rows, whatever its blanks mean elsewhere."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import policydsl

HEAD = """\
rulebook "Lacking"
  currency SEK
  base all
scale grades, best first: A, B; unrated: NR
table papers, each paper
  name  text, key
  value money in SEK
"""
BASE = "define all = sum value of papers\n"
COLUMNS: dict[str, tuple[str, str, Any, str]] = {
    "yes/no": ("yes/no", "no", True, "rule a: share where what <= 60%"),
    "money": ("money in SEK", "0", 20, "rule a: sum what of papers <= 50 SEK"),
    "text": ("text", "none", "x", 'rule a: each paper: what is none or what = "x"'),
    "grade": ("grades", "unrated", "A", "rule a: share where what >= B >= 40%"),
    "date": ("date", "none", date(2027, 1, 1), "rule a: each paper where what is present: what <= 2028-01-01"),
}
"""Of each kind of column what a blank may mean, a value of two rows, and a rule."""
TOLD = "is in some files and not in `1.parquet`"


def book(folder: Path, column: str, rule: str) -> policydsl.Rulebook:
    (folder / "lacking.policy").write_text(f"{HEAD}  what {column}\n{BASE}{rule}\n", encoding="utf-8")
    return policydsl.load(folder / "lacking.policy")


def files(folder: Path, *of: dict[str, list[Any]]) -> policydsl.InPlace:
    """A folder of Parquet files."""
    (folder / "papers").mkdir()
    for number, columns in enumerate(of):
        pq.write_table(pa.table(columns), folder / "papers" / f"{number}.parquet")
    return policydsl.InPlace(str(folder / "papers"))


def first(value: Any) -> dict[str, list[Any]]:
    return {"name": ["a", "b"], "value": [10, 10], "what": [value, value]}


SECOND = {"name": ["c", "d"], "value": [10, 10]}


@pytest.mark.parametrize("case", COLUMNS)
def test_a_blank_that_nobody_left_means_nothing(case: str, tmp_path: Path) -> None:
    kind, blank, value, rule = COLUMNS[case]
    found = book(tmp_path, f"{kind}, blank means {blank}", rule)
    with pytest.raises(policydsl.DataError) as refused:
        found.check({"papers": files(tmp_path, first(value), SECOND)})
    (wrong,) = [one for one in refused.value.diagnostics if one.is_error]
    assert wrong.code == "PD955"
    assert TOLD in wrong.message
    assert f"read as `{blank}`" in wrong.message


@pytest.mark.parametrize("case", COLUMNS)
def test_without_a_meaning_it_is_unknown_and_told(case: str, tmp_path: Path) -> None:
    kind, _, value, rule = COLUMNS[case]
    if case in ("text", "date"):
        written = '"x"' if case == "text" else "2027-01-01"
        rule = f"rule a: count of papers where what = {written} <= 3"
    found = book(tmp_path, kind, rule)
    report = found.check({"papers": files(tmp_path, first(value), SECOND)})
    rows = [{"name": n, "value": 10, "what": value if n in "ab" else None} for n in "abcd"]
    assert list(report.verdicts) == list(found.check({"papers": rows}).verdicts)
    assert report.verdicts.outcomes == ("pass" if case == "grade" else "undetermined",)
    (told,) = [one for one in report.diagnostics if one.code == "PD958"]
    assert TOLD in told.message


@pytest.mark.parametrize("case", COLUMNS)
def test_a_file_without_rows_lacks_nothing(case: str, tmp_path: Path) -> None:
    kind, blank, value, rule = COLUMNS[case]
    found = book(tmp_path, f"{kind}, blank means {blank}", rule)
    report = found.check({"papers": files(tmp_path, first(value), {"name": pa.array([], pa.string())})})
    assert not {one.code for one in report.diagnostics} & {"PD955", "PD958"}
    rows = [{"name": n, "value": 10, "what": value} for n in "ab"]
    assert list(report.verdicts) == list(found.check({"papers": rows}).verdicts)


@pytest.mark.parametrize(
    "rule",
    [
        "rule a: share where what is present <= 60%",
        "define there = papers where what is present\nrule a: sum value of there <= 20 SEK",
        "category sort of papers\n  seen: what is present\n  otherwise unseen\nrule a: share where sort = seen <= 60%",
        'define known of papers = what otherwise "x"\nrule a: no paper where known != "x"',
        'rule a: no paper where (what otherwise "x") != "x"',
        "define twice of papers = what\nrule a: each paper: twice is missing",
        'category sort of papers\n  X: what = "x"\n  otherwise Y\ndefine of_sort of papers = sort is missing\n'
        "rule a: no paper where not of_sort",
    ],
)
def test_whether_it_is_present_is_not_decided_by_a_file_that_lacks_it(rule: str, tmp_path: Path) -> None:
    found = book(tmp_path, "text", rule)
    with pytest.raises(policydsl.DataError) as refused:
        found.check({"papers": files(tmp_path, first("x"), SECOND)})
    (wrong,) = [one for one in refused.value.diagnostics if one.is_error]
    assert wrong.code == "PD955"
    assert "read as `missing`" in wrong.message


def test_a_column_of_blanks_is_one(tmp_path: Path) -> None:
    found = book(tmp_path, "yes/no, blank means no", COLUMNS["yes/no"][3])
    there = files(tmp_path, first(True), {**SECOND, "what": [None, None]})  # type: ignore[dict-item]  # blanks
    assert found.check({"papers": there}).verdicts.outcomes == ("pass",)


def test_columns_that_no_file_has_are_unknown(tmp_path: Path) -> None:
    found = book(tmp_path, "yes/no, blank means no", COLUMNS["yes/no"][3])
    report = found.check({"papers": files(tmp_path, {**SECOND, "name": ["a", "b"]}, SECOND)})
    assert report.verdicts.outcomes == ("undetermined",)
    assert "PD355" in {one.code for one in report.diagnostics}


LINKED = """\
rulebook "Linked"
  currency SEK
table issuers, each issuer
  name    text, key
  country text
table papers, each paper
  name   text, key
  value  money in SEK
  issuer link to issuers
  years  term in years
table groups, each group from papers per issuer
  longest = max years
"""


@pytest.mark.parametrize(
    ("rule", "column"),
    [
        ("rule a: each paper: issuer.country is missing", "country"),
        ('define home of papers = issuer.country otherwise "SE"\nrule a: no paper where home != "SE"', "country"),
        ("rule a: each group: longest <= 1y or longest is missing", "years"),
        ("define later of papers = years + 1y\nrule a: each paper: later is missing", "years"),
    ],
)
def test_whether_what_comes_of_it_is_present(rule: str, column: str, tmp_path: Path) -> None:
    """Of issuer I nobody said a country, and of paper c no years."""
    (tmp_path / "linked.policy").write_text(f"{LINKED}{rule}\n", encoding="utf-8")
    issuers = [{"name": ["I"]}, {"name": ["J"], "country": ["DK"]}]
    papers = [
        {"name": ["a"], "value": [1], "issuer": ["J"], "years": [1]},
        {"name": ["c"], "value": [1], "issuer": ["I"]},
    ]
    there = {}
    for name, some in (("issuers", issuers), ("papers", papers)):
        (tmp_path / name).mkdir()
        there[name] = files(tmp_path / name, *some)
    with pytest.raises(policydsl.DataError) as refused:
        policydsl.load(tmp_path / "linked.policy").check(there)
    (wrong,) = [one for one in refused.value.diagnostics if one.is_error]
    assert wrong.code == "PD955"
    assert f"`{column}`" in wrong.message


def test_what_stands_in_for_a_figure_stands_in_for_no_cell(tmp_path: Path) -> None:
    found = book(tmp_path, "term in years", "rule a: ((average what of papers) otherwise 0y) <= 2y")
    report = found.check({"papers": files(tmp_path, first(1), SECOND)})
    assert report.verdicts.outcomes == ("undetermined",)
