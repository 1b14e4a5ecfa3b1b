"""Every kind of declaration that this version runs, as a tree."""

from datetime import date

import pytest

from policydsl.syntax import ast

from .reading import body, compare, name, only, quantity, read, rule, total, tree


def text(value: str) -> ast.Text:
    return tree.Text(value)


def test_rulebook():
    assert only("""\
rulebook "Borlänge kommun"
  version  "2015-05-12"
  adopted by "Kommunfullmäktige" on 2015-05-12
  currency SEK
  calendar Sweden
  use      standard/holdings, "own tables"     # shared
  base     portfolio
  within each manager, region
  valid from 2015-06-01
  note "The second version"
""") == tree.Header(
        "Borlänge kommun", "2015-05-12", "Kommunfullmäktige", date(2015, 5, 12), name("SEK"), name("Sweden"),
        (text("standard/holdings"), text("own tables")), name("portfolio"), (name("manager"), name("region")),
        (tree.Validity(date(2015, 6, 1), None), tree.Remark("note", "The second version")),
    )  # fmt: skip


def kind(word: str, *arguments: object, **fields: object) -> ast.ColumnType:
    return tree.ColumnType(word, *arguments, **fields)


@pytest.mark.parametrize(("line", "column"), [
    ("name text, key", tree.Column(name("name"), kind("text"), True)),
    ("held yes/no, blank means no", tree.Column(name("held"), kind("yes/no"), blank="no")),
    ("day date", tree.Column(name("day"), kind("date"))),
    ("count number, not negative", tree.Column(name("count"), kind("number"), not_negative=True)),
    ("market_value money in MSEK, blank means 0, also \"Värde\", \"Værdi\"",
     tree.Column(name("market_value"), kind("money", name("MSEK")), blank="0", also=(text("Värde"), text("Værdi")))),
    ("weight share in %", tree.Column(name("weight"), kind("share", name("%")))),
    ("duration term in years", tree.Column(name("duration"), kind("term", name("years")))),
    ("type one of state, key_worker, bank,\n    region, blank means none, key",
     tree.Column(name("type"), kind("one of", labels=tuple(map(name, ["state", "key_worker", "bank", "region"]))), True,
                blank="none")),
    ("tags list of text separated by \";\"", tree.Column(name("tags"), kind("list", name("text"), separator=";"))),
    ("tags list of long_rating separated by \"/\"",
     tree.Column(name("tags"), kind("list", name("long_rating"), separator="/"))),
    ("rating long_rating, blank means unrated",
     tree.Column(name("rating"), kind("scale", name("long_rating")), blank="unrated")),
    ("issuer link to issuers", tree.Column(name("issuer"), kind("link", name("issuers")))),
    ("`Column with spaces` text", tree.Column(name("Column with spaces"), kind("text"))),
    ("source text", tree.Column(name("source"), kind("text"))),
    ("dated text", tree.Column(name("dated"), kind("text"))),
])  # fmt: skip
def test_column(line, column):
    assert only(f"table t\n  {line}\n") == tree.Table(name("t"), None, None, (column,))


def test_table():
    table = only("table holdings, each holding\n  dated by date\n  a text\n  b text\n")
    columns = tuple(tree.Column(name(one), kind("text")) for one in "ab")
    assert table == tree.Table(name("holdings"), name("holding"), name("date"), columns)


def test_scale():
    assert only(
        'scale long_rating, best first: AAA = Aaa, AA+ = Aa1,\n  "A-1" = K1, C; unrated: NR, WR\n'
    ) == tree.Scale(
        name("long_rating"),
        tuple(
            tree.Grade(names)
            for names in [
                (name("AAA"), name("Aaa")),
                (name("AA+"), name("Aa1")),
                (text("A-1"), name("K1")),
                (name("C"),),
            ]
        ),
        (name("NR"), name("WR")),
    )


def test_category():
    assert only("""\
category quality of holdings where held
  A "The best":
     rating >= AA-
  B: rating >= A- and kind = bond
  otherwise C "The rest"
  source "Annex"
""") == tree.Category(
        name("quality"), name("holdings"), name("held"),
        (
            tree.CategoryLabel(name("A"), "The best", compare(name("rating"), ">=", name("AA-"))),
            tree.CategoryLabel(name("B"), None, tree.And(
                compare(name("rating"), ">=", name("A-")), compare(name("kind"), "=", name("bond"))
            )),
            tree.CategoryLabel(name("C"), "The rest", None),
        ),
        (tree.Remark("source", "Annex"),),
    )  # fmt: skip


@pytest.mark.parametrize(("written", "value"), [
    ("11.5y", quantity("23/2", "years")),
    ("-0.5%", tree.Negative(quantity("1/2", "%"))),
    ("undecided", tree.Undecided()),
    ("2015-01-31", tree.Date(date(2015, 1, 31))),
    ("AA-", name("AA-")),
    ('"Staten"', text("Staten")),
    ("”Staten”", text("Staten")),
    ("yes", tree.YesNo(True)),
    ('"a", "b"', tree.Listing((text("a"), text("b")))),
    ('("a", "b")', tree.Listing((text("a"), text("b")))),
    ('("a")', tree.Listing((text("a"),))),
    ("1y..<3y", tree.Range(quantity(1, "years"), quantity(3, "years"), high_open=True)),
    ("supplied by the run, money in SEK", tree.Supplied(kind("money", name("SEK")))),
    ("supplied by the run, one of a, b", tree.Supplied(kind("one of", labels=(name("a"), name("b"))))),
])  # fmt: skip
def test_parameter(written, value):
    clauses = (tree.Remark("source", "2"),)
    assert only(f'parameter p: {written}\n  source "2"\n') == tree.Parameter(name("p"), value, clauses)


@pytest.mark.parametrize(("written", "defined"), [
    ("holdings where kind = equity", tree.RowsWhere(name("holdings"), compare(name("kind"), "=", name("equity")))),
    ("better of a and b", tree.Pick("better", name("a"), name("b"))),
    ("larger of 15% and (200% of b)",
     tree.Pick("larger", quantity(15, "%"), tree.PercentOf(quantity(200, "%"), name("b")))),
    ("x when c otherwise y", tree.Choice(name("x"), name("c"), name("y"))),
    ("x otherwise y", tree.Choice(name("x"), None, name("y"))),
    ("1 when a > 3y otherwise 2 when b otherwise 3",
     tree.Choice(quantity(1), compare(name("a"), ">", quantity(3, "years")),
                tree.Choice(quantity(2), name("b"), quantity(3)))),
    ("average duration weighted by market_value of bonds where open",
     tree.Aggregate("average", name("duration"), weight=name("market_value"), rows=name("bonds"), where=name("open"))),
    ("average duration of bonds weighted by market_value",
     tree.Aggregate("average", name("duration"), weight=name("market_value"), rows=name("bonds"))),
    ("sum (nominal * rate) of swaps",
     total(measure=tree.Arithmetic("*", name("nominal"), name("rate")), rows=name("swaps"))),
    ("sum weight of largest 5 positions by weight",
     total(measure=name("weight"), rows=name("positions"), largest=tree.Largest(quantity(5), name("weight")))),
    ("distinct issuer of holdings", tree.Aggregate("distinct", name("issuer"), rows=name("holdings"))),
    ("a - b * c", tree.Arithmetic("-", name("a"), tree.Arithmetic("*", name("b"), name("c")))),
    ("a - b - c", tree.Arithmetic("-", tree.Arithmetic("-", name("a"), name("b")), name("c"))),
    ("-nominal", tree.Negative(name("nominal"))),
    ("remaining(maturity)", tree.Call(name("remaining"), (name("maturity"),))),
    ("issuer.country", name("issuer.country")),
    ("rating >= A and not x", tree.And(compare(name("rating"), ">=", name("A")), tree.Not(name("x")))),
])  # fmt: skip
def test_define(written, defined):
    assert body(written) == defined


def test_define_of_a_table():
    made = only('define rating of holdings = better of a and b   # "one of them"\n  note "x"\n')
    pick = tree.Pick("better", name("a"), name("b"))
    assert made == tree.Define(name("rating"), name("holdings"), pick, (tree.Remark("note", "x"),))


@pytest.mark.parametrize(("written", "value"), [
    ("20%", quantity(20, "%")), ("12.5 %", quantity("25/2", "%")), ("50 bp", quantity(50, "bp")),
    ("3 points", quantity(3, "points")), ("400 MSEK", quantity(400, "SEK", 10**6)),
    ("32.5 million SEK", quantity("65/2", "SEK", 10**6)), ("5 mio. DKK", quantity(5, "DKK", 10**6)),
    ("2 bn EUR", quantity(2, "EUR", 10**9)), ("5 kSEK", quantity(5, "SEK", 1000)), ("5 KSEK", quantity(5, "SEK", 1000)),
    ("400 000 SEK", quantity(400_000, "SEK")), ("1 234 567.25 SEK", quantity("4938269/4", "SEK")),
    ("400\u00a0000\u202f000 SEK", quantity(400_000_000, "SEK")),
    ("7y", quantity(7, "years")), ("18 months", quantity(18, "months")), ("30 days", quantity(30, "days")),
    ("2 banking days", quantity(2, "banking days")), ("1 week", quantity(1, "weeks")), ("4", quantity(4)),
    ("0.1", quantity("1/10")), ("20 kronor", quantity(20, "kronor")), ("20 m", quantity(20, "m")),
])  # fmt: skip
def test_quantity(written, value):
    assert body(written) == value


@pytest.mark.parametrize(("written", "identifier"), [
    ("DN", "DN"), ("3.3", "3.3"), ("52-2", "52-2"), ("KS-2024-88", "KS-2024-88"), ("T5-issuer", "T5-issuer"),
    ("`3 kap 5 §`", "3 kap 5 §"), ("§7", "§7"), ("rule", "rule"), ("7", "7"), ("2015-01-31", "2015-01-31"),
])  # fmt: skip
def test_ids(written, identifier):
    made = only(f'rule {written} "Title": sum <= 1%\n')
    assert (made.id, made.title) == (identifier, "Title")


def test_clauses():
    made = only("""\
rule r: sum <= 1%
  source "a"  quote "b"
  note "c" item "X-1" not checkable because "no data"
  item "X-2"
  valid from 2024-01-01 until 2024-12-31
  valid until 2025-12-31
  waivable by "Kommunstyrelsen"
  cure within 30 days
  warn at 0.8%
""")
    assert made.clauses == (
        tree.Remark("source", "a"), tree.Remark("quote", "b"), tree.Remark("note", "c"),
        tree.Item("X-1", "no data"), tree.Item("X-2"),
        tree.Validity(date(2024, 1, 1), date(2024, 12, 31)), tree.Validity(None, date(2025, 12, 31)),
        tree.Remark("waivable by", "Kommunstyrelsen"), tree.CureWithin(quantity(30, "days")),
        tree.WarnAt(quantity("4/5", "%")),
    )  # fmt: skip


def test_prefixes():
    said = rule("within each manager: when as_of >= 2016-01-01: per sector, country: share <= 5%")
    assert said.prefixes == (
        tree.WithinEach((name("manager"),)),
        tree.When(compare(name("as_of"), ">=", tree.Date(date(2016, 1, 1)))),
        tree.Per((name("sector"), name("country"))),
    )


def test_test():
    made = only("""\
test "cell DN is full at 20%"
  as of 2015-01-31
  given holdings with held = yes, rating_moodys = unrated
    | instrument | duration |   # two rows
    | "a|b"      | 8y       |
    | gov bond   |          |
  given liabilities = 350 MSEK
  given derivatives
  expect DN pass at 20%
  expect T5-issuer[D..E,  duration > 1y] breach at 20% for issuer = "X", kind = bank
  expect 3.3 not applicable
  expect matching_ratio at 1.2
""")
    raw = [("instrument", "duration"), ('"a|b"', "8y"), ("gov bond", "")]
    heads, *rows = (tuple(tree.RawCell(cell) for cell in row) for row in raw)
    group = ((name("issuer"), text("X")), (name("kind"), name("bank")))
    assert made == tree.Test(
        "cell DN is full at 20%", date(2015, 1, 31),
        (
            tree.GivenTable(
                name("holdings"),
                ((name("held"), tree.YesNo(True)), (name("rating_moodys"), name("unrated"))),
                heads, tuple(rows),
            ),
            tree.GivenValue(name("liabilities"), quantity(350, "SEK", 10**6)),
            tree.GivenTable(name("derivatives"), (), (), ()),
        ),
        (
            tree.Expect(tree.Reference("DN"), "pass", quantity(20, "%")),
            tree.Expect(
                tree.Reference("T5-issuer", "D..E, duration > 1y"), "breach", quantity(20, "%"), group
            ),
            tree.Expect(tree.Reference("3.3"), "not applicable"),
            tree.Expect(tree.Reference("matching_ratio"), None, quantity("6/5")),
        ),
    )  # fmt: skip


def test_empty_and_blank_files():
    for nothing in ("", "\n\n", "# only a comment\n", "\ufeff", "   \n\t\n"):
        assert read(nothing) == ((), [])
