"""What is proved of decision tables, against trying every case."""

import re
from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from policydsl.model import cover
from policydsl.model.check import check
from policydsl.source import Source
from policydsl.syntax import parse

HEAD = """\
rulebook "Example"
table cases, each case
  case text, key
  a    number, not negative
  b    number
  kind one of x, y, z
  yes  yes/no
"""
SAMPLES = [Fraction(number, 2) for number in range(-2, 15)]


def told(text):
    source = Source("here", HEAD + text)
    file, wrong = parse(source)
    assert wrong == ()
    return check([(source, file)])[1]


ENDS = st.integers(0, 3)
CELLS = st.one_of(
    st.just(("-", lambda value: True)),
    st.builds(lambda end: (f"< {end}", lambda value: value < end), ENDS),
    st.builds(lambda end: (f"<= {end}", lambda value: value <= end), ENDS),
    st.builds(lambda end: (f"> {end}", lambda value: value > end), ENDS),
    st.builds(lambda end: (f">= {end}", lambda value: value >= end), ENDS),
    st.builds(lambda end: (f"{end}", lambda value: value == end), ENDS),
    st.builds(lambda end: (f"not {end}", lambda value: value != end), ENDS),
    st.builds(lambda low, more: (f"{low}..<{low + more}", lambda value: low <= value < low + more), ENDS, ENDS),
)
KINDS = st.one_of(
    st.just(("-", lambda value: True)),
    st.sampled_from("xyz").map(lambda label: (label, lambda value: value == label)),
    st.sampled_from("xyz").map(lambda label: (f"not {label}", lambda value: value != label)),
)
ROWS = st.lists(st.tuples(CELLS, CELLS, KINDS, st.sampled_from(["1", "2"])), min_size=1, max_size=6)
CASES = [(a, b, kind) for a, b, kind in product(SAMPLES, SAMPLES, "xyz") if a >= 0]


def table(rows, hits):
    lines = ["  | a | b | kind | -> answer |"]
    lines += ["  | " + " | ".join([*(cell for cell, _ in row[:3]), row[3]]) + " |" for row in rows]
    return f"decide answer for cases{hits}\n" + "\n".join(lines) + "\n"


def fitting(rows, case):
    return [
        index
        for index, row in enumerate(rows)
        if all(test(value) for (_, test), value in zip(row[:3], case, strict=True))
    ]


@settings(max_examples=150, deadline=None)
@given(ROWS)
def test_a_gap_is_told_just_where_some_case_fits_no_row(rows):
    found = {one.code for one in told(table(rows, ""))}
    assert ("PD567" in found) == any(not fitting(rows, case) for case in CASES)
    contradicted = any(len({rows[index][3] for index in fitting(rows, case)}) > 1 for case in CASES)
    assert ("PD568" in found) == contradicted
    idle = [index for index in range(len(rows)) if not any(index in fitting(rows, case) for case in CASES)]
    assert ("PD570" in found) == bool(idle)


@settings(max_examples=150, deadline=None)
@given(ROWS)
def test_a_row_is_told_just_where_it_is_never_the_first(rows):
    found = told(table(rows, ": first row that fits"))
    reached = {fits[0] for case in CASES if (fits := fitting(rows, case))}
    fit = {index for case in CASES for index in fitting(rows, case)}
    assert ("PD569" in {one.code for one in found}) == bool(fit - reached)
    assert "PD568" not in {one.code for one in found}


@settings(max_examples=150, deadline=None)
@given(ROWS)
def test_the_case_that_is_named_fits_no_row(rows):
    for one in told(table(rows, "")):
        if one.code == "PD567":
            said = one.message.partition(":")[0]
            assert any(named(said, case) and not fitting(rows, case) for case in CASES), said
            assert not any(named(said, case) and fitting(rows, case) for case in CASES), said


SIGNS = {
    "=": lambda a, b: a == b, ">": lambda a, b: a > b, "<": lambda a, b: a < b,
    ">=": lambda a, b: a >= b, "<=": lambda a, b: a <= b,
}  # fmt: skip


def named(said, case):
    """Whether a message's case is one of which this is an example."""
    values = dict(zip(("a", "b", "kind"), case, strict=True))
    for part in re.findall(r"(a|b) ((?:(?:[<>]=?|=) -?[\d./]+(?: and )?)+)", said):
        for sign, end in re.findall(r"([<>]=?|=) (-?[\d./]+)", part[1]):
            if not SIGNS[sign](values[part[0]], Fraction(end)):
                return False
    kind = re.search(r"kind = (\w)", said)
    return kind is None or kind[1] == values["kind"]


def test_eight_columns_of_two_halves_take_no_time():
    halves = ["< 5", ">= 5"]
    names = [f"c{index}" for index in range(8)]
    columns = "".join(f"  {name} number\n" for name in names)
    rows = [f"  | {' | '.join(cells)} | {index} |" for index, cells in enumerate(product(halves, repeat=8))]
    lines = "\n".join([f"  | {' | '.join(names)} | -> answer |", *rows])
    source = Source("here", f'rulebook "x"\ntable t\n  k text, key\n{columns}decide answer for t\n{lines}\n')
    file, wrong = parse(source)
    assert wrong == ()
    rulebook, found = check([(source, file)])
    assert rulebook is not None
    assert found == ()
    without = source.text.replace(rows[77] + "\n", "")
    file, _ = parse(Source("here", without))
    assert [one.code for one in check([(Source("here", without), file)])[1]] == ["PD567"]


def test_a_table_that_entangles_too_much_is_given_up(monkeypatch):
    monkeypatch.setattr(cover, "MOST_STEPS", 2)
    rows = "".join(
        f"  | {a} | {b} | {kind} | 1 |\n" for a in ("< 1", ">= 1") for b in ("< 1", ">= 1") for kind in "xyz"
    )
    found = told(f"decide answer for cases\n  | a | b | kind | -> answer |\n{rows}")
    assert [one.code for one in found] == ["PD571"]


def test_parameters_are_taken_at_each_of_their_values():
    border = "parameter border\n  | from | value |\n  | 2016-01-01 | 10 |\n  | 2020-01-01 | 4 |\n"
    fine = "decide answer for cases\n  | a | -> answer |\n  | < border | 1 |\n  | >= border | 2 |\n"
    assert told(border + fine) == ()
    found = told(border + fine.replace(">= border", ">= 7"))
    assert {one.code for one in found} == {"PD567", "PD568"}
    assert "a >= 4 and < 7" in next(one.message for one in found if one.code == "PD567")
    assert "a >= 7 and < 10" in next(one.message for one in found if one.code == "PD568")
