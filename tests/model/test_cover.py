"""What bits, borders and bisecting find of tables, against looking at every box and every value one by one."""

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from policydsl.model import cover
from policydsl.model.atoms import Domain, atoms_of, fits
from policydsl.model.expressions import Among, And, Compare, Constant, Not, Nothing, Or, Stretch
from policydsl.model.taking import Taking
from policydsl.model.types import Numeric, TextType

WIDTHS = st.lists(st.integers(1, 7), min_size=1, max_size=3)


@st.composite
def tables(draw):
    """What each row takes of each axis, a set of atoms, and how many atoms each axis has."""
    widths = draw(WIDTHS)
    stretch = st.integers(0, 6).flatmap(lambda start: st.integers(start, 7).map(lambda end: set(range(start, end))))
    any_set = st.one_of(stretch, stretch, st.sets(st.integers(0, 6)), st.just(set(range(7))))
    rows = draw(st.lists(st.tuples(*(any_set for _ in widths)), min_size=1, max_size=9))
    return [
        [{atom for atom in own if atom < width} for own, width in zip(row, widths, strict=True)] for row in rows
    ], widths


def axes_of(rows, widths):
    return [
        cover.Axis([sum(1 << atom for atom in row[place]) for row in rows], width) for place, width in enumerate(widths)
    ]


def gone_through(rows, widths):
    """The boxes that no row takes, as a plain sweep meets them: from atom to atom, and of atoms that the same rows take
    the first alone; boxes of which the same rows are left are looked at once."""
    firsts = [
        list({frozenset(at for at, row in enumerate(rows) if atom in row[place]): atom
              for atom in reversed(range(width))}.items())
        for place, width in enumerate(widths)
    ]  # fmt: skip
    met = set()

    def sweep(place, left, path):
        if not left:
            return [path]
        if place == len(widths) or (place, left) in met:
            return []
        if any(all(rows[at][later] >= set(range(widths[later])) for later in range(place, len(widths))) for at in left):
            return []
        met.add((place, left))
        kinds = sorted(firsts[place], key=lambda kind: kind[1])
        return [found for taking, atom in kinds for found in sweep(place + 1, left & taking, (*path, atom))]

    return sweep(0, frozenset(range(len(rows))), ())


@settings(max_examples=120, deadline=None)
@given(tables())
def test_the_boxes_that_are_left_out_are_those_of_a_plain_sweep_in_its_order(table):
    rows, widths = table
    assert list(cover.left_out(axes_of(rows, widths), (1 << len(rows)) - 1)) == gone_through(rows, widths)


@settings(max_examples=120, deadline=None)
@given(tables())
def test_rows_are_covered_and_meet_as_all_their_cases_say(table):
    rows, widths = table
    axes = axes_of(rows, widths)
    cases = [
        {case for case in product(*map(range, widths)) if all(atom in own for atom, own in zip(case, row, strict=True))}
        for row in rows
    ]
    for index, own in enumerate(cases):
        assert cover.takes_nothing(axes, index) == (not own)
        if own:
            before = set().union(*cases[:index])
            assert cover.covered(axes, index, (1 << index) - 1) == (own <= before)
        meeting = {other for other, its in enumerate(cases) if its & own}
        assert set(cover.members(cover.touching(axes, index))) == meeting
        for other in meeting:
            first = tuple(min(one & two) for one, two in zip(rows[index], rows[other], strict=True))
            assert cover.shared(axes, index, other) == first


@given(st.sets(st.integers(0, 80)))
def test_members_and_runs_of_bits(places):
    bits = sum(1 << place for place in places)
    assert list(cover.members(bits)) == sorted(places)
    assert [place for start, end in cover.runs(bits) for place in range(start, end)] == sorted(places)
    assert all(start - 1 not in places and end not in places for start, end in cover.runs(bits))


NUMBER, TEXT = Numeric(), TextType()


def conditions(ends, ordered):
    """Cells of one column: comparisons, lists and ranges, and what is made of these."""
    signs = ["=", "!=", "<", "<=", ">", ">="] if ordered else ["=", "!="]
    subject = Constant("any", TEXT)
    stretch = st.builds(Stretch, st.none() | ends, st.none() | ends, st.booleans(), st.booleans())
    single = st.one_of(
        st.builds(lambda op, end: Compare(op, subject, end), st.sampled_from(signs), ends),
        st.lists(ends | stretch if ordered else ends, max_size=3).map(lambda found: Among(subject, tuple(found))),
    )
    return st.recursive(
        single,
        lambda inner: st.one_of(
            inner.map(Not),
            st.lists(inner, max_size=2).map(lambda found: And(tuple(found))),
            st.lists(inner, max_size=2).map(lambda found: Or(tuple(found))),
        ),
        max_leaves=4,
    )


NUMBERS = st.one_of(st.integers(-1, 4).map(lambda end: Constant(Fraction(end), NUMBER)))
TEXTS = st.sampled_from(["a", "A ", "b", "c"]).map(lambda text: Constant(text, TEXT))


@settings(max_examples=120, deadline=None)
@given(
    st.one_of(
        st.tuples(st.just(NUMBER), st.lists(NUMBERS, max_size=5), conditions(NUMBERS, ordered=True)),
        st.tuples(st.just(TEXT), st.lists(TEXTS, max_size=3), conditions(TEXTS, ordered=False)),
    ),
    st.none() | st.just(Fraction(0)),
    st.booleans(),
)
def test_a_cell_takes_the_atoms_whose_samples_fit_it(column, lowest, none):
    type, ends, condition = column
    atoms = atoms_of(Domain(type, lowest, none=none), ends)
    taken = set(cover.members(Taking(atoms, {}).by(condition)))
    assert taken == {place for place, atom in enumerate(atoms) if fits(condition, atom.sample, {})}


def test_a_comparison_with_none_takes_what_is_unequal():
    atoms = atoms_of(Domain(NUMBER, none=True), [Constant(Fraction(1), NUMBER)])
    for op, expected in (("=", set()), ("!=", set(range(len(atoms)))), ("<", set()), (">=", set())):
        condition = Compare(op, Constant("any", TEXT), Constant(Nothing.NONE, NUMBER))
        assert set(cover.members(Taking(atoms, {}).by(condition))) == expected
