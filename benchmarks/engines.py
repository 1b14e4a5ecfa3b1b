"""policydsl beside rule engines and data checks, on the same six rules: `python benchmarks/engines.py 1_000 10_000`.

Each tool is used as its own users would (`benchmarks/contenders`). First it is said what is done outside its language,
and what it makes of figures that lie on a bound and of blanks; then how long it takes, in turn with the others.
`pip install "policydsl[benchmarks]"` brings the tools; one that is not there is named and left out.
"""

import argparse
import contextlib
import math
import os
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module

from contenders import edges, rows, timed
from contenders.ways import RULES, Way, same, version

CONTENDERS = ("ours", "opa", "cel", "zen", "rule_engine", "pandera", "soda")
BESIDE = "policydsl, check"
TRIALS = (100, 400)
"""So many rows are tried first, to see what would take too long."""
WORDS = {None: "undetermined", True: "kept", False: "breach"}
Line = list[str]


def ways() -> list[Way]:
    """All that are installed."""
    found = [way for name in CONTENDERS for way in import_module(f"contenders.{name}").WAYS]
    packages = {way.package: version(way.package) for way in found}
    print(", ".join(f"{package} {has or 'is not installed'}" for package, has in packages.items()))
    return [way for way in found if packages[way.package]]


def table(head: str, names: Line, lines: dict[str, Line]) -> None:
    """Printed as Markdown."""
    print(f"\n{head}\n\n| | {' | '.join(names)} |\n|---|{'--:|' * len(names)}")
    for name, cells in lines.items():
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """What native code writes to the error stream, beside its exceptions, is not shown."""
    kept = os.dup(2)
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def judged(way: Way, edge: edges.Edge) -> str:
    """How many portfolios are judged wrongly, or of a single one what is said."""
    answers = []
    try:
        with quiet():
            answers = [way.ready(holdings, (edge.rule,))()[edge.rule] for holdings in edge.portfolios]
    except Exception as refused:  # each tool has its own
        return f"refused ({type(refused).__name__})"
    if len(answers) == 1:
        return WORDS[answers[0]]
    return f"{sum(not same(answer, edge.right) for answer in answers)} of {len(answers)} wrong"


def number(value: float) -> str:
    """With three digits, or all before the point."""
    return f"{value:.3g}" if value < 1000 else f"{value:,.0f}"


def cell(one: timed.Timed | None, beside: timed.Timed | None) -> str:
    """Milliseconds, and how many times as long as what it is held against."""
    if one is None:
        return "fails"
    ratio = f" ({number(one.median / beside.median)})" if beside else ""
    return f"{'WRONG ' if one.wrong else ''}{number(1000 * one.median)}{ratio}"


def main() -> None:
    """The command."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("rows", nargs="*", type=int, default=[1_000, 10_000])
    reader.add_argument("--runs", type=int, default=5)
    reader.add_argument("--longest", type=float, default=5, help="seconds; what would take longer is left out")
    reader.add_argument("--edges", type=int, default=100, help="portfolios on each bound; 0 for none")
    reader.add_argument("--together", action="store_true", help="time the six rules together alone")
    asked = reader.parse_args()
    known = ways()
    outside = {way.name: [way.outside.get(rule, "-") for rule in RULES] for way in known}
    table("Done outside the tool's own language", list(RULES), outside)
    if asked.edges:
        cases = edges.edges(asked.edges)
        said = {way.name: [judged(way, edge) for edge in cases] for way in known}
        table("At the edge", [edge.name for edge in cases], said)
    chosen = {} if asked.together else {rule: (rule,) for rule in RULES}
    chosen["all six"] = RULES
    seen: dict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
    trials = [count for count in TRIALS if count < min(asked.rows)]
    for count in (*trials, *sorted(asked.rows)):
        holdings, lines = rows.made_up(count), {way.name: Line() for way in known}
        for title, rules in chosen.items():
            able = [way for way in known if timed.expected(seen[way.name, title], count) <= asked.longest]
            found = timed.in_turn(able, holdings, rules, 1 if count in trials else asked.runs, asked.longest)
            for way in known:
                one = found.get(way.name)
                lines[way.name].append(cell(one, found.get(BESIDE)) if way in able else f"over {asked.longest:g} s")
                seen[way.name, title].append((count, one.median if one else math.inf))
        if count not in trials:
            table(f"{count:,} holdings: milliseconds (times `{BESIDE}`)", list(chosen), lines)


if __name__ == "__main__":
    main()
