"""Rego, the language of Open Policy Agent, run by rego-cpp: compiled to a bundle once, given a document each time.

Written after the Rego documentation on comprehensions and `some ... in`, and regopy's on bundles.
"""

from collections.abc import Callable
from typing import Any

from contenders.by_hand import BOUNDS, with_sums
from contenders.rows import Holdings
from contenders.ways import SUMS, Answers, Way

HEAD = "package six\nimport rego.v1\n"
PERMITTED = """\
kinds := {"bond", "frn", "cert", "deposit", "fund"}
permitted(r) if r.kind in kinds
permitted(r) if r.issuer == "State"
permitted(r) if r.amount < 1000000
"""
WHOLE = "whole := sum([r.amount | some r in input.rows])\n"
SUMMED = {
    "share": 'funds := sum([r.amount | some r in input.rows; r.kind == "fund"])\n',
    "issuer": """\
issuers := {r.issuer | some r in input.rows}
issued := [{"issuer": name, "amount": sum([r.amount | some r in input.rows; r.issuer == name])} | some name in issuers]
""",
    "bands": """\
bands := [
    sum([r.amount | some r in input.rows; r.years < 1]),
    sum([r.amount | some r in input.rows; r.years >= 1; r.years < 3]),
    sum([r.amount | some r in input.rows; r.years >= 3; r.years < 7]),
    sum([r.amount | some r in input.rows; r.years >= 7]),
]
""",
    "average": "weighted := sum([each | some r in input.rows; each := r.years * r.amount])\n",
    "rated": 'low := sum([r.amount | some r in input.rows; r.rating in {"BB", "B"}])\n',
}
HANDED = {
    "share": "funds := input.funds\n", "issuer": "issued := input.issued\n", "bands": "bands := input.bands\n",
    "average": "weighted := input.weighted\n", "rated": "low := input.low\n",
}  # fmt: skip
JUDGED = {
    "allowed": "allowed := count({r.id | some r in input.rows; not permitted(r)})\n",
    "share": "share := funds <= 0.2 * whole\n",
    "issuer": "issuer := count([each | some each in issued; each.amount > 0.1 * whole])\n",
    "bands": "bounds := [\n" + "".join(
        f"    bands[{at}] >= {low / 100} * whole, bands[{at}] <= {high / 100} * whole,\n"
        for at, (low, high) in enumerate(BOUNDS)
    ) + "]\n",
    "average": "average if { weighted >= 2 * whole; weighted <= 5 * whole }\ndefault average := false\n",
    "rated": "rated := low <= 0.2 * whole\n",
}  # fmt: skip


def compiled(text: str, entry: str) -> Callable[[Any], Any]:
    """A module, and what it says of a document; a LookupError where it says nothing."""
    import regopy

    builder = regopy.Interpreter()
    builder.add_module("six.rego", text)
    bundle = builder.build(None, [entry])
    runner = regopy.Interpreter()

    def answer(document: Any) -> Any:
        runner.set_input(document)
        output = runner.query_bundle_entrypoint(bundle, entry)
        if not output.results or not output.results[0].expressions:
            raise LookupError(str(output))
        return output.results[0].expressions[0]

    return answer


def module(whole: str, sums: dict[str, str], rules: tuple[str, ...]) -> str:
    """The module of these rules, with one document of answers."""
    names = {rule: "bounds" if rule == "bands" else rule for rule in rules}
    answers = ", ".join(f'"{rule}": {name}' for rule, name in names.items())
    parts = [HEAD, whole, PERMITTED, *(sums.get(rule, "") + JUDGED[rule] for rule in rules)]
    return "".join(parts) + f"answers := {{{answers}}}\n"


def _told(answers: Any, rules: tuple[str, ...]) -> Answers:
    return {rule: tuple(answers[rule]) if rule == "bands" else answers[rule] for rule in rules}


def in_one(holdings: Holdings, rules: tuple[str, ...]) -> Callable[[], Answers]:
    """All rows are one document."""
    rows = holdings.floats
    answer = compiled(module(WHOLE, SUMMED, rules), "six/answers")
    return lambda: _told(answer({"rows": rows}), rules)


def by_rows(holdings: Holdings, rules: tuple[str, ...]) -> Callable[[], Answers]:
    """A document for each row, and one of the sums."""
    rows = holdings.floats
    row = compiled(
        HEAD + PERMITTED.replace("(r)", "").replace("r.", "input.") + "default permitted := false\n", "six/permitted"
    )
    others = tuple(rule for rule in rules if rule != "allowed")
    answer = compiled(module("whole := input.whole\n", HANDED, others), "six/answers")
    return lambda: with_sums(rows, rules, lambda each: row(each) is not True, lambda sums: _told(answer(sums), others))


WAYS = (
    Way("OPA (regopy), one document", "regopy", in_one, {}),
    Way("OPA (regopy), row by row", "regopy", by_rows, SUMS),
)
