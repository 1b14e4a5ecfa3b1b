"""Links on the pages lead somewhere, headings within a page included."""

import re
from pathlib import Path

import pytest

from .blocks import PAGES, ROOT

LINK = re.compile(r"!?\[[^\]\n]*(?:\n[^\]\n]*)?\]\(([^)\s]+)\)")


def anchors(page: Path) -> set[str]:
    """The names of a page's headings, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        path, _, anchor = target.partition("#")
        assert "://" not in path, f"{target}: a page must be right without the net"
        there = (page.parent / path).resolve() if path else page
        assert there.is_relative_to(ROOT), target
        assert there.exists(), target
        if anchor:
            assert anchor in anchors(there), target


def test_readme_leads_to_every_page() -> None:
    readme = ROOT / "README.md"
    linked = {(ROOT / target).resolve() for target in LINK.findall(readme.read_text(encoding="utf-8"))}
    assert {page.resolve() for page in PAGES} - {readme.resolve()} <= linked
