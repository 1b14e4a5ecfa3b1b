"""What an author reads after a slip: the place, the sentence, the next step."""

import re

import pytest

from .reading import read

SLIPS = {
    # the frame of a declaration
    "ruel cap: share <= 10%": "1:1 PD110 `ruel` is not a declaration | did you mean `rule`?",
    "Rule cap: share <= 10%": "1:1 PD110 `Rule` is not a declaration | did you mean `rule`?",
    "let x = 3": "1:1 PD110 `let` is not a declaration | did you mean `define`?",
    "rule cap:\nsum <= 20%": (
        "2:1 PD110 `sum` is not a declaration | a line that belongs to the declaration above it is indented"
    ),
    'limits T: share of debt\n| fixing | max |\n| < 1y | 50% |\nsource "x"': (
        "2:1 PD110 `|` is not a declaration | a line that belongs to the declaration above it is indented"
    ),
    "rule a: sum <= 2%\n  rule b: sum <= 3%": "2:3 PD111 `rule` starts a declaration: move it to column one",
    "rule a:\n  rule b: sum <= 3%": "2:3 PD111 `rule` starts a declaration: move it to column one",
    'rule cap "Cap"\n  share of debt at most 3%': "2:3 PD112 a colon is missing before `share`",
    "rule cap:": "1:10 PD117 nothing follows the colon; what belongs to the declaration is indented",
    'rule "Cap": share <= 5%': "1:6 PD115 `rule` needs an id, as in `rule currency-risk: ...`",
    "rule: share <= 5%": "1:5 PD115 `rule` needs an id, as in `rule currency-risk: ...`",
    "rulebook Borlänge": "1:10 PD119 a text in quotation marks is missing after `rulebook`",
    "test x": "1:6 PD119 a text in quotation marks is missing after `test`",
    'rulebook "x"\n  currency SEK\n  currency EUR': "3:3 PD113 `currency` is said twice",
    "define x: 3": "1:9 PD138 after `x` comes `=`, not `:`",
    "parameter x = 3": "1:13 PD138 after `x` comes `:`, not `=`",
    "parameter x: supplied by the run money in SEK": (
        "1:34 PD151 after `supplied by the run` comes a comma, not `money`"
    ),
    "table t\n  a text key": ("2:10 PD151 after `text` comes a column with its type, a comma or `dated by`, not `key`"),
    "scale s, best first": "1:20 PD152 the text ends too early: after `best first` comes a colon",
    'category c of t\n  A "x" rating >= AAA': (
        '2:3 PD133 a label is followed by its condition after a colon: `A "...": rating >= AAA`'
    ),
    # prefixes
    "rule cap: per counterparty share <= 20%": "1:28 PD112 a colon is missing before `share`",
    "rule cap: each loan where fixing > 1y currency = DKK": "1:39 PD112 a colon is missing before `currency`",
    "rule cap: when x > 3 sum <= 5": "1:22 PD112 a colon is missing before `sum`",
    "rule cap: each loan": "1:20 PD152 the text ends too early: after `loan` comes a colon or `where`",
    "rule cap: no holding: x = 3": "1:21 PD151 after `holding` comes `where`, not `:`",
    "rule cap: sum nominal of swaps <= 20 MDKK per bank": ("1:43 PD122 `per` comes first: `per bank: ... <= ...`"),
    "rule cap: count of offers >= 2 per lease": "1:32 PD122 `per` comes first: `per lease: ... <= ...`",
    # bounds and comparisons
    "rule cap: sum": "1:14 PD120 the bound is missing: the figure is compared with nothing",
    "rule cap: sum where held_directly": ("1:34 PD120 the bound is missing: the figure is compared with nothing"),
    "rule cap: sum where a <= 5% and b": ("1:34 PD120 the bound is missing: the figure is compared with nothing"),
    "rule cap: each loan: amount + 1 SEK": ("1:36 PD120 the bound is missing: the figure is compared with nothing"),
    "rule cap: share <= 5% <= 6%": (
        "1:23 PD121 comparisons cannot be chained: write `between ... and ...`, or join them with `and`"
    ),
    "rule cap: sum wher duration > 7y <= 20%": (
        "1:34 PD121 comparisons cannot be chained: write `between ... and ...`, or join them with `and`"
        " | if a condition begins with `duration`, `where` is missing or misspelt before it"
    ),
    "rule cap: sum nominal of derivatives <= 10% and >= 5%": (
        "1:49 PD127 after `and` comes a whole condition; two bounds are written `between 2% and 3%`"
    ),
    'rule cap: share of debt <=\n  source "x"': "2:3 PD126 something is missing after `<=`",
    "rule cap: sum >> 5": "1:15 PD135 `>>` is no comparison: write one of `<` `<=` `=` `>=` `>` `!=`",
    "rule cap: sum => 5": "1:15 PD135 `=>` is no comparison: write one of `<` `<=` `=` `>=` `>` `!=`",
    "rule cap: x == 5": "1:13 PD135 `==` is no comparison: write one of `<` `<=` `=` `>=` `>` `!=`",
    "rule cap: x <> 5": "1:13 PD135 `<>` is no comparison: write one of `<` `<=` `=` `>=` `>` `!=`",
    "rule cap: sum where duration between 2y to 5y <= 10%": (
        "1:41 PD128 `between` is completed with `and`, as in `between 1% and 2%`"
    ),
    "rule cap: share of debt must not exceed 20%": (
        "1:34 PD129 after `not` comes a bound, such as `at most 20%` or `between 10% and 50%`"
    ),
    "rule cap: sum where duration is 2y <= 10%": (
        "1:33 PD130 after `is` comes `missing`, `none`, `present` or `unrated`; a value is compared with `=`"
    ),
    "rule cap: issuer_type not in bond, bill": "1:34 PD131 a list stands in parentheses, as in `in (bond, deposit)`",
    "rule cap: sum where a > (b <= 5%": "1:25 PD132 the parenthesis that opens here is not closed before `the end`",
    "rule cap: sum where a > b) <= 5%": (
        "1:26 PD151 after `b` comes `and`, `norm`, `or`, `unless` or a clause such as `source`, not `)`"
    ),
    "rule cap: sum <= 20% portfolio": ("1:22 PD134 a percentage of something is written with `of`: `% of portfolio`"),
    "rule cap: sum of loans <= 3 of base_amount": "1:29 PD124 only a percentage can be `of` something",
    # aggregates and calculations
    "rule cap: sum where a * 2 > 2y <= 20%": "1:23 PD123 `*` and `/` inside a condition stand in parentheses",
    "rule cap: sum where a > 2y * 3 <= 20%": "1:23 PD123 `*` and `/` inside a condition stand in parentheses",
    "define x = share where a * average b where c": (
        "1:26 PD125 an aggregate with `where` stands in parentheses inside a calculation or a condition"
    ),
    "define x = (sum where a) + sum where b": (
        "1:32 PD125 an aggregate with `where` stands in parentheses inside a calculation or a condition"
    ),
    "rule cap: when share where a >= 5%: sum <= 5%": (
        "1:22 PD125 an aggregate with `where` stands in parentheses inside a calculation or a condition"
    ),
    "rule cap: sum where count of x > 3 <= 5%": (
        "1:27 PD137 an aggregate inside a condition about rows stands in parentheses, not as `count of`"
    ),
    "define x of t = 5 when a": "1:25 PD139 `when` in a definition is completed with `otherwise`",
    # values
    "rule cap: share of debt <= 12,5 %": (
        "1:28 PD154 `12,5` can be read in two ways: the decimal sign is `.`, and digits are grouped with blanks"
    ),
    "rule cap: sum <= 1,000,000 SEK": (
        "1:18 PD154 `1,000,000` can be read in two ways: the decimal sign is `.`, and digits are grouped with blanks"
    ),
    "rule cap: each loan: maturity_date <= 31.12.2025": "1:39 PD153 a date is written year-month-day: 2025-12-31",
    "rule cap: each loan: maturity_date <= 31/12/2025": "1:39 PD153 a date is written year-month-day: 2025-12-31",
    "rule cap: each loan: maturity_date <= 2015-1-31": "1:39 PD153 a date is written year-month-day: 2015-01-31",
    "rule cap: each loan: maturity_date <= 2015-02-30": "1:39 PD114 there is no day 2015-02-30",
    "rule cap: each loan: fixing in 2–5 y": (
        "1:32 PD155 a range is written with two dots, as in `2y..5y`, and a minus with a blank on both sides"
    ),
    "rule cap: each loan: fixing in 1y-3y": (
        "1:32 PD155 a range is written with two dots, as in `2y..5y`, and a minus with a blank on both sides"
    ),
    'rule cap "Title: share <= 10%': "1:10 PD156 the text that starts here has no closing quotation mark on its line",
    "rule cap: sum where `Column <= 10%": "1:21 PD157 the name that starts here has no closing backtick on its line",
    "rule cap: a -5 > b": "1:13 PD158 a plus or a minus between two values is written with a blank on both sides",
    "rule cap: a- b > c": "1:14 PD158 a plus or a minus between two values is written with a blank on both sides",
    "rule cap: a +b > c": "1:13 PD158 a plus or a minus between two values is written with a blank on both sides",
    "rule cap: share <= 5 § x": "1:22 PD159 `§` means nothing here",
    "rule cap: share <= 5\u200b%": "1:21 PD159 the character U+200B (zero width space) means nothing here",
    "\u200brule cap: sum <= 5%": "1:1 PD159 the character U+200B (zero width space) means nothing here",
    "rule cap: sum <= 5%\rrule b: sum <= 6%": (
        "1:20 PD159 the character U+000D (a control character) means nothing here"
        " | lines end in a way that nobody uses any more: save the file with ordinary line ends"
    ),
    "PK\0\0": (
        "1:3 PD159 the character U+0000 (a control character) means nothing here"
        " | this is no text file: save it as UTF-8 text"
    ),
    "rule cap: sum <= 1 5 SEK": "1:20 PD160 `1 5` is no number: groups have three digits each",
    "rule cap: sum <= 3 million MSEK": "1:18 PD161 the number is multiplied twice, by `million` and in `MSEK`",
    # misspelt keywords
    "rule cap: share of debt where fixing < 1y at mostly 25%": (
        "1:43 PD150 `at` is not expected here | did you mean `at most`?"
    ),
    "rule cap: sum A..C wher duration > 2y <= 10%": ("1:20 PD150 `wher` is not expected here | did you mean `where`?"),
    'rule cap: share <= 10%\n  sauce "Annex 1"': "2:3 PD150 `sauce` is not expected here | did you mean `source`?",
    "rule cap: sum of loans with fixing < 1y <= 20%": (
        "1:24 PD150 `with` is not expected here | did you mean `where`?"
    ),
    "rule cap: share of debt shall be at most 20%": ("1:25 PD150 `shall` is not expected here | did you mean `must`?"),
    'test "x"\n  expect DN passes at 20%': "2:13 PD150 `passes` is not expected here | did you mean `pass`?",
    "rule cap: share <= 10%\n  source Annex 1": "2:9 PD119 a text in quotation marks is missing after `source`",
    "rule cap: for each holding: x > 3": "1:11 PD150 `for` is not expected here | did you mean `each`?",
    "rule cap: all holdings: x > 3": "1:11 PD150 `all` is not expected here | did you mean `each`?",
    "rule cap: if x > 3: sum <= 5%": "1:11 PD150 `if` is not expected here | did you mean `when`?",
    "rule cap: sum <= 20% of the portfolio": "1:25 PD150 `the` is not expected here | leave it out",
    "rule cap: sum D to E <= 20%": "1:17 PD150 `to` is not expected here | did you mean `..`?",
    'rule cap: each x: a like "b%"': "1:21 PD150 `like` is not expected here | did you mean `contains`?",
    "parameter x: supplied by run, money in SEK": (
        "1:14 PD150 `supplied` is not expected here | did you mean `supplied by the run`?"
    ),
    "rule cap: sum <= 5%\n  valid 2015-01-01": "2:3 PD150 `valid` is not expected here | did you mean `valid from`?",
    # what other notations write
    "rule cap: sum <= €20": (
        "1:18 PD159 `€` means nothing here | a currency is a word behind its number, as in `20 EUR`"
    ),
    "rule cap: sum <= SEK 20": (
        "1:22 PD151 after `SEK` comes `and`, `norm`, `or`, `unless` or a clause such as `source`, not `20`"
        " | a currency stands behind its number, as in `20 SEK`"
    ),
    "rule cap: each x: a != b && c": "1:26 PD159 `&` means nothing here | conditions are joined with `and`",
    "rule cap: each x: 'text' = a": "1:19 PD159 `'` means nothing here | a text stands in double quotation marks",
    "rule cap: each x: a in [b, c]": "1:24 PD131 a list stands in parentheses, as in `in (bond, deposit)`",
    "rule cap: sum D...E <= 20%": (
        "1:16 PD155 a range is written with two dots, as in `2y..5y`, and a minus with a blank on both sides"
    ),
    # the order of things
    "rule cap: sum <= 5% where x > 3": (
        "1:21 PD103 `where` comes before the bound, as in `sum where duration > 7y <= 20%`"
    ),
    "rule cap: at most 20% in equities": (
        "1:11 PD106 what is measured comes before its bound, as in `share of debt at most 20%`"
    ),
    "rule cap: sum <= 20 MSEK or 5%": (
        "1:29 PD127 after `or` comes a whole condition; two bounds are written `between 2% and 3%`"
    ),
    "parameter x: 3 + 4": "1:16 PD100 a parameter is a value or a list of values; a calculation is a `define`",
    "parameter x 3": "1:13 PD112 a colon is missing before `3`",
    "scale s: A, B": ("1:8 PD162 after `s` comes `, best first:` and then the grades, from the best to the worst"),
    # tables in the text
    "limits T: share\n  | a | max |\n  |---|:---:|\n  | 1 | 2% |": (
        "3:3 PD104 a table here has no line under its headings: leave this row out"
    ),
    'limits T "x": share of debt\n  source "1"': (
        "2:3 PD118 `limits` needs a table, with rows such as `| < 1y | 30% |`"
    ),
    "limits T: share of debt <= 5%\n  | a | max |\n  | 1 | 2% |": (
        "1:25 PD136 the bounds of `limits` stand in its table, not on its line"
    ),
    'test "x"\n  given holdings | a | b |': (
        "2:18 PD144 a table row cannot stand here: the rows of `limits` and `given` begin lines of their own"
    ),
    "rule cap: share <= 5%\n  | a | max |": (
        "2:3 PD144 a table row cannot stand here: the rows of `limits` and `given` begin lines of their own"
    ),
    "limits T: share\n  | a | max |\n  | otherwise | 1% |\n  | 1 | 2% |": (
        "3:5 PD145 `otherwise` stands in the first cell of the last row"
    ),
    "limits T: share\n  | a | max |\n  | 1 | 1%, 2% |": (
        "3:9 PD143 a limit is one value or one range, and here are several"
    ),
    'attest readiness "Is it adequate?"': (
        '1:35 PD152 the text ends too early: after `"Is it adequate?"` comes `by`, `each`, `from`, `once` or `per`'
    ),
    "rule x: on purchase sum <= 5%": ("1:21 PD151 after `on purchase` comes a colon, not `sum`"),
    "# språk: se\nregel x: andel <= 5 %": ("1:10 PD101 there are no keywords in `se`, only in `en`, `da`, `sv`"),
    "regel x: andel <= 5 %": (
        "1:1 PD110 `regel` is not a declaration | `regel` is a keyword of another language, which the first line of "
        "the file must name: `# sprog: da` or `# språk: sv`"
    ),
}


@pytest.mark.parametrize("text", SLIPS)
def test_slip_has_its_sentence(text):
    assert read(f"{text}\n")[1] == [SLIPS[text]]


def test_all_bad_cells_of_a_table_are_told():
    text = """\
limits T: share of debt
  | fixing | max |
  | < 1y | 50%
  | 1y-3y | 50% |
  | 3y..5y | 50% | 3% |
  | > 5y | |
  | 5 years | 3 $ |   # a comment
"""
    assert read(text)[1] == [
        "3:12 PD140 the row has no closing `|`",
        "4:5 PD155 a range is written with two dots, as in `2y..5y`, and a minus with a blank on both sides",
        "5:3 PD141 the row has 3 cells, and the first row has 2",
        "6:12 PD142 the cell is empty: write `-` if it says nothing",
        "7:17 PD159 `$` means nothing here | a currency is a word behind its number, as in `20 USD`",
    ]


def test_broken_declaration_hides_no_other():
    good = 'rule g{}: sum D..E where duration > 7y <= 20%\n  source "x"\n\n'
    parts = [good.format(index) for index in range(60)]
    parts[20] = "rule bad1: sum D..E where duration >> 7y <= 20%\n\n\n"
    parts[40] = 'limits bad2 "t: share of debt\n  | fixing | max |\n\n'
    declarations, told = read("".join(parts))
    assert [one.split(" ")[0] for one in told] == ["61:36", "121:13"]
    assert len(declarations) == 60
    assert [index for index, one in enumerate(declarations) if type(one).__name__ == "Broken"] == [20, 40]


def test_lines_without_indentation_are_told_once():
    declarations, told = read("rule a:\nsum\n<= 20%\nof x\nrule b: sum <= 3%\n")
    assert told == [
        "2:1 PD110 `sum` is not a declaration | a line that belongs to the declaration above it is indented"
    ]
    assert [type(one).__name__ for one in declarations] == ["Broken", "Broken", "Rule"]


def test_no_sentence_speaks_of_the_grammar():
    for said in SLIPS.values():
        assert not re.search(r"[A-Z]{2,}_|\$END|token|parser|expected one of", re.sub(r"`[^`]*`|PD\d+", "", said))
