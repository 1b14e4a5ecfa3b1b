"""Reading case pages: their blocks, and the cases that these make."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from attrs import evolve, field, frozen

HERE = Path(__file__).parent
FENCE = re.compile(r"^(?P<ticks>```+)(?P<info>.*)$")
JUDGED = ("verdicts", "messages", "tests")


@frozen
class Block:
    """A fenced block: the words after its fence, its lines, and the number of the first of them in the page."""

    info: tuple[str, ...]
    lines: tuple[str, ...]
    start: int

    @property
    def text(self) -> str:
        """The lines as a file holds them."""
        return "".join(f"{line}\n" for line in self.lines)


@frozen
class Data:
    """A table as it stands on a page; `only` these columns are in the data."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    only: bool = False


@frozen
class Case:
    """What is judged (`expected`) and everything that holds for it."""

    page: Path
    policies: tuple[Block, ...] = ()
    bases: dict[str, Block] = field(factory=dict)
    """The rulebooks that it may extend, by name."""
    tables: dict[str, Data] = field(factory=dict)
    given: tuple[str, ...] = ()
    expected: Block = Block((), (), 0)

    @property
    def name(self) -> str:
        """Its page and line, as an editor opens it."""
        return f"{self.page.relative_to(HERE).as_posix()}:{self.expected.start}"


class PageError(Exception):
    """A page that can't be read."""


def pages() -> list[Path]:
    """All pages."""
    return sorted(HERE.glob("*/*.md"))


def cases(page: Path) -> Iterator[Case]:
    """The cases of a page, in its order."""
    whole = here = Case(page)
    inside = False
    for found in _pieces(page):
        if isinstance(found, int):
            inside, here = True, whole
            continue
        here = _with(here, found)
        if found.info[0] in JUDGED:
            yield evolve(here, expected=found)
        elif not inside:
            whole = here


def _pieces(page: Path) -> Iterator[Block | int]:
    """The blocks of a page, and the line numbers of its headings `##`."""
    fence, info, start = "", (), 0
    held: list[str] = []
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        mark = FENCE.match(line)
        if fence:
            if line.strip() == fence:
                yield Block(info, tuple(held), start)
                fence = ""
            else:
                held.append(line)
        elif mark:
            fence, info, start, held = mark["ticks"], tuple(mark["info"].split()), number + 1, []
            if not info:
                raise PageError(f"{page}:{number}: the block does not say what it is")
        elif line.startswith("## "):
            yield number
    if fence:
        raise PageError(f"{page}:{start}: the block has no end")


def _with(case: Case, block: Block) -> Case:
    match block.info:
        case ("policy",):
            return evolve(case, policies=(*case.policies, block))
        case ("policy", name):
            return evolve(case, bases={**case.bases, name: block})
        case ("table", name, *only):
            return evolve(case, tables={**case.tables, name: _data(case.page, block, only == ["only"])})
        case ("given",):
            return evolve(case, given=(*case.given, *block.lines))
        case (word,) if word in JUDGED:
            return case
    raise PageError(f"{case.page}:{block.start}: there is no block `{' '.join(block.info)}`")


def _data(page: Path, block: Block, only: bool) -> Data:
    lines = [line for line in block.lines if line.strip()]
    if lines and lines[0].lstrip().startswith("|"):
        rows = [
            [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")] for line in lines
        ]
    else:
        rows = [[cell.strip() for cell in row] for row in csv.reader(lines)]
    if not rows or any(len(row) != len(rows[0]) for row in rows):
        raise PageError(f"{page}:{block.start}: the rows of the table are not equally long")
    return Data(tuple(rows[0]), tuple(tuple(cell or None for cell in row) for row in rows[1:]), only)
