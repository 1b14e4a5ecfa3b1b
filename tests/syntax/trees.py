"""Random trees: every tree here is one that some text means."""

from fractions import Fraction

from attrs import evolve
from hypothesis import strategies as st

from policydsl.syntax import ast
from policydsl.syntax.conditions import is_condition
from policydsl.syntax.naming import heading_name, row_name

from .reading import tree

PLAIN = ["issuer", "duration", "rating", "D", "E", "AA-", "A+", "Aa1", "issuer.country", "å-ä", "A-1", "x1", "SEK"]
WORDS = [
    "max", "where", "sum", "note", "source", "item", "no", "yes", "of", "per", "y", "months", "million", "M", "limit",
    "unrated", "text", "date", "or", "in", "not", "each", "between", "at", "most", "share", "must", "norm", "unless",
    "otherwise", "when", "is", "largest", "by", "weighted", "undecided", "on", "larger", "better", "contains", "expect",
    "given", "rule", "key", "also", "blank", "from", "dated", "warn", "valid", "best", "within", "over", "under",
    "base", "currency", "version", "for", "with", "pass",
    "där", "och", "ingen", "kr", "år", "det", "den", "större", "hvor", "af", "i", "av", "er", "är", "ej", "må", "får",
    "per", "pr", "mdr", "högst", "højst", "inte", "skal", "største", "över", "nej", "alls", "slet",
]  # fmt: skip
ODD = [*WORDS, "Column with spaces", "3 kap 5 §", "a.b-", "|", "#1", "not applicable"]
UNITS = [
    "%", "bp", "points", "years", "months", "weeks", "days", "banking days", "SEK", "EUR", "apples", "base_amounts",
]  # fmt: skip
FUNCTIONS = ["sum", "share", "count", "distinct", "average", "median", "min", "max", "best", "worst"]
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='"“”„'), max_size=8)

names = st.builds(tree.Name, st.sampled_from(PLAIN) | st.sampled_from(ODD))
texts = st.builds(tree.Text, TEXT | st.sampled_from(['say "so"', "“so”", "a  b", "|", "# no comment"]))
dates = st.builds(tree.Date, st.dates())
numbers = st.builds(lambda digits, places: Fraction(digits, 10**places), st.integers(0, 10**7), st.integers(0, 6))
quantities = st.builds(
    tree.Quantity, numbers, st.none() | st.sampled_from(UNITS), st.sampled_from([1, 1, 1, 10**3, 10**6, 10**9]),
)  # fmt: skip
percentages = st.builds(tree.Quantity, numbers, st.just("%"))
negative_quantities = st.builds(tree.Negative, quantities)
singles = st.one_of(
    quantities, texts, dates, names, negative_quantities,
    st.builds(tree.YesNo, st.booleans()), st.builds(tree.Undecided),
)  # fmt: skip
ends = st.one_of(quantities, negative_quantities, texts, dates, names)
ranges = st.builds(tree.Range, ends, ends, st.booleans(), st.booleans())
label_ranges = st.builds(tree.Range, names, names)
labels = st.one_of(names, texts, label_ranges)


def tuples(strategy, least=0, most=3):
    return st.lists(strategy, min_size=least, max_size=most).map(tuple)


@st.composite
def aggregates(draw, inner, where):
    measure = draw(st.none() | names | inner)
    least = 0 if measure is not None else draw(st.sampled_from([0, 2]))
    several = (
        draw(tuples(labels, least, 3)) if least or measure is not None else draw(tuples(label_ranges | texts, 0, 1))
    )
    rows = draw(st.none() | names)
    count = tree.Quantity(Fraction(draw(st.integers(1, 9))), None)
    largest = tree.Largest(count, draw(names)) if rows is not None and draw(st.booleans()) else None
    function = draw(st.sampled_from(FUNCTIONS))
    weight = draw(st.none() | names | inner)
    return tree.Aggregate(function, measure, several, weight, rows, largest, draw(where))


def betweens(inner):
    def build(value, low, high):
        if isinstance(low, ast.Quantity) and low.unit == "%" and isinstance(high, ast.PercentOf):
            low = tree.PercentOf(low, high.whole)  # what `between 1% and 2% of x` means
        return tree.Between(value, low, high)

    return st.builds(build, inner, inner, inner)


IDS = st.sampled_from(
    ["DN", "3.3", "52-2", "KS-2024-88", "T5-issuer", "3 kap 5 §", "rule", "§7", "a/b", "otherwise", "7"]
)
references = st.builds(tree.Reference, IDS, st.sampled_from([None, "< 1y, max", "D..E, duration > 1y", '"a ]", x']))
outcomes = st.sampled_from(["pass", "warning", "deviation", "breach", "waived", "undetermined", "not applicable"])


def conditions(inner):
    listings = st.builds(tree.Listing, tuples(inner | ranges, 1))
    ops = st.sampled_from(["<=", "<", ">=", ">", "=", "!="])
    states = st.sampled_from(["missing", "none", "present", "unrated"])
    return st.one_of(
        st.builds(tree.Compare, ops, inner, inner),
        betweens(inner),
        st.builds(tree.In, inner, listings | ranges | names, st.booleans()),
        st.builds(tree.Is, inner, states, st.booleans()),
        st.builds(tree.Contains, inner, inner),
        st.builds(tree.RuleIs, references, outcomes, st.booleans()),
        st.builds(tree.Not, inner),
        st.builds(tree.And, inner, inner.filter(is_condition)),
        st.builds(tree.Or, inner, inner.filter(is_condition)),
    )


def compounds(inner):
    return conditions(inner) | st.one_of(
        st.builds(tree.Arithmetic, st.sampled_from(["+", "-", "*", "/"]), inner, inner),
        st.builds(tree.Negative, inner),
        st.builds(tree.PercentOf, percentages, inner),
        st.builds(tree.Pick, st.sampled_from(["larger", "smaller", "better", "worse"]), inner, inner),
        st.builds(tree.Choice, inner, st.none() | inner, inner),
        st.builds(tree.Call, names, tuples(inner, 1)),
        st.builds(tree.OnDate, inner, dates | names | inner | st.builds(tree.PreviousDate)),
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
    st.builds(tree.Per, tuples(names, 1)),
    st.builds(tree.WithinEach, tuples(names, 1)),
    st.builds(tree.When, small),
    st.builds(tree.OverTheLast, quantities),
    st.builds(tree.Always, st.none() | quantities),
    st.builds(tree.ByDate, dates | small),
    st.just(tree.OnPurchase()),
    st.builds(tree.InAny, quantities, names),
)
eaches = st.builds(tree.Each, names, st.none() | small)
nos = st.builds(tree.No, names, small)


@st.composite
def bounds(draw):
    if draw(st.booleans()):
        return tree.Bound(draw(st.sampled_from(["<=", "<", ">=", ">", "=", "!="])), draw(small))
    between = draw(betweens(small))
    return tree.Bound("between", between.low, between.high)


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
    return tree.Assertion(said, subject, bound, strength, norm, unless)


@st.composite
def limited(draw):
    said = draw(tuples(prefixes | eaches, 0, 2))
    if said and draw(st.booleans()):
        return tree.Assertion(said, None, None)
    return tree.Assertion(said, draw(small), None, unless=draw(st.none() | small))


remarks = st.builds(tree.Remark, st.sampled_from(["source", "quote", "note", "waivable by"]), TEXT) | st.builds(
    tree.Remark, st.just("waivable by"), TEXT, tuples(TEXT, 1, 3)
)
items = st.builds(tree.Item, TEXT, st.none() | TEXT)
validities = st.builds(tree.Validity, st.none() | st.dates(), st.none() | st.dates()).filter(lambda v: v.start or v.end)
warnings = st.builds(tree.WarnAt, small) | st.builds(tree.WarnAt, quantities, st.just(True))
clauses = tuples(remarks | items | validities | warnings | st.builds(tree.CureWithin, quantities))

TITLES = st.none() | TEXT

rules = st.builds(tree.Rule, IDS, TITLES, assertions(), clauses)
parameters = st.builds(
    tree.Parameter, names,
    singles | ranges | st.builds(tree.Listing, tuples(small | ranges, 1)),
    clauses,
)  # fmt: skip
periods = st.builds(
    tree.Period, st.dates(), singles | ranges | st.builds(tree.Listing, tuples(small, 1)),
    st.none() | st.dates(), TITLES, TITLES,
)  # fmt: skip
histories = st.builds(tree.Parameter, names, st.builds(tree.History, tuples(periods, 1)), clauses)
rows_where = st.builds(tree.RowsWhere, names, small)
defines = st.builds(tree.Define, names, st.none() | names, expressions | rows_where, clauses) | st.builds(
    tree.Define, names, st.none(), expressions, clauses, tuples(names, 1)
)
figures = st.builds(tree.Field, names.filter(lambda one: "." not in one.text and one.text[-1] not in "+-"), expressions)
row_fields = st.builds(tree.Field, names, expressions)
derived = st.builds(
    tree.DerivedTable,
    names,
    st.none() | names,
    names,
    st.none() | small,
    tuples(names, 1),
    tuples(figures),
    st.booleans(),
)
sources = st.builds(tree.StackedSource, names, st.none() | small, tuples(row_fields, 1))
stacked = st.builds(tree.StackedTable, names, st.none() | names, tuples(sources, 1))
look_through = st.builds(
    tree.LookThrough, names, st.none() | names, names, st.none() | small, names, names, names, tuples(names, 1), names
)

units = st.sampled_from(["%", "years", "months", "days"]).map(lambda unit: tree.Name(unit))
column_types = st.one_of(
    st.builds(tree.ColumnType, st.sampled_from(["text", "yes/no", "date", "number"])),
    st.builds(tree.ColumnType, st.sampled_from(["money", "link", "scale"]), names),
    st.builds(tree.ColumnType, st.sampled_from(["share", "term"]), units),
    st.builds(tree.ColumnType, st.just("one of"), labels=tuples(names, 1)),
    st.builds(tree.ColumnType, st.just("list"), names, separator=TEXT),
)
columns = st.builds(
    tree.Column, names, column_types, st.booleans(), st.booleans(),
    st.sampled_from([None, "none", "no", "0", "unrated"]), tuples(texts, 0, 2),
)  # fmt: skip
tables = st.builds(tree.Table, names, st.none() | names, st.none() | names, tuples(columns))
supplied = st.builds(tree.Parameter, names, st.builds(tree.Supplied, column_types), clauses)
grade_names = names | texts
scales = st.builds(
    tree.Scale, names, tuples(st.builds(tree.Grade, tuples(grade_names, 1)), 1, 4),
    tuples(grade_names),
)  # fmt: skip


@st.composite
def categories(draw):
    lines = draw(tuples(st.builds(tree.CategoryLabel, names, TITLES, small)))
    if draw(st.booleans()):
        lines += (tree.CategoryLabel(draw(names), draw(TITLES), None),)
    return tree.Category(draw(names), draw(names), draw(st.none() | small), lines, draw(clauses))


headers = st.builds(
    tree.Header, TEXT, TITLES, TEXT, st.none() | st.dates(), st.none() | names, st.none() | names,
    tuples(st.builds(tree.Text, st.sampled_from(["standard/holdings", "a b", "x.y"]))),
    st.none() | names, tuples(names), tuples(remarks | items | validities),
    st.none() | st.builds(tree.Text, TEXT), st.booleans(),
)  # fmt: skip


@st.composite
def heads(draw):
    match draw(st.sampled_from(["blank", "name", "condition", "bound"])):
        case "blank":
            head = tree.Head("blank")
        case "name":
            head = tree.Head("name", (), draw(names))
        case "condition":
            head = tree.Head("condition", (), draw(relations))
        case _:
            kind = draw(st.sampled_from(["max", "min", "norm", "warn", "must", "should"]))
            head = tree.Head(kind, draw(tuples(prefixes, 0, 1)), draw(st.none() | small))
    return tree.Head(head.kind, head.prefixes, head.subject, heading_name(head))


cell_items = st.one_of(small, ranges, st.builds(tree.CellCompare, st.sampled_from(["<", ">=", "="]), small))


@st.composite
def cells(draw, is_bound):
    several = draw(tuples(cell_items, 0, 1 if is_bound else 3))
    negated = bool(several) and not is_bound and draw(st.booleans())
    cell = tree.Cell(several, negated)
    return tree.Cell(several, negated, row_name(cell))


@st.composite
def limits(draw):
    across = draw(tuples(heads(), 1, 4))
    bound_columns = [head.kind not in ("blank", "name") for head in across]
    down = [
        tree.LimitsRow(tuple(draw(cells(is_bound)) for is_bound in bound_columns))
        for _ in range(draw(st.integers(0, 3)))
    ]
    if draw(st.booleans()):
        rest = tuple(draw(cells(is_bound)) for is_bound in bound_columns[1:])
        down.append(tree.LimitsRow((tree.Cell(()), *rest), True))
    premise = draw(st.none() | limited())
    return tree.Limits(
        draw(IDS), draw(TITLES), premise, across, tuple(down), draw(clauses)
    )  # fmt: skip


TERM_UNITS = ["years", "months", "weeks", "days"]
terms = st.builds(tree.Quantity, numbers, st.sampled_from(TERM_UNITS))
days_of_year = st.builds(tree.DayOfYear, st.integers(1, 28), st.integers(1, 12))
timings = st.builds(
    tree.Timing, st.none() | st.builds(tree.Every, st.none() | terms), st.booleans(),
    st.none() | st.dates() | days_of_year, st.none() | terms, st.none() | st.dates(), st.none() | names,
    st.none() | names,
)  # fmt: skip
duties = st.builds(
    tree.Duty, IDS, TITLES, TEXT, TITLES, timings, tuples(TEXT), st.booleans(), clauses,
)  # fmt: skip
attests = st.builds(tree.Attest, IDS, TEXT, TEXT, timings, clauses)


answer_heads = st.builds(tree.AnswerHead, names, st.none() | st.sampled_from(["max", "min"])).map(
    lambda head: tree.AnswerHead(head.name, head.limit, heading_name(head))
)


@st.composite
def decides(draw):
    asking = draw(tuples(heads().filter(lambda head: head.kind in ("name", "condition")), 1, 3))
    across = (*asking, *draw(tuples(answer_heads, 1, 2)))
    answers = [isinstance(head, ast.AnswerHead) for head in across]
    values = st.builds(lambda value: of_cell((value,)), small) | st.just(tree.Cell((), text="-"))
    down = [
        tree.LimitsRow(tuple(draw(values if answer else cells(False)) for answer in answers))
        for _ in range(draw(st.integers(1, 3)))
    ]
    table, by = draw(st.tuples(names, st.just(())) | st.tuples(st.none(), tuples(names, 1)))
    hits = draw(st.sampled_from(["exactly one", "first", "strictest", "all"]))
    return tree.Decide(draw(names), table, by, hits, across, tuple(down), draw(clauses))


def of_cell(items):
    return tree.Cell(items, False, row_name(tree.Cell(items)))


pairs = tuples(st.tuples(names, singles | ranges), 0, 2)
raw = st.builds(
    tree.RawCell,
    st.sampled_from(
        ["", "A-", "20 SEK", "long bond", '"a|b"', "8y", "-", "12.5%", "-0.25 MSEK", "2015-01-31", "1 200.50"]
    ),
)


@st.composite
def given_tables(draw):
    width = draw(st.integers(1, 3))
    rows = draw(tuples(tuples(raw, width, width), 0, 3))
    return tree.GivenTable(draw(names), draw(pairs), rows[0] if rows else (), rows[1:])


OUTCOMES = ["pass", "warning", "deviation", "breach", "waived", "undetermined", "not applicable", None]
expects = st.builds(
    tree.Expect,
    references,
    st.sampled_from(OUTCOMES),
    st.none() | small | st.builds(tree.Listing, tuples(small, 2)),
    pairs,
)
given_values = st.builds(
    tree.GivenValue, names, singles | ranges | st.builds(tree.Listing, tuples(small, 1)),
)  # fmt: skip
tests = st.builds(
    tree.Test, TEXT, st.none() | st.dates(), tuples(given_tables() | given_values), tuples(expects),
    st.none() | texts,
)  # fmt: skip

changed_rules = st.builds(tree.ChangedRule, IDS, TITLES, assertions(), clauses)
changed_cells = st.builds(
    tree.ChangedCell, st.builds(tree.Reference, IDS, st.just("< 1y, max")), cell_items, clauses
)  # fmt: skip
whole = st.one_of(parameters, supplied, histories, defines, categories(), decides(), limits())
layers = st.one_of(
    st.builds(tree.Replace, changed_rules | changed_cells | whole),
    st.builds(tree.Tighten, changed_rules | changed_cells),
    st.builds(tree.Remove, references, TEXT),
)
parameter_changes = st.builds(tree.ParameterChange, names, small)
row_changes = st.builds(tree.RowChange, eaches, tuples(st.builds(tree.Assignment, names, small), 1))
scenarios = st.builds(
    tree.Scenario, TEXT,
    tuples(parameter_changes | row_changes | given_tables() | st.builds(tree.AddedRows, given_tables())),
    clauses,
)  # fmt: skip

waivers = st.builds(
    lambda granted, cap, waiver: evolve(waiver, **granted, **cap),
    st.just({})
    | st.fixed_dictionaries({"granted_by": TEXT, "granted_on": st.dates(), "until": st.none() | st.dates()}),
    st.just({}) | st.fixed_dictionaries({"direction": st.sampled_from(["up", "down"]), "cap": small}),
    st.builds(tree.Waiver, IDS, references, pairs, because=TEXT, clauses=clauses),
)  # fmt: skip

declarations = st.one_of(
    headers, tables, derived, stacked, look_through, scales, categories(), parameters, supplied, histories, defines,
    rules, limits(), decides(), duties, attests, waivers, tests, layers, scenarios,
)  # fmt: skip
files = st.builds(tree.File, st.just("here"), tuples(declarations, 0, 4))
