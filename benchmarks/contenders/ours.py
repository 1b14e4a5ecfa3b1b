"""policydsl: a report, a report on rows that were read before, and a board."""

import re
import tempfile
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import policydsl
from contenders.rows import Holdings
from contenders.ways import Answers, Way
from policydsl.api import open_session
from policydsl.data.from_sheets import fit
from policydsl.inputs.frames import read_frame
from policydsl.verdicts.judge import judge
from policydsl.verdicts.preparing import environment_of

SIX = Path(__file__).parent / "six.policy"
AS_OF = date(2026, 6, 30)
KEPT = {"pass": True, "breach": False, "undetermined": None, "not applicable": True}


def rulebook(rules: tuple[str, ...], of_books: bool = False) -> policydsl.Rulebook:
    """The rulebook with these rules alone, of one portfolio or within each."""
    head, *declared = re.split(r"^(?=rule |limits )", SIX.read_text(encoding="utf-8"), flags=re.MULTILINE)
    if of_books:
        head = head.replace("  base portfolio\n", "  base portfolio\n  within each book\n")
        head = head.replace("each holding\n", "each holding\n  book    text\n")
    chosen = [each for each in declared if re.split(r"[ :]", each)[1] in rules]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "six.policy"
        path.write_text("".join([head, *chosen]), encoding="utf-8")
        return policydsl.load(path)


def answers(verdicts: Iterable[Any]) -> Answers:
    """What the verdicts say; `allowed` and `issuer` are counted by the rows and groups that fail."""
    found: Answers = {}
    for each in verdicts:
        rule, kept = each.check.rule, KEPT[each.outcome]
        if rule == "allowed":
            found[rule] = len(each.rows) if kept is False else 0 if kept else None
        elif rule == "issuer":
            found[rule] = None if kept is None else found.get(rule, 0) + (not kept)
        elif rule == "bands":
            found[rule] = (*found.get(rule, ()), kept)
        else:
            found[rule] = kept
    return found


def check(holdings: Holdings, rules: tuple[str, ...]) -> Callable[[], Answers]:
    """A report of rows as a program has them: read, measured, judged."""
    book, rows = rulebook(rules), holdings.decimals
    return lambda: answers(book.check({"holdings": rows}, as_of=AS_OF).verdicts)


def check_arrow(holdings: Holdings, rules: tuple[str, ...]) -> Callable[[], Answers]:
    """A report of a table of Arrow."""
    book, table = rulebook(rules), holdings.arrow.drop_columns(["book"])
    return lambda: answers(book.check({"holdings": table}, as_of=AS_OF).verdicts)


def read_before(holdings: Holdings, rules: tuple[str, ...]) -> Callable[[], Answers]:
    """The same without the reading, which is what a tool does whose rows have their types already."""
    model = rulebook(rules).model
    tables = fit(model, {"holdings": read_frame(holdings.decimals, "holdings")[0]}, AS_OF).tables

    def judged() -> Answers:
        session = open_session(model, tables, "auto")
        return answers(judge(model, tables, environment_of(model, tables, session, AS_OF, {}), session))

    return judged


def board(holdings: Holdings, rules: tuple[str, ...]) -> Callable[[], Answers]:
    """Outcomes and figures alone, of a table in memory."""
    book, table = rulebook(rules, of_books=True), holdings.arrow

    def judged() -> Answers:
        found: Answers = {}
        for answer in book.board(table).answers:
            rule = answer.check.rule
            kept = KEPT[answer.outcomes[0]]
            found[rule] = (*found.get(rule, ()), kept) if rule == "bands" else kept
        return found

    return judged


WAYS = (
    Way("policydsl, check", "policydsl", check, {}),
    Way("policydsl, check of Arrow", "policydsl", check_arrow, {}),
    Way("policydsl, rows read before", "policydsl", read_before, {}),
    Way("policydsl, board", "policydsl", board, {}),
)
