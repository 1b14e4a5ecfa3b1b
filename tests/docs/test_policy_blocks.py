"""Policy on the pages: it is read without a word, its tests pass, and what is said to be wrong is."""

import re
from pathlib import Path

import pytest

import policydsl
from policydsl.testing import run_tests

from .blocks import ROOT, Block, blocks

HEADER = """\
rulebook "Example"
  currency SEK
  use standard/holdings
  base portfolio

define portfolio = sum market_value of holdings
"""

LATER = {
    "a share of the largest rows": "define f = sum market_value of largest 5 holdings by market_value\n"
    "rule a: per issuer: share of f <= 50%",
}
"""What the page says is not in this version: the first words of a line of its table, and an example."""

BLOCKS = blocks("policy")
WRONG = [block for block in BLOCKS if block.info[1:2] == ("wrong",)]
EXCERPTS = [block for block in BLOCKS if block.info[1:2] == ("excerpt",)]
LAYERS = [block for block in BLOCKS if block.info[1:2] == ("layer",)]
COMMON = """\
parameter cap: 20%
rule 4.2 "Long paper": sum where duration > 7y <= 20%
  source "Common policy, 4.2"
rule 5.1: sum where duration > 10y <= cap
rule 6.3: per issuer: share <= 10%
limits T5: per issuer: sum
  | duration | max |
  | > 1y     | 10% |
"""
"""What stands in the rulebook that the layers on the page extend, below the header."""
RIGHT = [block for block in BLOCKS if len(block.info) == 1]


def of_place(block: Block) -> str:
    return block.place


def read(block: Block, folder: Path) -> tuple[policydsl.Rulebook | None, list[str]]:
    """The rulebook that a block is, or is the end of; and what is said of it."""
    text = block.text if re.search(r'^(rulebook|regelbok|regelbog) "', block.text, re.M) else f"{HEADER}\n{block.text}"
    path = folder / "example.policy"
    path.write_text(text, encoding="utf-8")
    rulebook, diagnostics = policydsl.read(path)
    return rulebook, [f"{found.code}: {found.message}" for found in diagnostics]


def test_every_block_is_of_one_kind() -> None:
    assert len(RIGHT) + len(WRONG) + len(EXCERPTS) + len(LAYERS) == len(BLOCKS)


@pytest.mark.parametrize("block", LAYERS, ids=of_place)
def test_layer(block: Block, tmp_path: Path) -> None:
    (tmp_path / "common.policy").write_text(f"{HEADER}\n{COMMON}", encoding="utf-8")
    (tmp_path / "region").mkdir()
    (tmp_path / "region" / "region.policy").write_text(block.text, encoding="utf-8")
    rulebook, said = policydsl.read(tmp_path / "region")
    assert [str(one) for one in said] == []
    assert rulebook is not None
    assert rulebook.rules == ("4.2", "6.3", "T5[> 1y, max]", "own")


def test_header_of_the_examples_is_shown_on_the_page() -> None:
    assert any(block.text == HEADER for block in RIGHT)


@pytest.mark.parametrize("block", RIGHT, ids=of_place)
def test_right(block: Block, tmp_path: Path) -> None:
    rulebook, said = read(block, tmp_path)
    assert said == []
    assert rulebook is not None


@pytest.mark.parametrize("block", blocks("markdown"), ids=of_place)
def test_document_with_rules(block: Block, tmp_path: Path) -> None:
    (tmp_path / "header.policy").write_text(HEADER, encoding="utf-8")
    (tmp_path / "example.policy.md").write_text(block.text, encoding="utf-8")
    rulebook, said = policydsl.read(tmp_path)
    assert [str(one) for one in said] == []
    assert rulebook is not None
    assert rulebook.rules


@pytest.mark.parametrize("engine", ["reference", "columnar", "light"])
@pytest.mark.parametrize("block", [block for block in RIGHT if "\ntest " in block.text], ids=of_place)
def test_its_tests_pass(block: Block, engine: policydsl.api.Engine, tmp_path: Path) -> None:
    rulebook, _ = read(block, tmp_path)
    assert rulebook is not None
    ran = run_tests(rulebook, engine)
    assert ran
    assert [f"{test.title}: {failure.message}" for test in ran for failure in test.failures] == []


@pytest.mark.parametrize("block", WRONG, ids=of_place)
def test_wrong(block: Block, tmp_path: Path) -> None:
    rulebook, said = read(block, tmp_path)
    assert rulebook is None
    assert [message.split(":")[0] for message in said] == list(block.info[2:])


@pytest.mark.parametrize("construct", LATER)
def test_what_waits_for_a_later_version_is_an_error(construct: str, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
    listed = page[page.index("## Not in this version") : page.index("## Where this version had to choose")]
    assert construct in listed
    block = Block(ROOT, 0, ("policy",), f"{LATER[construct]}\n")
    rulebook, said = read(block, tmp_path)
    assert rulebook is None
    assert said


@pytest.mark.parametrize("block", EXCERPTS, ids=of_place)
def test_excerpt_is_one(block: Block) -> None:
    files = [path for folder in ("rulebooks", "templates", "examples") for path in (ROOT / folder).rglob("*.policy")]
    assert any(f"\n{block.text}" in path.read_text(encoding="utf-8") for path in files)


def test_readme_says_what_its_excerpt_means() -> None:
    rulebook = policydsl.load(ROOT / "rulebooks" / "borlange")
    requirement = next(check.requirement for check in rulebook.model.checks if check.id == "DN")
    assert f"`{requirement}`" in " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
