"""The page that accounts for every requirement is what the command on it prints."""

import re

import pytest

from policydsl.cli import run

from .blocks import ROOT

PAGE = ROOT / "docs" / "items.md"


def test_page_is_what_the_command_prints(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    text = PAGE.read_text(encoding="utf-8")
    said = re.search(r"^    policydsl (.+)$", text, re.MULTILINE)
    assert said is not None
    monkeypatch.chdir(ROOT)
    assert run(said[1].split()) == 0
    printed = capsys.readouterr().out
    start = text.index(printed.splitlines()[0])
    assert text[start:] == printed


def test_only_what_needs_judgement_is_attested() -> None:
    rows = (ROOT / "docs" / "items.csv").read_text(encoding="utf-8").splitlines()[1:]
    asked = {row.split(",")[0] for row in rows if row.endswith(",yes")}
    attested = set(re.findall(r"^\| (\S+) \| attested \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert (len(rows), len(asked)) == (470, 60)
    assert sorted(attested - asked) == []
