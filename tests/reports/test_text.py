"""The report as text: read here as its readers do."""

import re
from pathlib import Path

import pytest

from policydsl.reports.layout import columns, paragraph
from tests.verdicts.asking import report, row

RULES = """rule first "Bonds are few":
  sum where kind = bond <= 20%
  source "Section 1"
rule second "Known in time":
  sum where duration > 3y <= 10%
  source "Section 2"
rule third "Advised":
  share where kind = bond should be between 60% and 70%, norm 65%
rule fourth "Nearly":
  portfolio <= 200 SEK
  warn at 60% of limit
limits T "A table": per issuer: sum
  |            | duration >= 0y | duration > 9y |
  | good       | 100%           | 10%           |
  | good..fair | 100%           | 20%           |
  source "Section 5"
rule fifth "Rows":
  each holding: duration < 9y
rule sixth "Later":
  portfolio <= 1 SEK
  valid from 2020-01-01
define bonds = sum value of holdings where kind = bond
define owed = asked - bonds
"""

ROWS = (
    row("a", "40"),
    row("b", "60", kind="stock", issuer="Y", duration=None),
    row("c", "40", issuer="Z", rating="BBB"),
)

PAGE = Path(__file__).with_name("report.txt")


def printed(*rows, **more):
    return report(RULES, *rows, **more).to_text().replace("\u00a0", " ")


def test_whole_report():
    *blocks, notes, marks = printed(*ROWS).split("\n\n")
    assert "\n\n".join(blocks) + "\n" == PAGE.read_text(encoding="utf-8")
    assert notes.splitlines()[:2] == ["Notes", "  1 holding in no label of class: b"]
    assert re.findall(r"(note|warning) (PD\d+):", notes) == [("note", "PD750"), ("warning", "PD362")]
    assert re.fullmatch(r"text \w{12}; meaning \w{12}; data \w{12}; engine reference\n", marks)


@pytest.mark.parametrize("rows", [ROWS, ROWS[:1], (row("x" * 300, "1"), row("y " * 200, "2"))])
def test_no_line_is_wider_than_a_page(rows):
    assert max(map(len, printed(*rows).splitlines())) <= 100


def test_nothing_to_judge_is_said():
    assert report("", row("a")).to_text().startswith("NOT APPLICABLE: there is nothing to judge\n")


def test_same_text_every_time():
    assert printed(*ROWS) == printed(*ROWS)


def test_columns_line_up_and_go_on_below_where_they_are_too_wide():
    rows = [("a", "", "bb"), ("aaa", "", "b" * 98)]
    assert columns(rows) == ["  a    bb", "  aaa", "      " + "b" * 94, "        bbbb"]
    assert columns([]) == []


def test_paragraph_folds_and_hangs():
    assert paragraph("word " * 30, 2, 4)[1].startswith("      word")
    assert paragraph("", 2) == ["  "]
