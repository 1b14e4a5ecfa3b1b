"""Every node knows exactly where it stands, in code points of the file as it is."""

from collections.abc import Iterator

import attrs
import pytest

from policydsl.source import Position, Source, Span
from policydsl.syntax import ast, parse

TEXT = """\
# a comment
rulebook "Ä 🙂"   # another
  currency SEK
rule DN "Titel 🙂":
  sum D..E where duration > 7y   # inside
    <= 20% of portfolio
  source "Bilaga 1"
limits T: share of debt
  |  fixing  | max |   # behind
  | `å  ä`  | 5 % |
"""


def nodes(node: object) -> Iterator[object]:
    if isinstance(node, tuple):
        for one in node:
            yield from nodes(one)
    elif attrs.has(type(node)):
        if not isinstance(node, Span):
            yield node
        for field in attrs.fields(type(node)):
            yield from nodes(getattr(node, field.name))


@pytest.fixture(params=["\n", "\r\n"], ids=["lf", "crlf"])
def source(request):
    return Source("here", TEXT.replace("\n", request.param))


def words(source: Source, kind: type) -> list[str]:
    file, told = parse(source)
    assert told == ()
    return [source.words(one.span) for one in nodes(file) if isinstance(one, kind)]


def test_spans_cut_out_what_was_written(source):
    assert words(source, ast.Quantity) == ["7y", "20%", "5 %"]
    assert words(source, ast.PercentOf) == ["20% of portfolio"]
    assert words(source, ast.Range) == ["D..E"]
    assert words(source, ast.Bound)[0].startswith("<= 20% of")
    assert words(source, ast.Compare) == ["duration > 7y"]
    assert words(source, ast.Aggregate) == ["sum D..E where duration > 7y", "share of debt"]
    assert words(source, ast.Cell) == ["`å  ä`", "5 %"]
    assert words(source, ast.Head) == ["fixing", "max"]
    assert words(source, ast.Remark) == ['source "Bilaga 1"']


def test_declarations_reach_from_their_word_to_their_last(source):
    file, _ = parse(source)
    assert [source.position(one.span.start) for one in file.declarations] == [
        Position(2, 1),
        Position(4, 1),
        Position(8, 1),
    ]
    assert source.words(file.declarations[1].span).endswith('source "Bilaga 1"')
    assert source.words(file.declarations[1].id_span) == "DN"


def test_no_node_reaches_beyond_what_contains_it(source):
    file, _ = parse(source)
    for declaration in file.declarations:
        for one in nodes(declaration):
            assert declaration.span.start <= one.span.start <= one.span.end <= declaration.span.end


def test_comments_are_kept(source):
    file, _ = parse(source)
    assert [one.value for one in file.comments] == ["# a comment", "# another", "# inside", "# behind"]
    assert [source.words(one.span) for one in file.comments] == [one.value for one in file.comments]


def test_hash_in_a_text_is_no_comment():
    file, told = parse(Source("here", 'rule a "No #1": sum where `#` > 1 <= 5%  # so\n'))
    assert told == ()
    assert [one.value for one in file.comments] == ["# so"]


def test_byte_order_mark_is_no_word():
    source = Source("here", "\ufeffrule a: sum <= 5%\nrule b: sum <= 5 §\n")
    file, told = parse(source)
    assert source.words(file.declarations[0].span) == "rule a: sum <= 5%"
    assert [source.position(one.where.start) for one in told] == [Position(2, 18)]


@pytest.mark.parametrize("blank", ["\t", "\u00a0", "\u2009", "  "])
def test_any_blank_indents(blank):
    file, told = parse(Source("here", f"rule a:\n{blank}sum{blank}<={blank}5{blank}%\n"))
    assert told == ()
    assert isinstance(file.declarations[0], ast.Rule)
