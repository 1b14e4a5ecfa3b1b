"""Random trees: every tree here is one that some text means."""

from fractions import Fraction

from hypothesis import strategies as st

from policydsl.syntax import ast
from policydsl.syntax.conditions import is_condition
from policydsl.syntax.printing import grids
from policydsl.syntax.words import words_of

from .reading import HERE

PLAIN = ["issuer", "duration", "rating", "D", "E", "AA-", "A+", "Aa1", "issuer.country", "å-ä", "A-1", "x1", "SEK"]
ODD = ["Column with spaces", "3 kap 5 §", "a.b-", "|", "#1", "max", "where", "sum", "note", "source", "item", "no", "yes", "of",
       "per", "y", "months", "million", "M", "limit", "unrated", "text", "date", "or", "in", "not", "each", "between", "at",
       "most", "share", "must", "norm", "unless", "otherwise", "when", "is", "largest", "by", "weighted", "undecided", "on",
       "larger", "better", "contains", "expect", "given", "rule", "key", "also", "blank", "from", "dated", "warn", "valid",
       "best", "within", "over", "under", "base", "currency", "version", "for", "with", "pass", "not applicable"]  # fmt: skip
UNITS = ["%", "bp", "points", "years", "months", "weeks", "days", "banking days", "SEK", "EUR", "apples", "base_amounts"]
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='"“”„'), max_size=8)

names = st.builds(ast.Name, st.sampled_from(PLAIN) | st.sampled_from(ODD), span=st.just(HERE))
texts = st.builds(ast.Text, TEXT | st.sampled_from(['say "so"', "“so”", "a  b", "|", "# no comment"]), span=st.just(HERE))
dates = st.builds(ast.Date, st.dates(), span=st.just(HERE))
numbers = st.builds(lambda digits, places: Fraction(digits, 10**places), st.integers(0, 10**7), st.integers(0, 6))
quantities = st.builds(
    ast.Quantity, numbers, st.none() | st.sampled_from(UNITS), st.sampled_from([1, 1, 1, 10**3, 10**6, 10**9]),
    span=st.just(HERE),
)  # fmt: skip
percentages = st.builds(ast.Quantity, numbers, st.just("%"), span=st.just(HERE))
negative_quantities = st.builds(ast.Negative, quantities, span=st.just(HERE))
singles = st.one_of(
    quantities, texts, dates, names, negative_quantities,
    st.builds(ast.YesNo, st.booleans(), span=st.just(HERE)), st.builds(ast.Undecided, span=st.just(HERE)),
)  # fmt: skip
ends = st.one_of(quantities, negative_quantities, texts, dates, names)
ranges = st.builds(ast.Range, ends, ends, st.booleans(), st.booleans(), span=st.just(HERE))
label_ranges = st.builds(ast.Range, names, names, span=st.just(HERE))
labels = st.one_of(names, texts, label_ranges)


def tuples(strategy, least=0, most=3):
    return st.lists(strategy, min_size=least, max_size=most).map(tuple)


@st.composite
def aggregates(draw, inner, where):
    measure = draw(st.none() | names | inner)
    least = 0 if measure is not None else draw(st.sampled_from([0, 2]))
    several = draw(tuples(labels, least, 3)) if least or measure is not None else draw(
        tuples(label_ranges | texts, 0, 1)
    )
    rows = draw(st.none() | names)
    count = ast.Quantity(Fraction(draw(st.integers(1, 9))), None, span=HERE)
    largest = ast.Largest(count, draw(names), span=HERE) if rows is not None and draw(st.booleans()) else None
    function = draw(st.sampled_from(["sum", "share", "count", "distinct", "average", "median", "min", "max", "best", "worst"]))
    weight = draw(st.none() | names | inner)
    return ast.Aggregate(function, measure, several, weight, rows, largest, draw(where), span=HERE)


def betweens(inner):
    def build(value, low, high):
        if isinstance(low, ast.Quantity) and low.unit == "%" and isinstance(high, ast.PercentOf):
            low = ast.PercentOf(low, high.whole, span=HERE)  # what `between 1% and 2% of x` means
        return ast.Between(value, low, high, span=HERE)

    return st.builds(build, inner, inner, inner)


def conditions(inner):
    here = st.just(HERE)
    listings = st.builds(ast.Listing, tuples(inner | ranges, 1), span=here)
    ops = st.sampled_from(["<=", "<", ">=", ">", "=", "!="])
    states = st.sampled_from(["missing", "none", "present", "unrated"])
    return st.one_of(
        st.builds(ast.Compare, ops, inner, inner, span=here),
        betweens(inner),
        st.builds(ast.In, inner, listings | ranges | names, st.booleans(), span=here),
        st.builds(ast.Is, inner, states, st.booleans(), span=here),
        st.builds(ast.Contains, inner, inner, span=here),
        st.builds(ast.Not, inner, span=here),
        st.builds(ast.And, inner, inner, span=here),
        st.builds(ast.Or, inner, inner, span=here),
    )


def compounds(inner):
    here = st.just(HERE)
    return conditions(inner) | st.one_of(
        st.builds(ast.Arithmetic, st.sampled_from(["+", "-", "*", "/"]), inner, inner, span=here),
        st.builds(ast.Negative, inner, span=here),
        st.builds(ast.PercentOf, percentages, inner, span=here),
        st.builds(ast.Pick, st.sampled_from(["larger", "smaller", "better", "worse"]), inner, inner, span=here),
        st.builds(ast.Choice, inner, st.none() | inner, inner, span=here),
        st.builds(ast.Call, names, tuples(inner, 1), span=here),
        aggregates(inner, st.none() | inner),
    )


expressions = st.recursive(singles, compounds, max_leaves=12)
small = st.recursive(singles, compounds, max_leaves=4)
asserted = st.one_of(names, conditions(small)).filter(is_condition)
claims = small.filter(lambda e: is_condition(e) and not isinstance(e, ast.Compare | ast.Between))
relations = conditions(small).filter(
    lambda e: isinstance(e, ast.Compare | ast.Between | ast.In | ast.Is | ast.Contains)
)

prefixes = st.one_of(
    st.builds(ast.Per, tuples(names, 1), span=st.just(HERE)),
    st.builds(ast.WithinEach, tuples(names, 1), span=st.just(HERE)),
    st.builds(ast.When, small, span=st.just(HERE)),
)
eaches = st.builds(ast.Each, names, st.none() | small, span=st.just(HERE))
nos = st.builds(ast.No, names, small, span=st.just(HERE))


@st.composite
def bounds(draw):
    if draw(st.booleans()):
        return ast.Bound(draw(st.sampled_from(["<=", "<", ">=", ">", "=", "!="])), draw(small), span=HERE)
    between = draw(betweens(small))
    return ast.Bound("between", between.low, between.high, span=HERE)


@st.composite
def assertions(draw):
    said = draw(tuples(prefixes, 0, 2))
    strength, subject, bound = "must", None, None
    match draw(st.sampled_from(["bound", "condition", "each", "no"])):
        case "bound":
            subject, bound, strength = draw(small), draw(bounds()), draw(st.sampled_from(["must", "should"]))
        case "condition":
            subject = draw(claims)
        case "each":
            said += (draw(eaches),)
            strength = draw(st.sampled_from(["must", "should"]))
            subject = draw(relations if strength == "should" else asserted)
        case "no":
            said += (draw(nos),)
    norm, unless = draw(st.none() | small), draw(st.none() | small)
    return ast.Assertion(said, subject, bound, strength, norm, unless, span=HERE)


@st.composite
def limited(draw):
    said = draw(tuples(prefixes | eaches, 0, 2))
    if said and draw(st.booleans()):
        return ast.Assertion(said, None, None, span=HERE)
    return ast.Assertion(said, draw(small), None, unless=draw(st.none() | small), span=HERE)


remarks = st.builds(
    ast.Remark, st.sampled_from(["source", "quote", "note", "waivable by"]), TEXT, span=st.just(HERE)
)
items = st.builds(ast.Item, TEXT, st.none() | TEXT, span=st.just(HERE))
validities = st.builds(ast.Validity, st.none() | st.dates(), st.none() | st.dates(), span=st.just(HERE)).filter(
    lambda v: v.start or v.end
)
warnings = st.builds(ast.WarnAt, small, span=st.just(HERE)) | st.builds(
    ast.WarnAt, quantities, st.just(True), span=st.just(HERE)
)
clauses = tuples(remarks | items | validities | warnings | st.builds(ast.CureWithin, quantities, span=st.just(HERE)))

IDS = st.sampled_from(["DN", "3.3", "52-2", "KS-2024-88", "T5-issuer", "3 kap 5 §", "rule", "§7", "a/b", "otherwise", "7"])
TITLES = st.none() | TEXT

rules = st.builds(ast.Rule, IDS, TITLES, assertions(), clauses, id_span=st.just(HERE), span=st.just(HERE))
parameters = st.builds(
    ast.Parameter, names,
    singles | ranges | st.builds(ast.Listing, tuples(small | ranges, 1), span=st.just(HERE)),
    clauses, span=st.just(HERE),
)  # fmt: skip
rows_where = st.builds(ast.RowsWhere, names, small, span=st.just(HERE))
defines = st.builds(ast.Define, names, st.none() | names, expressions | rows_where, clauses, span=st.just(HERE))

units = st.sampled_from(["%", "years", "months", "days"]).map(lambda unit: ast.Name(unit, span=HERE))
column_types = st.one_of(
    st.builds(ast.ColumnType, st.sampled_from(["text", "yes/no", "date", "number"]), span=st.just(HERE)),
    st.builds(ast.ColumnType, st.sampled_from(["money", "link", "scale"]), names, span=st.just(HERE)),
    st.builds(ast.ColumnType, st.sampled_from(["share", "term"]), units, span=st.just(HERE)),
    st.builds(ast.ColumnType, st.just("one of"), labels=tuples(names, 1), span=st.just(HERE)),
    st.builds(ast.ColumnType, st.just("list"), names, separator=TEXT, span=st.just(HERE)),
)
columns = st.builds(
    ast.Column, names, column_types, st.booleans(), st.booleans(),
    st.sampled_from([None, "none", "no", "0", "unrated"]), tuples(texts, 0, 2), span=st.just(HERE),
)  # fmt: skip
tables = st.builds(ast.Table, names, st.none() | names, st.none() | names, tuples(columns), span=st.just(HERE))
supplied = st.builds(
    ast.Parameter, names, st.builds(ast.Supplied, column_types, span=st.just(HERE)), clauses, span=st.just(HERE)
)
grade_names = names | texts
scales = st.builds(
    ast.Scale, names, tuples(st.builds(ast.Grade, tuples(grade_names, 1), span=st.just(HERE)), 1, 4),
    tuples(grade_names), span=st.just(HERE),
)  # fmt: skip


@st.composite
def categories(draw):
    lines = draw(tuples(st.builds(ast.CategoryLabel, names, TITLES, small, span=st.just(HERE))))
    if draw(st.booleans()):
        lines += (ast.CategoryLabel(draw(names), draw(TITLES), None, span=HERE),)
    return ast.Category(draw(names), draw(names), draw(st.none() | small), lines, draw(clauses), span=HERE)


headers = st.builds(
    ast.Header, TEXT, TITLES, TEXT, st.none() | st.dates(), st.none() | names, st.none() | names,
    tuples(st.builds(ast.Text, st.sampled_from(["standard/holdings", "a b", "x.y"]), span=st.just(HERE))),
    st.none() | names, tuples(names), tuples(remarks | items | validities), span=st.just(HERE),
)  # fmt: skip


@st.composite
def heads(draw):
    match draw(st.sampled_from(["blank", "name", "condition", "bound"])):
        case "blank":
            head = ast.Head("blank", span=HERE)
        case "name":
            head = ast.Head("name", (), draw(names), span=HERE)
        case "condition":
            head = ast.Head("condition", (), draw(relations), span=HERE)
        case _:
            kind = draw(st.sampled_from(["max", "min", "norm", "warn", "must", "should"]))
            head = ast.Head(kind, draw(tuples(prefixes, 0, 1)), draw(st.none() | small), span=HERE)
    return ast.Head(head.kind, head.prefixes, head.subject, written(grids._head(words_of(), head)), span=HERE)


def written(text):
    from policydsl.syntax.naming import single_blanks

    return single_blanks(text)


cell_items = st.one_of(small, ranges, st.builds(ast.CellCompare, st.sampled_from(["<", ">=", "="]), small, span=st.just(HERE)))


@st.composite
def cells(draw, is_bound):
    several = draw(tuples(cell_items, 0, 1 if is_bound else 3))
    negated = bool(several) and not is_bound and draw(st.booleans())
    cell = ast.Cell(several, negated, span=HERE)
    return ast.Cell(several, negated, written(grids._cell(words_of(), cell)), span=HERE)


@st.composite
def limits(draw):
    across = draw(tuples(heads(), 1, 4))
    bound_columns = [head.kind not in ("blank", "name") for head in across]
    down = [
        ast.LimitsRow(tuple(draw(cells(is_bound)) for is_bound in bound_columns), span=HERE)
        for _ in range(draw(st.integers(0, 3)))
    ]
    if draw(st.booleans()):
        rest = tuple(draw(cells(is_bound)) for is_bound in bound_columns[1:])
        down.append(ast.LimitsRow((ast.Cell((), span=HERE), *rest), True, span=HERE))
    premise = draw(st.none() | limited())
    return ast.Limits(
        draw(IDS), draw(TITLES), premise, across, tuple(down), draw(clauses), id_span=HERE, span=HERE
    )  # fmt: skip


pairs = tuples(st.tuples(names, singles | ranges), 0, 2)
raw = st.builds(ast.RawCell, st.sampled_from(["", "A-", "20 SEK", "long bond", '"a|b"', "8y", "-"]), span=st.just(HERE))


@st.composite
def given_tables(draw):
    width = draw(st.integers(1, 3))
    rows = draw(tuples(tuples(raw, width, width), 0, 3))
    return ast.GivenTable(draw(names), draw(pairs), rows[0] if rows else (), rows[1:], span=HERE)


references = st.builds(
    ast.Reference, IDS, st.sampled_from([None, "< 1y, max", "D..E, duration > 1y", '"a ]", x']), span=st.just(HERE)
)
OUTCOMES = ["pass", "warning", "deviation", "breach", "waived", "undetermined", "not applicable", None]
expects = st.builds(
    ast.Expect, references, st.sampled_from(OUTCOMES), st.none() | small, pairs, span=st.just(HERE)
)
given_values = st.builds(
    ast.GivenValue, names, singles | ranges | st.builds(ast.Listing, tuples(small, 1), span=st.just(HERE)),
    span=st.just(HERE),
)  # fmt: skip
tests = st.builds(
    ast.Test, TEXT, st.none() | st.dates(), tuples(given_tables() | given_values), tuples(expects), span=st.just(HERE)
)

declarations = st.one_of(
    headers, tables, scales, categories(), parameters, supplied, defines, rules, limits(), tests
)
files = st.builds(ast.File, st.just("here"), tuples(declarations, 0, 4))
