"""The expressions of GoRules Zen, compiled once. It calculates with decimals; from Python it takes floats.

Written after the Zen language's pages on closures, assignments and array functions.
"""

from collections.abc import Callable

from contenders.by_hand import BOUNDS, with_sums
from contenders.rows import Holdings
from contenders.ways import SUMS, Answers, Way

KINDS = "['bond', 'frn', 'cert', 'deposit', 'fund']"
PERMITTED = f"kind in {KINDS} or issuer == 'State' or amount < 1000000"
FAILING = f"len(filter(rows, not (#.kind in {KINDS} or #.issuer == 'State' or #.amount < 1000000)))"
WHOLE = "whole = sum(map(rows, #.amount))"
SUMMED = {
    "share": "funds = sum(map(filter(rows, #.kind == 'fund'), #.amount))",
    "issuer": "issued = map(names as name,"
    " {issuer: name, amount: sum(map(filter(rows as r, r.issuer == name), #.amount))})",
    "bands": "bands = [sum(map(filter(rows, #.years < 1), #.amount)),"
    " sum(map(filter(rows, #.years >= 1 and #.years < 3), #.amount)),"
    " sum(map(filter(rows, #.years >= 3 and #.years < 7), #.amount)),"
    " sum(map(filter(rows, #.years >= 7), #.amount))]",
    "average": "weighted = sum(map(rows, #.years * #.amount))",
    "rated": "low = sum(map(filter(rows, #.rating in ['BB', 'B']), #.amount))",
}
JUDGED = {
    "allowed": FAILING,
    "share": "funds <= 0.2 * whole",
    "issuer": "len(filter(issued, #.amount > 0.1 * whole))",
    "bands": ", ".join(
        f"bands[{at}] >= {low / 100} * whole, bands[{at}] <= {high / 100} * whole"
        for at, (low, high) in enumerate(BOUNDS)
    ).join("[]"),
    "average": "weighted >= 2 * whole and weighted <= 5 * whole",
    "rated": "low <= 0.2 * whole",
}  # fmt: skip


def _text(rules: tuple[str, ...], sums: tuple[str, ...]) -> str:
    return "; ".join([*sums, ", ".join(f"{rule}: {JUDGED[rule]}" for rule in rules).join("{}")])


def _told(answers: Answers) -> Answers:
    return {
        rule: tuple(answer) if rule == "bands" else int(answer) if rule in ("allowed", "issuer") else answer
        for rule, answer in answers.items()
    }


def in_one(holdings: Holdings, rules: tuple[str, ...]) -> Callable[[], Answers]:
    """All rows are one list, all rules one expression."""
    import zen

    rows = holdings.floats
    sums = tuple(SUMMED[rule] for rule in rules if rule in SUMMED)
    expression = zen.compile_expression(_text(rules, (WHOLE, *sums) if sums else ()))

    def run() -> Answers:
        given: dict[str, object] = {"rows": rows}
        if "issuer" in rules:
            given["names"] = sorted({row["issuer"] for row in rows})
        return _told(expression.evaluate(given))

    return run


def by_rows(holdings: Holdings, rules: tuple[str, ...]) -> Callable[[], Answers]:
    """A row at a time; sums are handed in."""
    import zen

    rows = holdings.floats
    row = zen.compile_expression(PERMITTED)
    others = tuple(rule for rule in rules if rule != "allowed")
    expression = zen.compile_expression(_text(others, ()))
    return lambda: with_sums(
        rows, rules, lambda each: not row.evaluate(each), lambda sums: _told(expression.evaluate(sums))
    )


WAYS = (
    Way("Zen, rows as a list", "zen-engine", in_one, {"issuer": "names"}),
    Way("Zen, row by row", "zen-engine", by_rows, SUMS),
)
