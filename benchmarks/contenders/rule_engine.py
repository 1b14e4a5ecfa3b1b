"""Rules of rule-engine, which calculates with decimals and is given some.

Written after its pages on comprehensions and built-in functions.
"""

from collections.abc import Callable
from typing import Any

from contenders.by_hand import BOUNDS, with_sums
from contenders.rows import Holdings
from contenders.ways import SUMS, Answers, Way

KINDS = "['bond', 'frn', 'cert', 'deposit', 'fund']"
PERMITTED = f"kind in {KINDS} or issuer == 'State' or amount < 1000000"
FAILING = (
    f"[r['id'] for r in rows if not (r['kind'] in {KINDS} or r['issuer'] == 'State' or r['amount'] < 1000000)].length"
)
SUMMED = {
    "whole": "$sum([r['amount'] for r in rows])",
    "funds": "$sum([r['amount'] for r in rows if r['kind'] == 'fund'])",
    "issued": "[{'issuer': name, 'amount': $sum([r['amount'] for r in rows if r['issuer'] == name])}"
    " for name in names]",
    "bands": "[$sum([r['amount'] for r in rows if r['years'] < 1]),"
    " $sum([r['amount'] for r in rows if r['years'] >= 1 and r['years'] < 3]),"
    " $sum([r['amount'] for r in rows if r['years'] >= 3 and r['years'] < 7]),"
    " $sum([r['amount'] for r in rows if r['years'] >= 7])]",
    "weighted": "$sum([r['years'] * r['amount'] for r in rows])",
    "low": "$sum([r['amount'] for r in rows if r['rating'] in ['BB', 'B']])",
}
NEEDED = {"share": "funds", "issuer": "issued", "bands": "bands", "average": "weighted", "rated": "low"}
JUDGED = {
    "share": "funds <= 0.2 * whole",
    "issuer": "[each for each in issued if each['amount'] > 0.1 * whole].length",
    "bands": ", ".join(
        f"bands[{at}] >= {low / 100} * whole, bands[{at}] <= {high / 100} * whole"
        for at, (low, high) in enumerate(BOUNDS)
    ).join("[]"),
    "average": "weighted >= 2 * whole and weighted <= 5 * whole",
    "rated": "low <= 0.2 * whole",
}  # fmt: skip


def _told(rule: str, answer: Any) -> Any:
    return int(answer) if rule in ("allowed", "issuer") else answer


def in_one(holdings: Holdings, rules: tuple[str, ...]) -> Callable[[], Answers]:
    """All rows are one list; sums that several rules need are worked out once."""
    from rule_engine import Rule

    rows = holdings.decimals
    others = [rule for rule in rules if rule != "allowed"]
    sums = {name: Rule(SUMMED[name]) for name in (["whole", *(NEEDED[rule] for rule in others)] if others else [])}
    judges = {rule: Rule(JUDGED[rule]) for rule in others}
    failing = Rule(FAILING)

    def run() -> Answers:
        given: dict[str, Any] = {"rows": rows}
        if "issuer" in rules:
            given["names"] = sorted({row["issuer"] for row in rows})
        found: Answers = {"allowed": _told("allowed", failing.evaluate(given))} if "allowed" in rules else {}
        facts = {name: rule.evaluate(given) for name, rule in sums.items()}
        return {**found, **{rule: _told(rule, judge.evaluate(facts)) for rule, judge in judges.items()}}

    return run


def by_rows(holdings: Holdings, rules: tuple[str, ...]) -> Callable[[], Answers]:
    """A row at a time, which is what it is made for; sums are handed in."""
    from rule_engine import Rule

    rows = holdings.decimals
    row = Rule(PERMITTED)
    judges = {rule: Rule(JUDGED[rule]) for rule in rules if rule != "allowed"}

    def judged(facts: dict[str, Any]) -> Answers:
        return {rule: _told(rule, judge.evaluate(facts)) for rule, judge in judges.items()}

    return lambda: with_sums(rows, rules, lambda each: not row.matches(each), judged)


WAYS = (
    Way("rule-engine, rows as a list", "rule-engine", in_one, {"issuer": "names"}),
    Way("rule-engine, row by row", "rule-engine", by_rows, SUMS),
)
