"""The fenced blocks of the README and of the pages in `docs/`."""

import re
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))

_BLOCK = re.compile(r"^(?P<fence>`{3,4})(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL)


@frozen
class Block:
    """A fenced block: its page, the line on which its text begins, the words after its fence, and its text."""

    page: Path
    line: int
    info: tuple[str, ...]
    text: str

    @property
    def place(self) -> str:
        """Its place, as an editor opens it."""
        return f"{self.page.relative_to(ROOT).as_posix()}:{self.line}"


def blocks(language: str) -> list[Block]:
    """All blocks in a language."""
    return [block for page in PAGES for block in _blocks_of(page) if block.info[:1] == (language,)]


def _blocks_of(page: Path) -> Iterator[Block]:
    text = page.read_text(encoding="utf-8")
    for found in _BLOCK.finditer(text):
        yield Block(page, text.count("\n", 0, found.start("text")) + 1, tuple(found["info"].split()), found["text"])


def test_every_fence_is_one_of_a_block() -> None:
    for page in PAGES:
        fences = re.findall(r"^ *```", page.read_text(encoding="utf-8"), re.MULTILINE)
        inner = [fence for block in _blocks_of(page) for fence in re.findall(r"^ *```", block.text, re.MULTILINE)]
        assert len(fences) == 2 * len(list(_blocks_of(page))) + len(inner), page


def test_every_block_is_in_a_language_that_is_run() -> None:
    found = {block.info[0] for page in PAGES for block in _blocks_of(page)}
    assert found <= {"policy", "python", "console", "markdown"}
