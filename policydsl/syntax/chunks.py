"""A file cut into its declarations: each starts in column one, what belongs to it is indented."""

import re
from collections.abc import Iterator
from itertools import pairwise

from policydsl.source import Source, Span
from policydsl.syntax import ast

_COLUMN_ONE = re.compile(r"(?:^|(?<=\A\ufeff))(?=[^\s#\ufeff])", re.MULTILINE)
_QUOTED_OR_COMMENT = re.compile(r'"[^"\n]*"|[“”„][^“”„\n]*[“”]|`[^`\n]*`|(#[^\n]*)')


def chunks(source: Source) -> Iterator[Span]:
    """The stretches that begin in column one."""
    text = source.text
    starts = [found.start() for found in _COLUMN_ONE.finditer(text)]
    for start, end in pairwise([*starts, len(text)]):
        yield Span(source.path, start, end)


def comments(source: Source) -> tuple[ast.Text, ...]:
    """All comments of a file, as written, without their line end."""
    found = (match for match in _QUOTED_OR_COMMENT.finditer(source.text) if match[1])
    return tuple(
        ast.Text(match[1].rstrip(), span=Span(source.path, match.start(1), match.start(1) + len(match[1].rstrip())))
        for match in found
    )
