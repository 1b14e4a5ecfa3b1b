"""The runner itself: whatever is wrong with a page is said with its line."""

from pathlib import Path

import pytest

from . import pages
from .differences import differences

PAGE = """\
# A page

```policy
rule cap: per issuer: sum <= 30%
rule all: sum <= 100 SEK
```
```table holdings
| instrument | issuer | market_value |
| a          | X      | 30 SEK       |
| b          | Y      | 70 SEK       |
```
"""

VERDICTS = {
    "all of it": ("cap: breach\nall: pass at 100 SEK", []),
    "by group": ("cap for issuer = X: pass at 30%\ncap for issuer = Y: breach\nall: pass", []),
    "open": ("all: pass\n...", []),
    "a quantity": ("portfolio = 100 SEK\n...", []),
    "another outcome": ("all: breach\n...", ["13: expected `all: breach`, found pass"]),
    "another figure": ("all: pass at 99 SEK\n...", ["13: expected `all: pass at 99 SEK`, found pass at 100"]),
    "another unit": ("all: pass at 100%\n...", ["13: expected `all: pass at 100%`, found pass at 100"]),
    "an interval": ("all: pass between 1 SEK and 100 SEK\n...", ["13: expected"]),
    "an open end": ("all: pass at least 100 SEK\n...", ["13: expected"]),
    "another quantity": ("portfolio = 1 SEK\n...", ["13: expected `portfolio = 1 SEK`, found at 100"]),
    "no such rule": ("cap: breach\nall: pass\nother: pass", ["15: there is no verdict on other"]),
    "no such group": (
        "cap for issuer = Z: pass\n...",
        ["13: there is no verdict", "13: the page does not speak of cap"],
    ),
    "no such quantity": ("porfolio = 1 SEK\n...", ["13: there is no quantity porfolio"]),
    "a rule left out": ("cap: breach", ["13: the page does not speak of all, which is pass"]),
    "a group left out": ("cap for issuer = X: pass\n...", ["13: the page does not speak of cap: breach"]),
    "other rows": ("cap: breach\n  rows: a\nall: pass", ["14: cap: expected rows a, found b"]),
    "other headroom": ("cap: breach\n  headroom: 40 points\nall: pass", ["14: cap: expected headroom"]),
    "no line": ("cap is breached", ["line 13 is no verdict"]),
    "no facet": ("cap: breach\n  colour: red", ["line 14 says nothing that a verdict has"]),
}


def said_of(page: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the runner says of a page with this text."""
    monkeypatch.setattr(pages, "HERE", page.parent)
    page.write_text(text, encoding="utf-8")
    return [wrong for case in pages.cases(page) for wrong in differences(case, "reference")]


@pytest.mark.parametrize("name", VERDICTS)
def test_verdicts(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    block, expected = VERDICTS[name]
    said = said_of(tmp_path / f"{name}.md", f"{PAGE}```verdicts\n{block}\n```\n", monkeypatch)
    assert len(said) >= len(expected) if expected else said == []
    for words in expected:
        assert any(words in one for one in said), said


MESSAGES = {
    'rule cap: per isuer: sum <= 30%|PD200 at 1:15 says "issuer"': [],
    "rule cap: per isuer: sum <= 30%|PD200 at 1:16": ["there is no message PD200 at 1:16", "there is a message PD200"],
    'rule cap: per isuer: sum <= 30%|PD200 at 1:15 says "duration of"': ["does not say `duration of`"],
    "rule cap: per issuer: sum <= 30%|PD200 at 1:15": ["there is no message PD200 at 1:15"],
    "rule cap: per isuer: sum <= 7y|": ["there is a message PD2"],
}


@pytest.mark.parametrize("name", MESSAGES)
def test_messages(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    policy, _, message = name.partition("|")
    text = f"```policy\n{policy}\n```\n```messages\n{message}\n```\n"
    said = said_of(tmp_path / "page.md", text, monkeypatch)
    assert len(said) >= len(MESSAGES[name]) if MESSAGES[name] else said == []
    for words in MESSAGES[name]:
        assert any(words in one for one in said), said


def test_tests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    test = (
        'test "t"\n  as of 2015-01-31\n  given holdings\n    | market_value |\n    | 1 SEK        |\n  expect all pass'
    )
    policy = f"```policy\nrule all: sum <= 1 SEK\n{test}\n```\n```tests\n"
    page = tmp_path / "page.md"
    assert said_of(page, f'{policy}"t": pass\n```\n', monkeypatch) == []
    assert said_of(page, f'{policy}"t": fail\n```\n', monkeypatch) == ["page.md:11: the test t passes"]
    assert "there is no test u" in said_of(page, f'{policy}"t": pass\n"u": pass\n```\n', monkeypatch)[0]
    assert "does not say how the test t ends" in said_of(page, f"{policy}\n```\n", monkeypatch)[0]


@pytest.mark.parametrize(
    "text", ["```\nx\n```\n", "```polciy\nx\n```\n", "```policy\nx\n", "```table t\n| a |\n| 1 | 2 |\n```\n"]
)
def test_a_page_that_is_none(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(pages.PageError, match=r"page\.md:\d+"):
        said_of(tmp_path / "page.md", text, monkeypatch)
