"""A page of a template: Markdown in which `{{ ... }}` is a blank that a run fills in. Nothing in it is ever run."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from policydsl._frozen import frozen
from policydsl.catalogue import nearest, say
from policydsl.diagnostics import Diagnostic
from policydsl.reports.papers.document import Style
from policydsl.reports.papers.words import INLINE, KINDS, NAMING, Kind
from policydsl.source import Source, Span

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_BLANK = re.compile(r"\{\{[ \t]*(.*?)[ \t]*\}\}")


@frozen
class Blank:
    """What is filled in: its kind, the names after it, what stands behind a colon, and where it stands."""

    kind: Kind
    names: tuple[str, ...]
    rest: str
    where: Span

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a table that are asked for; none if all are."""
        return tuple(_names(self.rest)) if self.kind == "table" else ()


@frozen
class Words:
    """Text as the author of the template wrote it."""

    text: str
    style: Style = "plain"


Piece = Words | Blank


@frozen
class Written:
    """A heading (with its level), a paragraph (0), or small print (-1)."""

    level: int
    pieces: tuple[Piece, ...]


@frozen
class Listed:
    """A list."""

    items: tuple[tuple[Piece, ...], ...]
    numbered: bool


@frozen
class Grid:
    """A table that the author of the template wrote."""

    head: tuple[tuple[Piece, ...], ...]
    rows: tuple[tuple[tuple[Piece, ...], ...], ...]


@frozen
class Rule:
    """A line across the page: what follows begins on a new one."""


Block = Written | Listed | Grid | Rule | Blank


@frozen
class Page:
    """What stands on a page, from top to bottom."""

    source: Source
    blocks: tuple[Block, ...]

    @property
    def blanks(self) -> Iterator[Blank]:
        """Every blank on it."""
        for block in self.blocks:
            match block:
                case Blank():
                    yield block
                case Written(pieces=pieces):
                    yield from (piece for piece in pieces if isinstance(piece, Blank))
                case Listed(items=rows) | Grid(head=rows):
                    yield from (piece for row in rows for piece in row if isinstance(piece, Blank))
            if isinstance(block, Grid):
                yield from (piece for row in block.rows for cell in row for piece in cell if isinstance(piece, Blank))


def read_page(source: Source) -> tuple[Page, tuple[Diagnostic, ...]]:
    """The page that a Markdown file holds, and what is wrong with it."""
    reader = _Reader(source)
    blocks = tuple(reader.blocks(reader.tokens()))
    return Page(source, blocks), tuple(reader.told)


class _Reader:
    """Reads one page; `told` is what was found wrong."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.told: list[Diagnostic] = []
        self._at = 0
        """Behind the last blank, from where the next one is looked for."""

    def tokens(self) -> "list[Token]":
        """The Markdown as its parser sees it."""
        from markdown_it import MarkdownIt

        markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
        markdown.inline.ruler.before("escape", "blank", _blank_rule)
        return markdown.parse(self.source.text)

    def blocks(self, tokens: "Sequence[Token]") -> Iterator[Block]:
        """The blocks of a page."""
        at = 0
        while at < len(tokens):
            token = tokens[at]
            end = _end(tokens, at)
            inside = tokens[at + 1 : end]
            match token.type:
                case "heading_open":
                    yield Written(int(token.tag[1:]), self._pieces(inside))
                case "paragraph_open":
                    yield from self._paragraph(self._pieces(inside))
                case "bullet_list_open" | "ordered_list_open":
                    items = tuple(self._pieces(each) for each in _parts(inside, "list_item_open"))
                    yield Listed(items, token.type == "ordered_list_open")
                case "table_open":
                    rows = [
                        tuple(self._pieces(cell) for cell in _parts(row, "th_open", "td_open"))
                        for row in _parts(inside, "tr_open")
                    ]
                    yield Grid(rows[0], tuple(rows[1:]))
                case "hr":
                    yield Rule()
                case "blockquote_open":
                    yield Written(-1, self._pieces(inside))
                case "fence" | "code_block":
                    yield Written(0, (Words(token.content.rstrip("\n"), "code"),))
            at = end + 1

    def _paragraph(self, pieces: tuple[Piece, ...]) -> Iterator[Block]:
        """A paragraph; one of blanks alone is these blanks, each by itself."""
        told = [piece for piece in pieces if isinstance(piece, Blank) or piece.text.strip()]
        blanks = [piece for piece in told if isinstance(piece, Blank)]
        if blanks and len(blanks) == len(told) and not (len(told) == 1 and _is_word(blanks[0])):
            yield from blanks
            return
        self._allow_inline(pieces)
        if told:
            yield Written(0, pieces)

    def _pieces(self, tokens: "Iterable[Token]") -> tuple[Piece, ...]:
        """The text of some tokens, with its blanks."""
        found: list[Piece] = []
        style: list[Style] = []
        address = ""
        first = True
        for token in tokens:
            if token.type != "inline":
                continue
            if not first:
                found.append(Words(" "))
            first = False
            for one in token.children or ():
                match one.type:
                    case "text":
                        self._no_brace(one.content, token)
                        found.append(Words(one.content, style[-1] if style else "plain"))
                    case "code_inline":
                        found.append(Words(one.content, "code"))
                    case "softbreak" | "hardbreak":
                        found.append(Words(" "))
                    case "strong_open":
                        style.append("strong")
                    case "em_open":
                        style.append("emphasis")
                    case "strong_close" | "em_close":
                        style.pop()
                    case "link_open":
                        address = str(one.attrs.get("href", ""))
                    case "link_close":
                        found.append(Words(f" ({address})"))
                    case "image":
                        self.told.append(say("PD892", self._line(token), what=one.content or "image"))
                    case "blank":
                        found += self._blank(one.content)
        return tuple(found)

    def _blank(self, raw: str) -> Iterator[Blank]:
        """The blank that stands between braces; nothing if it can't be read, which is told."""
        start = max(self.source.text.find(raw, self._at), self._at)
        where = Span(self.source.path, start, start + len(raw))
        self._at = start + len(raw)
        inside = raw[2:-2].strip()
        folded = inside.casefold()
        word = max((each for each in KINDS if _begins(folded, each)), key=len, default=None)
        if word is None:
            first = inside.split()[0] if inside else ""
            near = nearest(first, list(KINDS))
            hint = f"did you mean `{near}`?" if near else f"the words are {', '.join(f'`{each}`' for each in KINDS)}"
            self.told.append(say("PD883", where, word=first, hints=(hint,)))
            return
        kind, rest = KINDS[word], inside[len(word) :].strip()
        names, _, behind = rest.partition(":") if kind in ("table", "text") else (rest, "", "")
        blank = Blank(kind, tuple(_names(names)), behind.strip(), where)
        if (kind in NAMING) != bool(blank.names):
            self.told.append(say("PD885" if kind in NAMING else "PD895", where, word=word))
            return
        yield blank

    def _no_brace(self, text: str, token: "Token") -> None:
        """That no blank was begun without being ended."""
        if "{{" in text or "}}" in text:
            self.told.append(say("PD894", self._line(token), text=text.strip()))

    def _allow_inline(self, pieces: Iterable[Piece]) -> None:
        """Whether the blanks in a text are such as may stand in one."""
        for piece in pieces:
            if isinstance(piece, Blank) and (piece.kind not in INLINE or len(piece.names) > 1):
                self.told.append(say("PD896", piece.where, blank=self.source.words(piece.where)))

    def _line(self, token: "Token") -> Span:
        before = self.source.text.split("\n")[: (token.map or [0])[0]]
        start = sum(len(line) + 1 for line in before)
        return Span(self.source.path, start, start + 1)


def _is_word(blank: Blank) -> bool:
    return blank.kind in ("title", "day", "month", "version")


def _begins(text: str, word: str) -> bool:
    return text == word or text.startswith(f"{word} ")


def _names(text: str) -> Iterator[str]:
    """Names with commas between them; those inside of brackets belong to a name."""
    deep, start = 0, 0
    for at, sign in enumerate(f"{text},"):
        deep += (sign in "([") - (sign in ")]")
        if sign == "," and deep <= 0:
            if name := text[start:at].strip():
                yield name
            start = at + 1


def _blank_rule(state: "StateInline", silent: bool) -> bool:
    """Reads a blank as one sign, whatever Markdown would make of what stands in it."""
    found = _BLANK.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("blank", "", 0).content = found[0]
    state.pos = found.end()
    return True


def _end(tokens: "Sequence[Token]", at: int) -> int:
    """Where what a token opens is closed."""
    deep = 0
    for end in range(at, len(tokens)):
        deep += tokens[end].nesting
        if deep <= 0:
            return end
    return len(tokens) - 1


def _parts(tokens: "Sequence[Token]", *opened: str) -> "Iterator[Sequence[Token]]":
    """What stands in each of the outermost elements of a kind."""
    at = 0
    while at < len(tokens):
        if tokens[at].type in opened:
            end = _end(tokens, at)
            yield tokens[at + 1 : end]
            at = end
        at += 1
