"""`per`, `within each`, and what is said where there is no group."""

from policydsl.verdicts import worst, worst_first
from tests.verdicts.asking import row, verdicts


def found(rule, *rows, **more):
    return [(dict(each.group), each.outcome) for each in verdicts(f"rule R:\n  {rule}\n", *rows, **more)]


def test_per_narrows_what_is_counted_and_not_the_base():
    rows = row("a", "20"), row("b", "80", issuer="Y")
    assert found("per issuer: sum <= 20%", *rows) == [({"issuer": "X"}, "pass"), ({"issuer": "Y"}, "breach")]


def test_within_each_makes_worlds():
    rows = row("a", "20"), row("b", "80", issuer="Y"), row("c", "80", kind="stock")
    expected = [({"issuer": "X"}, "pass"), ({"issuer": "Y"}, "breach")]
    assert found("within each issuer: share where kind = bond <= 20%", *rows) == expected


def test_world_and_group():
    rows = row("a", "20"), row("b", "80", kind="stock"), row("c", "5", issuer="Y")
    assert found("within each issuer: per kind: share <= 20%", *rows) == [
        ({"issuer": "X", "kind": "bond"}, "pass"),
        ({"issuer": "X", "kind": "stock"}, "breach"),
        ({"issuer": "Y", "kind": "bond"}, "breach"),
    ]


def test_issuer_of_none_is_in_no_group():
    assert found("per issuer: sum <= 100%", row("a"), row("b", issuer=None)) == [({"issuer": "X"}, "pass")]


def test_no_group_at_all_is_said():
    (only,) = verdicts("rule R:\n  per issuer: sum <= 1%\n", row("a", issuer=None))
    assert (only.outcome, only.group) == ("pass", ())
    assert only.sentence.endswith("was kept: there is no row of any group that it could be asked of.")
    assert [each.outcome for each in verdicts("rule R:\n  per issuer: sum <= 1%\n", tables={})] == ["undetermined"]


def test_unknown_value_may_be_a_group_of_its_own():
    rows = row("a", "20"), row("b", "30", kind=None), row("c", "50", kind="stock")
    assert found("per kind: sum <= 45%", *rows) == [
        ({"kind": "bond"}, "undetermined"),
        ({"kind": "stock"}, "breach"),
        ({"kind": None}, "pass"),
    ]


def test_when_before_the_groups_is_asked_once():
    rows = row("a"), row("b", issuer="Y")
    assert found("when portfolio > 1000 SEK: per issuer: sum <= 1%", *rows) == [({}, "not applicable")]


def test_when_after_the_groups_is_asked_of_each():
    rows = row("a"), row("b", issuer="Y"), row("c", issuer="Y")
    assert found("per issuer: when count of holdings > 1: sum <= 1%", *rows) == [
        ({"issuer": "X"}, "not applicable"),
        ({"issuer": "Y"}, "breach"),
    ]


def test_row_conditions_by_group():
    rows = row("a"), row("b", issuer="Y", rating="BBB")
    assert found("per issuer: each holding: rating >= AA", *rows) == [
        ({"issuer": "X"}, "pass"),
        ({"issuer": "Y"}, "breach"),
    ]


def test_linked_table_asks_those_that_have_no_row():
    head = """rulebook "Test"
  currency SEK
table leases, each lease
  name    text, key
table offers, each offer
  number  text, key
  lease   link to leases
"""
    from policydsl import api
    from policydsl.model.check import check
    from policydsl.source import Source
    from policydsl.syntax import parse

    source = Source("test.policy", head + "rule R:\n  per lease: count of offers >= 1\n")
    file, _ = parse(source)
    book, told = check([(source, file)])
    assert book is not None, told
    leases = {"name": ["car", "house"]}
    some = api.Rulebook(book).check(
        {"leases": leases, "offers": {"number": ["1"], "lease": ["car"]}}, engine="reference"
    )
    none = api.Rulebook(book).check({"leases": leases, "offers": {"number": [], "lease": []}}, engine="reference")
    missing = api.Rulebook(book).check({"leases": leases}, engine="reference")
    assert [each.outcome for each in some.verdicts] == ["pass", "breach"]
    assert [each.outcome for each in none.verdicts] == ["breach", "breach"]
    assert [each.outcome for each in missing.verdicts] == ["undetermined", "undetermined"]


def test_worst():
    rows = row("a", "20"), row("b", "60", issuer="Y"), row("c", "20", issuer="Z")
    every = verdicts("rule R:\n  per issuer: sum <= 50%\n", *rows)
    assert worst(every) == "breach"
    assert worst(()) == "not applicable"
    assert [dict(each.group)["issuer"] for each in worst_first(every)] == ["Y", "X", "Z"]
