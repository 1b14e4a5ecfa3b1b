"""Texts of the HTML report stand out from what is behind them, in light and dark: 4.5 to 1, as WCAG AA asks."""

import re
from importlib.resources import files

import pytest

CSS = files("policydsl.reports.html").joinpath("style.css").read_text(encoding="utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-fA-F]{6})", block)) for block in re.findall(r":root \{(.*?)\}", CSS, re.S)[:2]
)
COLOURED = ("soft", "link", "breach", "open", "deviation", "waived", "warning", "pass", "none")
PAIRS = [
    *((word, back) for word in ("ink", *COLOURED) for back in ("paper", "ground")),
    *(("ink", f"use{depth}") for depth in range(6)),
    ("ink", "breach-pale"),
]


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("word", "back"), PAIRS)
def test_contrast(palette, word, back):
    dark, light = sorted((luminance(palette[word]), luminance(palette[back])))
    assert (light + 0.05) / (dark + 0.05) >= 4.5
