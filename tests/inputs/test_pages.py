"""The pages about files: each wrong example gives its message, each right one does not."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from policydsl import catalogue
from policydsl.inputs.convert import convert_column
from policydsl.inputs.frames import read_frame
from policydsl.inputs.kinds import DateKind, GradeKind, LabelKind, NumberKind, TextKind, YesNoKind, share_in_percent
from policydsl.inputs.read import find_tables

ELSEWHERE = ("PD851", "PD856", "PD857", "PD858", "PD859", "PD862", "PD863", "PD864", "PD867", "PD872")
"""Pages about servers and drivers, and about what only a rulebook shows, which other tests give."""
CODES = [
    code
    for code in catalogue.codes()
    if "PD300" <= code < "PD350"
    or code in ("PD811", "PD812", "PD816", "PD912", "PD913", "PD915")
    or ("PD850" <= code < "PD880" and code not in ELSEWHERE)
]
BLOCK = re.compile(r"```(?P<language>\w+)(?: (?P<file>\S+))?\n(?P<body>.*?)```", re.DOTALL)
HOLDINGS = {
    "date": DateKind(),
    "instrument": TextKind(),
    "market_value": NumberKind(unit="SEK", units={"SEK": Fraction(1)}),
    "issuer_type": LabelKind({word: word for word in ("state", "municipality", "bank")}),
    "rating_sp": GradeKind({"aaa": "AAA", "aa+": "AA+"}),
    "real_rate": YesNoKind(),
    "weight": share_in_percent(),
}


def said(example: str, folder: Path, monkeypatch) -> set[str]:
    """The codes of all that is said about the tables of an example."""
    monkeypatch.chdir(folder)
    names: dict[str, object] = {}
    for block in BLOCK.finditer(example):
        if block["file"]:
            Path(block["file"]).write_text(block["body"], encoding="utf-8")
        elif block["language"] == "python":
            exec(block["body"], names)
    if "holdings" in names:
        sheet, told = read_frame(names["holdings"], "holdings")
        tables, told = {"holdings": sheet}, list(told)
    else:
        tables, _, told = find_tables(names.get("data", ["."]))
    for sheet in tables.values():
        for at, heading in enumerate(sheet.headings):
            told += convert_column(sheet, at, HOLDINGS.get(heading, TextKind()))[1]
    return {one.code for one in told}


@pytest.mark.parametrize("code", CODES)
def test_examples(code, tmp_path, monkeypatch):
    wrong, right = catalogue.page(code).text.split("\nRight:\n")
    (tmp_path / "wrong").mkdir()
    (tmp_path / "right").mkdir()
    assert code in said(wrong, tmp_path / "wrong", monkeypatch)
    assert said(right, tmp_path / "right", monkeypatch) == set()


@pytest.mark.parametrize("code", CODES)
def test_style(code):
    page = catalogue.page(code)
    assert page.sentence[0].islower() or page.sentence[0] in "`{"
    assert not page.sentence.endswith(".")
    assert len(page.sentence) <= 200


def test_every_code_in_use_has_a_page_and_every_page_is_in_use():
    folder = Path(catalogue.__file__).parents[1] / "inputs"
    used = {
        code
        for file in folder.rglob("*.py")
        for code in re.findall(r"PD3\d\d|PD81[126]|PD91\d|PD8[567]\d", file.read_text(encoding="utf-8"))
    }
    assert sorted(used - set(ELSEWHERE)) == CODES
