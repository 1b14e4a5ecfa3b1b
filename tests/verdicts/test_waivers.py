"""A waiver beside a rule whose bound is its cap: what is waived is what that rule allows and the other does not."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import policydsl

RULEBOOK = """\
rulebook "Waivers"
table loans, each loan
  name   text, key
  kind   one of state, company
  amount money in SEK
define debt = sum amount of loans
rule bound: {figure} {sign} {bound}
  waivable by "Board"
rule cap: {figure} {sign} {cap}
waiver W of bound
  granted by "Board" on 2024-01-01 until 2024-12-31
  {word} to {cap}
  because "a reason"
"""
FIGURES = {
    "share of debt where kind = company": "%",
    "sum amount of loans where kind = company": " SEK",
    "count of loans where kind = company": "",
}
LIMITS = st.integers(0, 60)
ROWS = st.lists(st.tuples(st.sampled_from(["state", "company", None]), st.none() | st.integers(0, 40)), max_size=4)
EXPECTED = {
    ("breach", "pass"): "waived",
    ("breach", "breach"): "breach",
    ("breach", "undetermined"): "undetermined",
    ("undetermined", "pass"): "waived",
    ("undetermined", "breach"): "undetermined",
    ("undetermined", "undetermined"): "undetermined",
}


@pytest.mark.parametrize("engine", ["reference", "columnar", "light"])
@pytest.mark.parametrize("figure", FIGURES)
@settings(max_examples=60, deadline=None)
@given(sign=st.sampled_from(["<=", "<", ">=", ">"]), ends=st.sets(LIMITS, min_size=2, max_size=2), rows=ROWS)
def test_waived_is_what_the_cap_allows(figure, engine, sign, ends, rows, tmp_path_factory):
    low, high = sorted(ends)
    upper = sign.startswith("<")
    bound, cap = (low, high) if upper else (high, low)
    unit = FIGURES[figure]
    text = RULEBOOK.format(
        figure=figure, sign=sign, bound=f"{bound}{unit}", cap=f"{cap}{unit}", word="up" if upper else "down"
    )
    loans = {
        "name": [str(number) for number, _ in enumerate(rows)],
        "kind": [kind for kind, _ in rows],
        "amount": [None if amount is None else str(amount) for _, amount in rows],
    }
    with_waiver = outcomes(text, loans, date(2024, 6, 30), engine, tmp_path_factory)
    without = outcomes(text, loans, date(2025, 6, 30), engine, tmp_path_factory)
    assert with_waiver["cap"] == without["cap"]
    assert with_waiver["bound"] == EXPECTED.get((without["bound"], without["cap"]), without["bound"])


_LOADED: dict[str, policydsl.Rulebook] = {}


def outcomes(text, loans, day, engine, factory):
    if text not in _LOADED:
        path = factory.mktemp("rulebook") / "waivers.policy"
        path.write_text(text, encoding="utf-8")
        _LOADED[text] = policydsl.load(path)
    report = _LOADED[text].check({"loans": loans}, as_of=day, engine=engine)
    return {verdict.id: verdict.outcome for verdict in report.verdicts}
