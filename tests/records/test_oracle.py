"""What is new, open and cured, against a plain account kept day by day."""

from datetime import date, timedelta
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from policydsl.records.following import follow_up, since_when
from policydsl.records.run import Listed, Said
from policydsl.records.series import Series

OUTCOMES = ["breach", "deviation", "undetermined", "waived", "warning", "pass", "not applicable", None]
KEY = ("x", (("issuer", "a"),))
START = date(2026, 1, 1)


def day(number, at, outcome, until):
    """A day on which a check found an outcome; None if it had no such group, but another."""
    found = {}
    if outcome is not None:
        iso = (START + timedelta(days=until)).isoformat() if outcome in ("breach", "deviation") else None
        found[KEY] = Listed("verdict", "x", (("issuer", "A"),), outcome, iso, None, "", 1)
    found["x", (("issuer", "B"),)] = Listed("verdict", "x", (("issuer", "B"),), "pass", None, None, "", 2)
    said = Said({"id": "x", "group": [["issuer", "A"]], "outcome": outcome})
    return SimpleNamespace(
        as_of=START + timedelta(days=at),
        verdicts=found,
        ids=frozenset(["x"]),
        run=SimpleNamespace(number=number),
        earlier=(),
        report=SimpleNamespace(body={"language": "en"}),
        said=lambda key: said,
    )


def account(days):
    """Since when it fails (None if not), if that is sure, and until when it is to be cured; and of the day before."""
    since, sure, until, first = None, False, None, None
    known_before, states = False, []
    for number, (at, outcome, end) in enumerate(days, 1):
        before = states[-1] if states else None
        if outcome in ("breach", "deviation"):
            if since is None:
                since, first, until = at, number, end
                sure = known_before
            until = min(until, end)
        else:
            since = None
        known_before = outcome != "undetermined"
        states.append((since, sure, until, first))
        last = before
    return states[-1], last, days[-1][1]


@given(st.lists(st.tuples(st.integers(1, 40), st.sampled_from(OUTCOMES), st.integers(0, 900)), min_size=1, max_size=12))
def test_against_a_plain_account(steps):
    at, days = 0, []
    for step, outcome, until in steps:
        at += step
        days.append((at, outcome, until))
    series = Series("Town", None, [day(number, *each) for number, each in enumerate(days, 1)])
    (since, sure, until, first), before, outcome = account(days)
    found = [one for one in follow_up(series, {}).found if one.failed.key == KEY]
    if since is not None:
        (one,) = found
        assert one.state == ("open" if before is not None and before[0] is not None else "new")
        assert (one.since.day, one.since.sure) == (START + timedelta(days=since), sure)
        assert (one.since.until, one.first) == (START + timedelta(days=until), first)
        assert one.since.days == days[-1][0] - since
        assert since_when(series, {}) == {KEY: one.since}
    elif before is not None and before[0] is not None:
        (one,) = found
        states = {"undetermined": "not known", "waived": "waived"}
        assert one.state == states.get(outcome, "cured")
        assert one.since.day == START + timedelta(days=before[0])
        assert since_when(series, {}) == {}
    else:
        assert found == []
