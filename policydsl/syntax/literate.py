"""A rulebook inside a Markdown document: what stands in its `policy` blocks, every character in its place."""

import re
from collections.abc import Callable, Iterator

from attrs import define, field

from policydsl._resources import languages
from policydsl.catalogue import nearest, say
from policydsl.diagnostics import Diagnostic, Label
from policydsl.source import Source, Span
from policydsl.syntax.words import words_of

LITERATE = ".md"
"""How the names of such documents end."""

_MARK = "policy"
_FENCE = re.compile(
    r"(?P<before>[ \t>*+\-]*|[ \t]*\d+[.)][ \t]+)(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^\r\n]*?)[ \t]*$"
)
_FIRST_WORD = re.compile(r"\w+")
_FOR_READERS = frozenset({"text", "txt", "plain", "plaintext"})
"""Marks of blocks that may well show rules and are none."""
_COMMENT = re.compile(r"<!--|-->")


@define
class _Block:
    """A fenced block while its lines are gone through; `runs` if it is part of the rulebook."""

    fence: str
    place: Span
    runs: bool
    marked: bool
    """Whether it says what it holds."""
    end: re.Pattern[str]
    began: bool = False
    """Whether a line that is not blank has been seen."""
    mark: str = ""
    lines: list[str] = field(factory=list)
    """Those of a block marked as something else that may be rules."""


@define
class _Document:
    source: Source
    parses: Callable[[str], bool]
    told: list[Diagnostic] = field(factory=list)
    kept: list[str] = field(factory=list)
    block: _Block | None = None
    blocks: int = 0
    hidden: bool = False
    """Whether the lines stand in a comment of the document."""

    def read(self) -> None:
        """Go through all lines."""
        for start, line in _lines(self.source.text):
            if self.block is None:
                self._outside(line, start)
                self.kept.append(_blank(line))
            elif self.block.end.match(line):
                self._ended(self.block)
                self.block = None
                self.kept.append(_blank(line))
            else:
                self._inside(line, start)
                self.kept.append(line if self.block.runs else _blank(line))
        if self.block is not None:
            self._endless(self.block)
        if not self.blocks and not any(one.is_error for one in self.told):
            self.told.append(say("PD616", Span(self.source.path, 0, 0)))

    def _outside(self, line: str, start: int) -> None:
        found = _FENCE.match(line.rstrip())
        if found is None or (found["fence"][0] == "`" and "`" in found["info"]):
            for mark in _COMMENT.finditer(line):
                self.hidden = mark.group() == "<!--"
            return
        place = Span(self.source.path, start + found.start("fence"), start + len(line.rstrip()))
        said = found["info"].split()
        runs = said[:1] == [_MARK]
        told = self._told(found, said, place)
        self.told += told
        before = r"[ \t>]*" if found["before"] else " {0,3}"
        end = re.compile(rf"{before}{re.escape(found['fence'])}{found['fence'][0]}*\s*$")
        other = "" if runs or told or not said or said[0].casefold() in _FOR_READERS else said[0]
        self.block = _Block(found["fence"], place, runs and not told, bool(said), end, mark=other)
        self.blocks += runs

    def _told(self, found: re.Match[str], said: list[str], place: Span) -> list[Diagnostic]:
        """What keeps a block from being read that is marked as one of the rulebook, or is nearly."""
        first = said[0] if said else ""
        if first != _MARK:
            alike = first and (nearest(first, [_MARK]) is not None or first.casefold() in _declarations())
            return [say("PD614", place, word=first)] if alike else []
        if found["before"]:
            return [say("PD611", place)]
        if found["fence"].startswith("~"):
            return [say("PD612", place)]
        if len(said) > 1:
            return [say("PD618", place, more=" ".join(said[1:]))]
        return [say("PD617", place)] if self.hidden else []

    def _ended(self, block: _Block) -> None:
        """A block that is marked as something else and is rules from its first line to its last is asked about."""
        if block.lines and self.parses("".join(block.lines)):
            self.told.append(say("PD752", block.place, word=block.mark))

    def _endless(self, block: _Block) -> None:
        told = say("PD610", block.place)
        if told not in self.told:
            self.told.append(told)

    def _inside(self, line: str, start: int) -> None:
        block = self.block
        assert block is not None
        inner = _FENCE.match(line.rstrip())
        if inner is not None and inner["info"].split()[:1] == [_MARK] and inner["fence"].startswith(block.fence):
            self._endless(block)
        if block.lines:
            block.lines.append(line)
        if block.began or not line.strip() or line.lstrip().startswith("#"):
            return
        block.began = True
        place = Span(self.source.path, start, start + len(line.rstrip()))
        if block.runs and line[0] in " \t":
            self.told.append(say("PD613", place, labels=(Label(block.place, "the block begins here"),)))
        first = _FIRST_WORD.match(line)
        if first is None or first.group() not in _declarations():
            return
        if not block.marked:
            self.told.append(say("PD615", block.place, word=first.group()))
        elif block.mark:
            block.lines.append(line)


def _declarations() -> frozenset[str]:
    """The words that begin a declaration in any language."""
    return frozenset[str]().union(*(words_of(code).declarations for code in languages()))


def unwrapped(source: Source, parses: Callable[[str], bool]) -> tuple[Source, tuple[Diagnostic, ...]]:
    """The source with everything but the rulebook's blocks blanked out, so that all places stay; any other source as
    it is. `parses` says of a text whether it is rules and nothing else."""
    if not source.path.endswith(LITERATE):
        return source, ()
    document = _Document(source, parses)
    document.read()
    return Source(source.path, "".join(document.kept)), tuple(document.told)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for found in re.finditer(r"[^\n]*\n|[^\n]+", text):
        yield found.start(), found.group()


def _blank(line: str) -> str:
    return re.sub(r"[^\r\n]", " ", line)
