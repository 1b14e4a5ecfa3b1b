"""CEL, the Common Expression Language: programs compiled once, run with the rows of each time.

CEL has no sum and nothing that groups: `sum` and `distinct` come with common-expression-language, as functions in
Python, and are written by hand for cel-python. Written after the CEL specification's macros and both packages' pages on
functions.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from contenders.by_hand import BOUNDS, with_sums
from contenders.rows import Holdings
from contenders.ways import SUMS, Answers, Way

PERMITTED = "r.kind in ['bond', 'frn', 'cert', 'deposit', 'fund'] || r.issuer == 'State' || r.amount < 1000000.0"
CONDITIONS = {
    "funds": "r.kind == 'fund'",
    "issued": "r.issuer == name",
    "low": "r.rating in ['BB', 'B']",
}
BANDS = ("r.years < 1.0", "r.years >= 1.0 && r.years < 3.0", "r.years >= 3.0 && r.years < 7.0", "r.years >= 7.0")
NEEDED = {"share": "funds", "issuer": "issued", "bands": "bands", "average": "weighted", "rated": "low"}
JUDGED = {
    "share": "funds <= 0.2 * whole",
    "issuer": "size(issued.filter(each, each.amount > 0.1 * whole))",
    "bands": ", ".join(
        f"bands[{at}] >= {low / 100} * whole, bands[{at}] <= {high / 100} * whole"
        for at, (low, high) in enumerate(BOUNDS)
    ).join("[]"),
    "average": "weighted >= 2.0 * whole && weighted <= 5.0 * whole",
    "rated": "low <= 0.2 * whole",
}  # fmt: skip
FAILING = f"size(rows.filter(r, !({PERMITTED})))"
Run = Callable[[dict[str, Any]], Any]


class Dialect(NamedTuple):
    """What one of the packages makes of a text, and how amounts are chosen in it in the quickest way."""

    compiled: Callable[[str], Run]
    amounts: str

    def sums(self) -> dict[str, str]:
        """The texts of all sums."""

        def summed(condition: str) -> str:
            return f"sum({self.amounts.format(condition)})"

        return {
            "whole": "sum(rows.map(r, r.amount))",
            "funds": summed(CONDITIONS["funds"]),
            "issued": "distinct(rows.map(r, r.issuer))"
            f".map(name, {{'issuer': name, 'amount': {summed(CONDITIONS['issued'])}}})",
            "bands": ", ".join(map(summed, BANDS)).join("[]"),
            "weighted": "sum(rows.map(r, r.years * r.amount))",
            "low": summed(CONDITIONS["low"]),
        }


def in_rust(text: str) -> Run:
    """A program of common-expression-language."""
    import cel
    from cel.stdlib import add_stdlib_to_context

    program = cel.compile(text)
    functional = "sum(" in text

    def run(variables: dict[str, Any]) -> Any:
        context = cel.Context(variables)
        if functional:
            add_stdlib_to_context(context)
        return program.execute(context)

    return run


def in_python(text: str) -> Run:
    """A program of cel-python; its quicker runner, which makes Python of it, takes no functions from elsewhere."""
    import celpy
    from celpy import celtypes
    from celpy.adapter import json_to_cel

    def added(values: Any) -> Any:
        return sum(values, celtypes.DoubleType(0))

    functions = {"sum": added, "distinct": lambda values: celtypes.ListType(dict.fromkeys(values))}
    environment = celpy.Environment(runner_class=celpy.CompiledRunner)  # the first one chooses the trees of all
    if "sum(" in text:
        environment = celpy.Environment(runner_class=celpy.InterpretedRunner)
    program = environment.program(environment.compile(text), functions=functions if "sum(" in text else None)
    return lambda variables: program.evaluate({name: json_to_cel(value) for name, value in variables.items()})


def _plain(rule: str, answer: Any) -> Any:
    if rule == "bands":
        return tuple(bool(each) for each in answer)
    return int(answer) if rule in ("allowed", "issuer") else bool(answer)


def in_one(dialect: Dialect) -> Callable[..., Callable[[], Answers]]:
    """All rows are one variable; sums that several rules need are worked out once and are variables, too."""

    def ready(holdings: Holdings, rules: tuple[str, ...]) -> Callable[[], Answers]:
        rows = holdings.floats
        others = [rule for rule in rules if rule != "allowed"]
        needed = ["whole", *(NEEDED[rule] for rule in others)] if others else []
        texts, compiled = dialect.sums(), dialect.compiled
        sums = {name: compiled(texts[name]) for name in needed}
        judges = {rule: compiled(JUDGED[rule]) for rule in others}
        failing = compiled(FAILING)

        def run() -> Answers:
            given = {"rows": rows}
            found: Answers = {"allowed": _plain("allowed", failing(given))} if "allowed" in rules else {}
            facts = {name: program(given) for name, program in sums.items()}
            return {**found, **{rule: _plain(rule, judge(facts)) for rule, judge in judges.items()}}

        return run

    return ready


def by_rows(compiled: Callable[[str], Run]) -> Callable[..., Callable[[], Answers]]:
    """A row at a time; sums are handed in."""

    def ready(holdings: Holdings, rules: tuple[str, ...]) -> Callable[[], Answers]:
        rows = holdings.floats
        row = compiled(PERMITTED)
        judges = {rule: compiled(JUDGED[rule]) for rule in rules if rule != "allowed"}

        def judged(facts: dict[str, Any]) -> Answers:
            return {rule: _plain(rule, judge(facts)) for rule, judge in judges.items()}

        return lambda: with_sums(rows, rules, lambda each: not row({"r": each}), judged)

    return ready


RUST = Dialect(in_rust, "rows.map(r, {}, r.amount)")
PYTHON = Dialect(in_python, "rows.filter(r, {}).map(r, r.amount)")
WAYS = (
    Way("CEL (Rust), rows as a list", "common-expression-language", in_one(RUST), {}),
    Way("CEL (Rust), row by row", "common-expression-language", by_rows(in_rust), SUMS),
    Way("CEL (Python), rows as a list", "cel-python", in_one(PYTHON), dict.fromkeys(SUMS, "sum()")),
    Way("CEL (Python), row by row", "cel-python", by_rows(in_python), SUMS),
)
