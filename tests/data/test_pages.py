"""The pages about typed data and supplied values: each wrong example gives its message, each right one gives none."""

import re
import shlex
from datetime import date
from pathlib import Path

import pytest

import policydsl
from policydsl import catalogue
from policydsl.api import check_files
from policydsl.diagnostics import Diagnostic

ELSEWHERE = {"PD921"}
"""Of the standard table, which has more columns than an example: tests/inputs/test_tpt.py."""
CODES = [
    code
    for code in catalogue.codes()
    if code not in ELSEWHERE
    if "PD350" <= code < "PD400"
    or (code > "PD500" and "```csv " in (text := catalogue.page(code).text) and "policydsl items" not in text)
]
BLOCK = re.compile(r"```(?P<language>\w+)(?: (?P<file>\S+))?\n(?P<body>.*?)```", re.DOTALL)
HEADER = 'rulebook "Example"\n  currency SEK\n  base portfolio\n'
TABLE = """\
table holdings, each holding
  dated by date
  instrument   text, key
  market_value money in SEK
"""
RULE = "define portfolio = sum market_value of holdings\nrule whole: portfolio >= 1 SEK\n"
BESIDE = {"PD352": {"PD350"}, "PD354": {"PD910"}, "PD911": {"PD910"}, "PD948": {"PD910"}, "PD950": {"PD812"}}
"""What a wrong example must say besides: under a wrong name there is no data under the right one, and a heading that
is no column's is not read."""


def rulebook(example: str, folder: Path) -> policydsl.Rulebook:
    """The rulebook of an example: what it shows of it, with a header and a rule unless it shows those too."""
    shown = "".join(block["body"] for block in BLOCK.finditer(example) if block["language"] == "policy") or TABLE
    path = folder / "rulebook.policy"
    path.write_text(shown if shown.startswith("rulebook") else HEADER + shown + RULE, encoding="utf-8")
    return policydsl.load(path)


def said(example: str, folder: Path) -> list[Diagnostic]:
    """All that is said about the data of an example: files that its command names or all of them, or a program's."""
    folder.mkdir()
    policy = rulebook(example, folder)
    paths, day, names = [], None, {}
    for block in BLOCK.finditer(example):
        if block["file"]:
            paths.append(folder / block["file"])
            paths[-1].write_text(block["body"], encoding="utf-8")
        elif block["language"] == "console":
            *_, option, last = shlex.split(block["body"])
            assert option == "--as-of"
            day = date.fromisoformat(last)
        elif block["language"] == "python":
            exec(block["body"], names)
    if "tables" not in names:
        return list(check_files(policy, paths, day)[1])
    try:
        return list(policy.check(names["tables"]).diagnostics)
    except policydsl.DataError as refused:
        return list(refused.diagnostics)


@pytest.mark.parametrize("code", CODES)
def test_examples(code, tmp_path):
    wrong, right = catalogue.page(code).text.split("\nRight:\n")
    assert {one.code for one in said(wrong, tmp_path / "wrong")} == {code} | BESIDE.get(code, set())
    assert [one.message for one in said(right, tmp_path / "right")] == []


@pytest.mark.parametrize("code", CODES)
def test_message_is_a_sentence_that_can_be_read(code, tmp_path):
    for one in said(catalogue.page(code).text.split("\nRight:\n")[0], tmp_path / "wrong"):
        assert "{" not in one.message and "None" not in one.message
        assert len(one.message) < 250
