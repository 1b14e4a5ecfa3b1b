"""What is printed means what was read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policydsl.source import Source
from policydsl.syntax import parse, parse_expression
from policydsl.syntax.printing import print_expr
from policydsl.syntax.translating import print_file

from . import trees
from .reading import tree

KINDS = {
    "rulebook": trees.headers,
    "table": trees.tables,
    "scale": trees.scales,
    "category": trees.categories(),
    "parameter": trees.parameters,
    "supplied": trees.supplied,
    "define": trees.defines,
    "rule": trees.rules,
    "limits": trees.limits(),
    "duty": trees.duties,
    "attest": trees.attests,
    "waiver": trees.waivers,
    "test": trees.tests,
    "layers": trees.layers,
    "scenario": trees.scenarios,
}


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_what_is_printed_reads_as_the_same_declaration(kind, data):
    file = tree.File("here", (data.draw(KINDS[kind]),))
    text = print_file(file)
    assert parse(Source("here", text)) == (file, ())


@settings(max_examples=300, deadline=None)
@given(trees.expressions)
def test_what_is_printed_reads_as_the_same_expression(expression):
    assert parse_expression(print_expr(expression)) == (expression, ())


@settings(max_examples=50, deadline=None)
@given(trees.files)
def test_printing_twice_changes_nothing(file):
    text = print_file(file)
    again, told = parse(Source("here", text))
    assert told == ()
    assert print_file(again) == text
