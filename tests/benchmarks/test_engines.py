"""What the benchmark of other tools rests on: all that are installed give the same answers where no figure is on its
bound, and policydsl is right where one is."""

import sys
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
CONTENDERS = ("cel", "opa", "ours", "pandera", "rule_engine", "soda", "zen")


@pytest.fixture(autouse=True)
def beside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(BENCHMARKS)


def contender(name: str) -> ModuleType:
    return import_module(f"contenders.{name}")


def test_every_contender_is_known() -> None:
    modules = {path.stem for path in (BENCHMARKS / "contenders").glob("*.py")}
    about = {"__init__", "by_hand", "edges", "rows", "timed", "ways"}
    command = spec_from_file_location("command", BENCHMARKS / "engines.py")  # tests have a package of that name
    assert command is not None and command.loader is not None
    known = module_from_spec(command)
    command.loader.exec_module(known)
    assert modules - about == set(CONTENDERS) == set(known.CONTENDERS)


@pytest.mark.parametrize("name", CONTENDERS)
def test_answers_are_the_same(name: str) -> None:
    known, module = contender("ways"), contender(name)
    if not known.version(module.WAYS[0].package):
        pytest.skip(f"{module.WAYS[0].package} is not installed")
    holdings = contender("rows").made_up(50)
    right = contender("by_hand").right(holdings)
    for way in module.WAYS:
        if known.version(way.package):
            found = way.ready(holdings, known.RULES)()
            wrong = {rule: found[rule] for rule in right if not known.same(found[rule], right[rule])}
            assert wrong == {}, way.name


def test_policydsl_is_right_on_every_edge() -> None:
    same, ours = contender("ways").same, contender("ours")
    for edge in contender("edges").edges(5):
        for way in ours.WAYS:
            found = [way.ready(holdings, (edge.rule,))()[edge.rule] for holdings in edge.portfolios]
            assert all(same(answer, edge.right) for answer in found), (edge.name, way.name, found)


def test_edges_are_what_they_are_said_to_be() -> None:
    by_hand = contender("by_hand")
    for edge in contender("edges").edges(20)[:3]:
        assert {str(by_hand.right(holdings)[edge.rule]) for holdings in edge.portfolios} == {str(edge.right)}
        for holdings in edge.portfolios:
            whole = sum(each.ore for each in holdings)
            if edge.rule == "share":
                assert 5 * sum(each.ore for each in holdings if each.kind == "fund") == whole
            elif edge.rule == "issuer":
                assert 10 * sum(each.ore for each in holdings if each.issuer == "A") == whole
            else:
                assert sum(each.ore * each.hundredths for each in holdings) == 500 * whole


def test_contenders_import_nothing_that_need_not_be_there() -> None:
    before = set(sys.modules)
    for name in CONTENDERS:
        contender(name)
    foreign = {"cel", "celpy", "pandera", "regopy", "rule_engine", "soda_core", "zen"}
    assert foreign & (set(sys.modules) - before) == set()
