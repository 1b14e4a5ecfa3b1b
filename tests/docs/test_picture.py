"""The picture in the README is what the command prints today."""

import importlib.util
import xml.etree.ElementTree as ElementTree
from types import ModuleType

import pytest

from .blocks import ROOT


@pytest.fixture(scope="module")
def draw() -> ModuleType:
    """The script that draws it."""
    spec = importlib.util.spec_from_file_location("draw", ROOT / "docs" / "draw.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_picture_is_up_to_date(draw: ModuleType) -> None:
    drawn = draw.picture(list(draw.shown(draw.printed())))
    assert draw.PICTURE.read_text(encoding="utf-8") == drawn, "run `python docs/draw.py`"


def test_picture_shows_lines_that_were_printed(draw: ModuleType) -> None:
    report = draw.printed().splitlines()
    assert [line for line in draw.shown("\n".join(report)) if line not in report and "…" not in line] == []


def test_picture_is_plain(draw: ModuleType) -> None:
    root = ElementTree.parse(draw.PICTURE).getroot()
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags == {"svg", "title", "style", "rect", "text"}
