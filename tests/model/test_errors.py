"""One run tells all that is wrong, each at its place and each once."""

from policydsl.model.check import check
from policydsl.source import Source
from policydsl.syntax import parse

from .writing import HEADER, HOLDINGS, checked, codes, diagnosed, said, words_at


def test_every_wrong_rule_is_told():
    text = """\
rule a: sum where duraton > 7y <= 20%
rule b: sum where real_rate <= 7y
rule c: share where real_rate >= 5%
rule d: sum of equities <= 5 MSEK
"""
    told = said(text)
    assert [one.code for one in told] == ["PD200", "PD220", "PD200"]
    assert [words_at(one, text) for one in told] == ["duraton", "7y", "equities"]


def test_several_words_of_one_condition_are_told():
    text = "rule x: each holding where duraton > 7y and isuer is present or rating_sq >= AA: isuer is none\n"
    told = [words_at(one, text) for one in said(text)]
    assert told[:3] == ["duraton", "isuer", "rating_sq"]


def test_both_ends_of_a_comparison_are_told():
    assert codes("rule x: each holding: duration * 1 MSEK > market_valu + portfoli\n") == ["PD200", "PD200"]


def test_both_ends_of_a_bound_are_told():
    assert codes("rule x: share where real_rate between lov and hihg\n") == ["PD200", "PD200"]


def test_every_wrong_column_is_told():
    text = "table t, each one\n  a  money in SEC\n  b  text\n  c  text, not negative\n  b  number\n"
    assert sorted(codes(text)) == ["PD201", "PD208", "PD210"]


def test_every_wrong_label_of_a_category_is_told():
    text = "category c of holdings\n  A: duraton > 7y\n  B: isuer is present\n  otherwise C\n"
    told = [words_at(one, text) for one in said(text)]
    assert told == ["duraton", "isuer"]


def test_broken_declaration_hides_no_other():
    text = """\
rule a: sum where where <= 20%
rule b: sum where duraton > 7y <= 20%
rule c "Title" share <= 5%
rule d: portfolio >= 7y
"""
    found = codes(text)
    assert found[-2:] == ["PD200", "PD220"]
    assert len(found) == 4


def test_definition_that_is_wrong_is_told_where_it_stands_and_not_again_where_it_is_used():
    text = "define d = sum market_valu of holdings\nrule a: d <= 5 MSEK\nrule b: d >= 1 MSEK\nrule c: d / 2 <= 5 MSEK\n"
    told = said(text)
    assert {one.code for one in told} == {"PD200"}
    assert {words_at(one, text) for one in told} == {"market_valu"}
    assert len(told) == 1


def test_category_that_is_wrong_is_told_once():
    text = "category c of holdings\n  A: duraton > 7y\n  otherwise B\nrule x: sum A <= 5%\nrule y: sum B <= 5%\n"
    assert codes(text) == ["PD200"]


def test_wrong_parameter_is_told_once():
    assert codes("parameter p: 5 SEC\nrule x: portfolio <= p\n") == ["PD201"]


def test_wrong_column_is_told_once():
    assert codes("table t, each one\n  c  long_ratin\nrule x: each one: c is present\n") == ["PD200"]


def test_name_taken_twice_is_told_once_and_the_first_holds():
    text = "define d = portfolio / 2\ndefine d = share where real_rate\nrule x: d <= 5 MSEK\n"
    assert codes(text) == ["PD204"]


def test_wrong_rulebook_is_none_and_a_right_one_says_nothing():
    rulebook, told = diagnosed(HEADER, HOLDINGS, "rule x: portfolio >= 7y\n")
    assert rulebook is None
    assert told[0].is_error
    checked("rule x: portfolio >= 7 SEK\n")


def test_order_of_messages_is_the_order_of_the_rules():
    text = "".join(f"rule r{number}: portfolio >= {number}y\n" for number in range(1, 8))
    told = said(text)
    assert [words_at(one, text) for one in told] == [f"{number}y" for number in range(1, 8)]


def test_every_message_has_a_place_in_one_of_the_files():
    texts = (
        HEADER,
        HOLDINGS,
        "define d of holdings = d\nrule x: sum D..E <= 5y\nrule x: share <= 5%\nparameter p: d\n",
    )
    _, told = diagnosed(*texts)
    assert len(told) >= 3
    for one in told:
        assert one.where is not None
        text = texts[int(one.where.path[0]) - 1]
        assert 0 <= one.where.start < one.where.end <= len(text)


def test_same_text_says_the_same_twice():
    sources = [Source("a", HEADER), Source("b", HOLDINGS), Source("c", "rule x: sum stat <= 5y\nrule y: a..b\n")]
    parsed = [(source, parse(source)[0]) for source in sources]
    assert check(parsed) == check(parsed)


def test_long_condition_is_no_trouble():
    many = " or ".join(f'issuer = "Company {number}"' for number in range(90))
    checked(f"rule x: share where {many} <= 5%\n")


def test_endless_condition_is_told_and_breaks_nothing():
    for word in ("or", "and", "+", "otherwise"):
        diagnosed(HEADER, HOLDINGS, "define d of holdings = " + f" {word} ".join(["real_rate"] * 5_000) + "\n")
