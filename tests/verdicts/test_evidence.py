"""The rows behind a verdict: those counted, those that would settle it, the exempt, those in no label."""

import pickle

from policydsl.verdicts.later import Later, now
from tests.verdicts.asking import report, row, verdict, verdicts


def named(rows):
    return [each.name for each in rows]


def test_rows_counted_are_worst_first():
    found = verdict("sum where kind = bond <= 20%", row("b", "5"), row("a", "5"), row("c", "7"), row("d", kind="stock"))
    assert [(each.name, each.number, each.value) for each in found.rows] == [("c", 3, 7), ("a", 2, 5), ("b", 1, 5)]
    assert (found.count, found.unsure, found.matched_nothing) == (3, 0, False)


def test_least_values_are_the_worst_under_a_lower_bound():
    rows = row("a"), row("b", duration="1y"), row("c", duration="3y"), row("d", rating="BBB")
    assert named(verdict("min duration of holdings >= 2y", *rows).rows) == ["b", "a", "d", "c"]
    assert named(verdict("max duration of holdings <= 2y", *rows).rows) == ["c", "a", "d", "b"]
    assert named(verdict("worst rating of holdings >= AA", *rows).rows) == ["d", "a", "b", "c"]


def test_rows_that_would_settle_it_name_the_blank_columns():
    found = verdict(
        "sum where duration > 1y and rating >= AA <= 50%",
        row("a", duration=None), row("b", duration=None, value=None), row("c"), row("d", duration=None, rating="BBB"),
    )  # fmt: skip
    assert found.outcome == "undetermined"
    assert [(each.name, each.columns) for each in found.unsettled] == [
        ("a", ("duration",)),
        ("b", ("duration", "value")),
    ]


def test_base_settles_too():
    found = verdict("sum where kind = bond <= 50%", row("a"), row("b", None, kind="stock"))
    assert [(each.name, each.columns) for each in found.unsettled] == [("b", ("value",))]


def test_rows_that_fail_and_rows_that_are_exempt():
    found = verdict(
        "each holding: duration <= 1y unless issuer = \"Y\"",
        row("a"), row("b", issuer="Y"), row("c", duration="1y"), row("d", duration=None, issuer="Z"),
    )  # fmt: skip
    assert (named(found.rows), named(found.exempt), named(found.unsettled)) == (["a"], ["b"], ["d"])
    assert (found.count, found.failing, found.unsure) == (4, 1, 1)


def test_rows_in_no_label_are_told():
    found = verdict("sum good..fair <= 100%", row("a"), row("b", kind="stock"), row("c", kind="stock"))
    (outside,) = found.outside
    assert (outside.table, outside.category, named(outside.rows)) == ("holdings", "class", ["b", "c"])
    assert verdict("sum where kind = bond <= 100%", row("a"), row("b", kind="stock")).outside == ()


def test_rows_of_a_group_alone():
    first, second = verdicts("rule R:\n  per issuer: sum <= 50%\n", row("a"), row("b", issuer="Y"))
    assert (first.group, named(first.rows)) == ((("issuer", "X"),), ["a"])
    assert (second.group, named(second.rows)) == ((("issuer", "Y"),), ["b"])


def test_nothing_is_worked_out_before_it_is_read():
    asked = []
    later = Later(lambda: asked.append(1) or "value")
    assert not asked
    assert (later(), later()) == ("value", "value")
    assert asked == [1]


def test_pickling_takes_the_rows_along():
    asked = []
    later = Later(lambda: asked.append(1) or "value")
    assert (pickle.loads(pickle.dumps(now("value")))(), asked) == ("value", [])
    found = report("rule R:\n  sum good <= 20%\n", row("a"), row("b", kind="stock"))
    taken = pickle.loads(pickle.dumps(found))
    assert taken == found
    assert taken.verdicts[0].rows == found.verdicts[0].rows
    assert taken.verdicts[0].outside == found.verdicts[0].outside
    assert taken.to_json() == found.to_json()
    assert later() == "value"


def test_session_is_not_asked_for_rows_that_nobody_reads(monkeypatch):
    from policydsl.engines.reference.session import Reference

    def refuse(*_):
        raise AssertionError("nobody has asked for rows")

    monkeypatch.setattr(Reference, "evidence", refuse)
    found = verdict("sum good <= 20%", row("a"))
    assert (found.outcome, found.headroom_words) == ("breach", "80 points (80\u00a0SEK) too much")
