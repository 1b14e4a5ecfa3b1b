"""What a bare word means where it stands: a label of its neighbour, a declared name, a currency, or nothing."""

from fractions import Fraction

import pytest

from policydsl.model.expressions import Among, ColumnOf, Compare, Constant, Labelled, Not
from policydsl.model.types import TEXT, GradeType, LabelType

from .writing import CATEGORY, HOLDINGS, LOANS, checked, codes, complaint, limit, message, rows, rule, said, words_at


def only_condition(assertion: str, before: str = CATEGORY):
    """The one condition on the rows of a figure."""
    (found,) = limit(assertion, before).figure.where
    return found


def category_in(*labels: str) -> Labelled:
    return Labelled("credit_category", "holdings", frozenset(labels))


# ---------------------------------------------------------------- labels say what they are labels of


def test_range_of_labels_is_of_a_category():
    assert only_condition("sum B..D <= 20%") == category_in("B", "C", "D")


def test_range_in_a_condition_includes_both_ends():
    assert only_condition("sum where credit_category in B..D <= 20%") == category_in("B", "C", "D")


def test_list_of_labels():
    assert only_condition("sum A, C <= 20%") == category_in("A", "C")


def test_label_of_a_one_of_column():
    found = only_condition("sum bank, company <= 20%")
    assert isinstance(found, Among)
    assert found.value.name == "issuer_type"
    assert [member.value for member in found.members] == ["bank", "company"]


def test_labels_are_joined_to_the_where_by_and():
    figure = limit("sum D..E where duration > 7y <= 20%", CATEGORY).figure
    assert figure.where[0] == category_in("D", "E")
    assert isinstance(figure.where[1], Compare)


def test_label_of_two_columns_names_both():
    told = complaint("sum state <= 50%", "PD242")
    assert "`issuer_type`" in told and "`guarantee`" in told


def test_two_labels_that_only_one_column_has_are_of_that_column():
    assert only_condition("sum state, bank <= 50%").value.name == "issuer_type"


def test_labels_of_different_columns():
    complaint("sum bank, equity <= 50%", "PD243")


def test_range_needs_the_order_that_only_a_category_has():
    complaint("sum bank..company <= 50%", "PD235")
    complaint("sum where issuer_type in bank..company <= 50%", "PD235")


def test_range_of_labels_does_not_run_backwards():
    told = complaint("sum E..D <= 20%", "PD234", CATEGORY)
    assert "`E`" in told and "`D`" in told


def test_label_that_nobody_has():
    told = complaint("sum D..G <= 20%", "PD200", CATEGORY)
    assert "`G`" in told


def test_misspelt_label_is_told_with_the_nearest():
    assert "`equity`" in complaint("share where asset_class = equty <= 40%", "PD200")
    assert "`equity`" in complaint("share where asset_class in (cash, equty) <= 40%", "PD200")
    assert "`bank`" in complaint("sum bnak <= 40%", "PD200")


def test_category_has_no_order_but_that_of_ranges():
    complaint("each holding: credit_category >= C", "PD228", CATEGORY)


def test_category_compares_with_labels():
    assert rows("each holding: credit_category = C", CATEGORY).condition == category_in("C")
    assert rows("each holding: credit_category != C", CATEGORY).condition == Not(category_in("C"))
    assert rows("each holding: credit_category not in (A, B)", CATEGORY).condition == Not(category_in("A", "B"))


# ---------------------------------------------------------------- the category A, the rating A, and the text "A"

LONG = GradeType("long_rating")
A_GRADE = Constant(4, LONG)  # AAA, AA+, AA, AA- stand above it


def test_beside_a_category_a_is_its_label():
    assert only_condition("sum where credit_category = A <= 20%") == category_in("A")
    assert only_condition('sum where credit_category = "A" <= 20%') == category_in("A")


def test_beside_a_rating_a_is_a_grade():
    rating = ColumnOf("holdings", "rating", LONG)
    assert rows("each holding: rating = A", CATEGORY).condition == Compare("=", rating, A_GRADE)
    assert rows('each holding: rating = "A"', CATEGORY).condition == Compare("=", rating, A_GRADE)
    assert rows("each holding: rating in (A, AAA)", CATEGORY).condition == Among(rating, (A_GRADE, Constant(0, LONG)))


def test_beside_a_text_a_in_quotes_is_a_text():
    found = rows('each holding: issuer = "A"', CATEGORY).condition
    assert found == Compare("=", ColumnOf("holdings", "issuer", TEXT), Constant("A", TEXT))


def test_beside_a_text_a_without_quotes_is_nothing():
    assert "quotation marks" in complaint("each holding: issuer = A", "PD200", CATEGORY)


def test_after_sum_a_is_the_categorys_label():
    assert only_condition("sum A <= 20%") == category_in("A")


def test_category_and_rating_stand_side_by_side():
    condition = rows("each holding: credit_category = A and rating >= A", CATEGORY).condition
    assert condition.conditions == (category_in("A"), Compare("<=", ColumnOf("holdings", "rating", LONG), A_GRADE))


def test_category_does_not_compare_with_a_rating():
    told = complaint("each holding: credit_category = rating", "PD220", CATEGORY)
    assert "`credit_category`" in told and "`rating`" in told


# ---------------------------------------------------------------- grades


def test_at_least_a_grade_is_at_least_as_good():
    better_or_same = rows("each holding: rating_sp >= AA").condition
    assert (better_or_same.op, better_or_same.right) == ("<=", Constant(2, LONG))  # ranks: the best is 0
    assert rows("each holding: AA <= rating_sp").condition == Compare(">=", Constant(2, LONG), better_or_same.left)


def test_equivalents_are_one_grade():
    assert rows("each holding: rating_sp >= Aa1") == rows("each holding: rating_sp >= AA+")


def test_grade_with_other_signs_is_quoted():
    found = rows('each holding: rating_short >= "A-1"').condition
    assert found.right == Constant(1, GradeType("short_rating"))


def test_words_for_unrated_are_below_every_grade():
    assert rows("each holding: rating_sp = NR").condition.right == Constant(7, LONG)
    assert rows("each holding: rating_sp = WR") == rows("each holding: rating_sp = NR")


def test_grade_of_another_scale_is_no_grade():
    assert "`A-1`" in complaint('each holding: rating_sp >= "A-1"', "PD200")


def test_misspelt_grade_is_told_with_the_nearest():
    assert "`AAA`" in complaint("each holding: rating_sp >= AAAA", "PD200")


def test_range_of_grades_may_be_written_from_either_end():
    good_to_bad = rows("each holding: rating_sp in AAA..A").condition
    assert rows("each holding: rating_sp in A..AAA").condition == good_to_bad
    (stretch,) = good_to_bad.members
    assert (stretch.low, stretch.high) == (Constant(0, LONG), A_GRADE)


def test_better_of_is_of_grades_and_larger_of_of_numbers():
    complaint("each holding: larger of rating_sp and rating_moodys >= A", "PD223")
    complaint("portfolio <= better of 5 MSEK and 6 MSEK", "PD223")


@pytest.mark.parametrize("choice", ["worse of rating_sp and A", "worse of A and rating_sp", "rating_sp otherwise A"])
def test_grade_beside_a_rating_in_a_choice(choice):
    (found,) = checked(f"define r of holdings = {choice}\n").tables["holdings"].computed
    assert found.type == LONG


def test_unrated_is_asked_of_grades():
    rows("each holding: rating_sp is not unrated")
    complaint("each holding: duration is unrated", "PD237")


# ---------------------------------------------------------------- which of two meanings


def test_labels_come_before_declared_names():
    before = "parameter equity: 40%\n"
    found = limit("share where asset_class = equity <= equity", before)
    (condition,) = (one for one in found.figure.part.where)
    assert condition.right == Constant("equity", LabelType("asset_class", ("fixed_income", "equity", "cash", "other")))
    assert found.bound.value.name == "equity"


def test_currency_code_beside_a_text():
    assert rows("each holding: currency = SEK").condition.right == Constant("SEK", TEXT)
    assert rows("each holding: currency in (SEK, EUR)").condition.members == (
        Constant("SEK", TEXT),
        Constant("EUR", TEXT),
    )


def test_word_that_is_no_currency_beside_a_text_is_to_be_quoted():
    told = complaint("each holding: issuer = Staten", "PD200")
    assert "quotation marks" in told
    assert "STN" not in told


def test_other_names_of_a_column():
    assert limit("sum Marknadsvärde of holdings <= 5 MSEK") == limit("sum market_value of holdings <= 5 MSEK")


def test_list_parameter_is_asked_with_in():
    before = 'parameter own: "Borlänge kommun", "Borlänge Energi"\n'
    assert rows("no holding where issuer in own", before) == rows(
        'no holding where issuer in ("Borlänge kommun", "Borlänge Energi")'
    )


def test_list_that_the_run_supplies_is_asked_with_in():
    before = 'parameter own: supplied by the run, list of text separated by ";"\n'
    rows("no holding where issuer in own", before)


def test_contains_takes_a_text():
    rows('each holding: issuer contains "kommun"')
    rows('each holding: tags contains "green"')
    assert codes("rule x: each holding: issuer contains 5\n")
    assert codes("rule x: each holding: issuer contains duration\n")


def test_yes_no_column_is_a_condition():
    assert only_condition("sum where real_rate <= 5%") == ColumnOf(
        "holdings", "real_rate", rows("each holding: real_rate").condition.type
    )
    rows("each holding: real_rate = yes")


@pytest.mark.parametrize("condition", ["duration", "issuer", "rating_sp", "issuer_type", "maturity"])
def test_other_column_is_no_condition(condition):
    assert f"`{condition}`" in complaint(f"each holding: {condition}", "PD218")


def test_figure_in_a_condition_on_rows_is_of_the_whole_run():
    found = rows("no holding where market_value > 5% of portfolio").condition
    assert "portfolio" in rule("no holding where market_value > 5% of portfolio").requirement
    assert isinstance(found, Not)


# ---------------------------------------------------------------- words that name nothing: the nearest is told


@pytest.mark.parametrize(
    ("line", "wrong", "nearest"),
    [
        ("sum where duraton > 7y <= 20%", "duraton", "duration"),
        ("sum where asset_clas = equity <= 20%", "asset_clas", "asset_class"),
        ("sum where raiting_sp >= AA <= 20%", "raiting_sp", "rating_sp"),
        ("sum where asset_clas in (equity, cash) <= 20%", "asset_clas", "asset_class"),
        ('sum where isuer = "X" <= 20%', "isuer", "issuer"),
        ("sum market_valu of holdings <= 5 MSEK", "market_valu", "market_value"),
        ("sum market_value of holdngs <= 5 MSEK", "holdngs", "holdings"),
        ("each holdng: issuer is present", "holdng", "holding"),
        ("per isuer: share <= 10%", "isuer", "issuer"),
        ("within each isuer: share where real_rate <= 10%", "isuer", "issuer"),
        ("portfolio <= 20% of portfoli", "portfoli", "portfolio"),
        ("share of portfoli where real_rate >= 5%", "portfoli", "portfolio"),
        ("portfoli >= 5 MSEK", "portfoli", "portfolio"),
        ("average duration weighted by market_valu <= 5y", "market_valu", "market_value"),
        ("when as_off >= 2015-01-01: portfolio >= 5 MSEK", "as_off", "as_of"),
        ("portfolio >= 5 MSEK unless as_off < 2015-01-01", "as_off", "as_of"),
        ("share where guarantee = staet >= 5%", "staet", "state"),
    ],
)
def test_misspelt_word(line, wrong, nearest):
    text = f"rule x: {line}\n"
    told = said(text)
    assert [one.code for one in told] == ["PD200"]
    assert f"`{wrong}`" in told[0].message
    assert f"did you mean `{nearest}`?" in told[0].message
    assert words_at(told[0], text) == wrong


@pytest.mark.parametrize(
    ("declaration", "nearest"),
    [
        ("table t, each one\n  c  long_ratin\n", "long_rating"),
        ("table t, each one\n  c  link to holdngs\n", "holdings"),
        ("define d of holdngs = market_value\n", "holdings"),
        ("category c of holdngs\n  A: market_value > 1 SEK\n  otherwise B\n", "holdings"),
        ("define d = sum market_value of holdings where isuer is present\n", "issuer"),
    ],
)
def test_misspelt_word_in_a_declaration(declaration, nearest):
    assert f"did you mean `{nearest}`?" in message(declaration, "PD200")


def test_word_that_resembles_nothing_is_told_with_what_could_stand_there():
    told = complaint("share where asset_class = xyzzy <= 5%", "PD200")
    for label in ("fixed_income", "equity", "cash", "other"):
        assert f"`{label}`" in told


# ---------------------------------------------------------------- soft words


@pytest.mark.parametrize("id", ["DN", "3.3", "52-2", "KS-2024-88", "`3 kap 5 §`", "share", "rule", "max", "2015"])
def test_ids_are_free(id):
    (made,) = checked(f"rule {id}: share where real_rate >= 5%\n").checks
    assert made.id == id.strip("`")


@pytest.mark.parametrize("word", ["share", "count", "sum", "min", "norm", "where", "limit", "rule", "text", "no"])
def test_column_may_have_a_keywords_name_in_backticks(word):
    before = f"table loans, each loan\n  loan text, key\n  `{word}`  number\n"
    found = rows(f"each loan: `{word}` >= 3", before).condition
    assert found.left.name == word
    assert found.right == Constant(Fraction(3), found.left.type)


@pytest.mark.parametrize(
    "word", ["date", "version", "use", "source", "note", "limit", "test", "text", "base", "key", "until"]
)
def test_word_with_another_meaning_elsewhere_is_a_name_here(word):
    before = f"table loans, each loan\n  loan text, key\n  {word}  number\n"
    assert rows(f"each loan: {word} >= 3", before).condition.left.name == word


def test_column_with_spaces_in_backticks():
    before = "table loans, each loan\n  loan text, key\n  `Amount in SEK`  money in SEK\n"
    assert rows("each loan: `Amount in SEK` >= 3 SEK", before).condition.left.name == "Amount in SEK"


def test_column_called_like_a_figure_is_asked_for_in_backticks():
    before = "table meetings, each meeting\n  meeting text, key\n  count number\n"
    assert "`count`" in complaint("each meeting: count >= 3", "PD224", before)


def test_label_may_be_a_keyword():
    before = "table loans, each loan\n  loan text, key\n  kind one of limit, share, none_of_it\n"
    assert rows("each loan: kind = limit", before).condition.right.value == "limit"


def test_hyphen_without_spaces_belongs_to_the_name():
    before = "table loans, each loan\n  loan text, key\n  start-date date\n"
    assert rows("each loan: start-date <= 2015-01-31", before).condition.left.name == "start-date"


# ---------------------------------------------------------------- tables


def test_column_of_another_table_says_which_of_to_write():
    told = complaint("share where lender = \"X\" >= 5%", "PD227", LOANS)  # fmt: skip
    assert "`lender`" in told and "`loans`" in told and "`holdings`" in told


def test_column_where_no_rows_are_spoken_of():
    assert "`market_value`" in complaint("market_value <= 5 MSEK", "PD227")


def test_rows_are_no_value():
    assert "`equities`" in complaint(
        "equities <= 5 MSEK", "PD225", "define equities = holdings where asset_class = equity\n"
    )
    complaint("holdings <= 5 MSEK", "PD225")


def test_of_takes_a_sum_and_not_another_figure():
    before = "define mean = average duration of holdings\n"
    assert "`mean`" in complaint("sum market_value of mean <= 5 MSEK", "PD226", before)


def test_links_are_to_tables_whatever_their_order():
    text = "table loans, each loan\n  lender link to lenders\ntable lenders, each lender\n  name text, key\n"
    checked(text)
    assert codes(text.replace("link to lenders", "link to lender")) == ["PD200"]


def test_date_column_is_declared_by_dated_by():
    assert rows("each holding: settled <= date").condition.right.name == "date"
    assert "date date" not in HOLDINGS


def test_table_is_dated_by_a_date():
    assert "`noted`" in message("table loans, each loan\n  dated by noted\n  noted text\n", "PD207")
