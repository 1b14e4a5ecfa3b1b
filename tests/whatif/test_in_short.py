"""Trades told in short say what the full answers say, whether sums tell it or all is judged; no engine but the
reference judges every check with every trade."""

import csv
import io
import json
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import referencing
from hypothesis import given, settings
from hypothesis import strategies as st

import policydsl
from policydsl.cli import run
from policydsl.inputs.frames import read_frame
from policydsl.whatif import Session
from policydsl.whatif.largest import Largest
from policydsl.whatif.shortly import Short, in_short, shorts
from tests.whatif.test_same_as_judging import numbered, opened, rows

WORLDS = """\
rulebook "Many"
  currency SEK
  base portfolio
  within each owner
table holdings, each holding
  owner   text
  issuer  text, blank means none
  kind    one of bond, cash
  years   term in years
  value   money in SEK, not negative
  green   yes/no, blank means no
define portfolio = sum value of holdings
rule issuer: per issuer: share of portfolio <= 40%
rule both: per issuer, kind: share of portfolio between 5% and 50%
rule least: per issuer: sum value of holdings >= 10 SEK
rule years: average years weighted by value of holdings <= 3y
rule each_years: per issuer: average years of holdings <= 4y
rule pieces: per issuer: count of holdings <= 2
rule bonds: share where kind = bond should be at least 20%, warn at 25%
rule green: no holding where green and kind = cash
rule known: per issuer: each holding: years <= 6y
rule kinds: distinct kind of holdings >= 1
"""


def facts(short: Short) -> tuple[Any, ...]:
    return short.breached, short.undecided, short.largest, short.row


def assert_same(session: Session, trades: list[dict[str, Any]]) -> None:
    """Both ways tell the same of each trade."""
    proposed = session.proposed(read_frame(trades, "trades")[0])
    for short, answer in zip(shorts(session, proposed), session.ask_each(proposed), strict=True):
        assert facts(short) == facts(in_short(answer))


def sales(data: Any, owned: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A sale of a part or all of each row."""
    return [
        {"name": row["name"], "value": -data.draw(st.integers(1, row["value"])), "nominal": -1}
        for row in owned
        if row["value"] is not None
    ]


@settings(max_examples=12, deadline=None)
@given(st.lists(rows(False), min_size=1, max_size=8).map(numbered), st.lists(rows(True), max_size=5), st.data())
def test_one_portfolio(owned: list[dict[str, Any]], bought: list[dict[str, Any]], data: Any) -> None:
    more = [{**row, "name": f"paper {data.draw(st.integers(0, 9))}"} for row in owned[:2]]
    new = [{"name": f"new {at}", **row} for at, row in enumerate(bought) if row["value"] is not None]
    there = {row["name"]: row for row in owned}
    more = [{**there.get(row["name"], row), "value": row["value"]} for row in more]
    assert_same(opened(owned, "auto"), [*new, *more, *sales(data, owned)])


def _row() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({
        "owner": st.sampled_from(("Alby", "Borås", "borås")),
        "issuer": st.sampled_from(("Staten", "staten", "Bank", "Bolag", None)),
        "kind": st.sampled_from(("bond", "cash")),
        "years": st.sampled_from(("0 years", "3 years", "4 years", "7 years")),
        "value": st.integers(1, 100),
        "green": st.sampled_from(("yes", "no")),
    })  # fmt: skip


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> policydsl.Rulebook:
    path = tmp_path_factory.mktemp("many") / "many.policy"
    path.write_text(WORLDS, encoding="utf-8")
    return policydsl.load(path)


@settings(max_examples=12, deadline=None)
@given(st.lists(_row(), min_size=1, max_size=10), st.lists(_row(), min_size=1, max_size=6), st.data())
def test_many_portfolios(many: policydsl.Rulebook, owned: Any, bought: Any, data: Any) -> None:
    """Of the reference engine no sums are taken, so that it judges everything."""
    once = [row for row in owned if sum(_alike(row, other) for other in owned) == 1]
    sold = [{**row, "value": -data.draw(st.integers(1, row["value"]))} for row in once]
    told = {}
    for engine in ("reference", "light", "columnar"):
        session = many.session({"holdings": owned}, engine=engine)  # type: ignore[arg-type]  # one of its names
        proposed = session.proposed(read_frame([*bought, *sold], "trades")[0])
        told[engine] = [facts(short) for short in shorts(session, proposed)]
        assert told[engine] == [facts(in_short(answer)) for answer in session.ask_each(proposed)]
    for by_sums, judged in zip(told["light"], told["reference"], strict=True):
        assert by_sums[:2] == judged[:2]
        assert judged[2][0].kind == "not known" or by_sums[2] == judged[2]
    assert told["light"] == told["columnar"]


def _alike(row: dict[str, Any], other: dict[str, Any]) -> bool:
    said = [name for name in row if name != "value" and row[name] is not None]
    return all(str(row[name]).casefold() == str(other[name]).casefold() for name in said)


def test_sums_tell_of_most_checks(many: policydsl.Rulebook) -> None:
    row = {"owner": "A", "issuer": "B", "kind": "bond", "years": "1 year", "value": 5, "green": "no"}
    session = many.session({"holdings": [row, {**row, "issuer": "C"}]})
    summed = {standing.check.id for standing in session.moving.standings}
    assert {check.id for check in many.model.checks} - summed == {"kinds"}


HOLDINGS = "owner,issuer,kind,years,value,green\nP,Staten,bond,1 year,60,no\nP,Bank,cash,0 years,40,no\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    text = WORLDS[: WORLDS.index("rule issuer")] + "rule bonds: share where kind = bond <= 75%\n"
    (tmp_path / "many.policy").write_text(text, encoding="utf-8")
    (tmp_path / "holdings.csv").write_text(HOLDINGS, encoding="utf-8")
    sizes = [1, 20, 60, 61, 100, *[2] * 16]
    lines = [f"P,New,bond,1 year,{size},no" for size in sizes]
    (tmp_path / "trades.csv").write_text("\n".join([HOLDINGS.split("\n")[0], *lines]) + "\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """(60 + a) / (100 + a) <= 75% up to 60."""
    assert run(["what-if", "many.policy", "holdings.csv", "--trades", "trades.csv"]) == 1
    assert capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ") == (
        """\
trade           amount    would pass  what would fail, or not be known
Trade 4     buy 61 SEK        60 SEK  bonds for owner P
Trade 5    buy 100 SEK        60 SEK  bonds for owner P

21 trades, each by itself: 2 would make something fail, 0 would leave something undetermined, 19
  would do neither
"""
    )


@pytest.mark.parametrize("engine", ["reference", "light", "columnar"])
def test_a_trade_that_leaves_open_what_failed(tmp_path: Path, engine: Any) -> None:
    """Without `b` the whole is -1, of which nothing is a share: a breach becomes undetermined, for each bound."""
    text = """\
rulebook "Open"
  currency SEK
  base all
table papers, each paper
  name  text, key
  value money in SEK
  kind  one of bond, cash
define all = sum value of papers
rule bonds: share where kind = bond <= 10%
rule kinds: per kind: share <= 10%
"""
    (tmp_path / "open.policy").write_text(text, encoding="utf-8")
    rows = [{"name": "a", "value": -1, "kind": "cash"}, {"name": "b", "value": 100, "kind": "bond"}]
    session = policydsl.load(tmp_path / "open.policy").session({"papers": rows}, engine=engine)
    sold = {"name": "b", "value": -100}
    (short,) = session.in_short([sold])
    assert [(each.id, each.group) for each in short.undecided] == [("bonds", ()), ("kinds", (("kind", "cash"),))]
    assert facts(short) == facts(in_short(session.what_if(sold)))


@pytest.mark.parametrize("form", [["--each"], ["--summary"]])
def test_a_trade_that_is_too_small_for_a_bound(
    folder: Path, capsys: pytest.CaptureFixture[str], form: list[str]
) -> None:
    """Of a new issuer at least 10 are to be held, and 60 + a of 100 + a at most are bonds: from 10 to 60 would pass."""
    text = (folder / "many.policy").read_text(encoding="utf-8")
    (folder / "many.policy").write_text(
        text + "rule least: per issuer: sum value of holdings >= 10 SEK\n", encoding="utf-8"
    )
    asked = ["what-if", "many.policy", "holdings.csv", "--trades", "trades.csv", *form]
    (folder / "trades.csv").write_text(HOLDINGS.split("\n")[0] + "\nP,New,bond,1 year,5,no\n", encoding="utf-8")
    assert run(asked) == 1
    told = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")
    assert ("from 10 SEK to 60 SEK would pass" if form == ["--each"] else "10 SEK to 60 SEK  least") in told
    (folder / "trades.csv").write_text(HOLDINGS.split("\n")[0] + "\nP,New,cash,1 year,5,no\n", encoding="utf-8")
    assert run(asked) == 1
    told = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")
    assert ("passes from 10 SEK on" if form == ["--each"] else "from 10 SEK on  least") in told
    run([*asked, "--format", "json"])
    assert json.loads(capsys.readouterr().out)["answers"][0]["largest"] == {
        "kind": "unlimited", "amount": None, "least": "10", "limit": None
    }  # fmt: skip


def test_each_in_full(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["what-if", "many.policy", "holdings.csv", "--trades", "trades.csv", "--each"])
    assert capsys.readouterr().out.count("it would make") == 21


@pytest.mark.parametrize("language", ["sv", "da"])
def test_table_in_other_languages(folder: Path, capsys: pytest.CaptureFixture[str], language: str) -> None:
    run(["--lang", language, "what-if", "many.policy", "holdings.csv", "--trades", "trades.csv"])
    assert not {"trades", "would", "Trade", "buy", "pass"} & set(capsys.readouterr().out.split())


@pytest.mark.parametrize("form", [[], ["--each"], ["--together"]])
def test_json_after_its_schema(folder: Path, capsys: pytest.CaptureFixture[str], form: list[str]) -> None:
    asked = ["what-if", "many.policy", "holdings.csv", "--trades", "trades.csv", "--format", "json", *form]
    run(asked)
    body = json.loads(capsys.readouterr().out)
    schema = json.loads(files("policydsl.whatif").joinpath("what_if.schema.json").read_text(encoding="utf-8"))
    report = json.loads(files("policydsl.reports").joinpath("report.schema.json").read_text(encoding="utf-8"))
    registry = referencing.Registry().with_resources([(report["$id"], referencing.Resource.from_contents(report))])
    jsonschema.Draft202012Validator(schema, registry=registry).validate(body)
    summary = {"trades": 21, "breached": 2, "undecided": 0, "neither": 19}
    assert body["summary"] == (None if form else summary)
    if not form:
        assert body["answers"][3]["largest"]["amount"] == "60"
        assert [len(each["breached"]) for each in body["answers"][:5]] == [0, 0, 0, 1, 1]


def test_json_has_what_was_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "trades.csv").write_text(HOLDINGS.replace("Bank,", "Bank AB,").replace("Staten,", "S,"), encoding="utf-8")
    text = (folder / "many.policy").read_text(encoding="utf-8") + "rule issuer: per issuer: share of portfolio <= 90%\n"
    (folder / "many.policy").write_text(text, encoding="utf-8")
    told = []
    for form in ("--each", "--summary"):
        run(["what-if", "many.policy", "holdings.csv", "--trades", "trades.csv", "--format", "json", form])
        told.append(json.loads(capsys.readouterr().out)["diagnostics"])
    assert told[0] == told[1]
    assert [one["code"] for one in told[0]] == ["PD964"]
    assert told[0][0]["where"] == {"path": "trades.csv", "sheet": None, "row": 3, "column": "issuer"}


def test_refused_trades_leave_nothing_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = (folder / "trades.csv").read_text(encoding="utf-8") + "P,Nobody,bond,1 year,-5,no\n"
    (folder / "trades.csv").write_text(lines, encoding="utf-8")
    assert run(["what-if", "many.policy", "holdings.csv", "--trades", "trades.csv", "--format", "json"]) == 2
    told = capsys.readouterr()
    assert not told.out
    assert "PD776" in told.err
    assert len([*csv.reader(io.StringIO(lines))]) == 23


@pytest.mark.parametrize("form", [[], ["--each"], ["--together"], ["--format", "json"]])
def test_no_trades_are_no_pass(folder: Path, capsys: pytest.CaptureFixture[str], form: list[str]) -> None:
    (folder / "none.csv").write_text(HOLDINGS.split("\n")[0] + "\n", encoding="utf-8")
    assert run(["what-if", "many.policy", "holdings.csv", "--trades", "none.csv", *form]) == 3
    said = capsys.readouterr()
    assert "trades has no rows" in said.err
    assert "no verdict fail" not in said.out


@pytest.mark.parametrize("rule", ["sum value of holdings <= 90 SEK", "average value of holdings <= 70 SEK"])
@pytest.mark.parametrize("form", [["--each"], ["--summary"]])
def test_a_trade_of_which_the_group_is_not_known(
    folder: Path, capsys: pytest.CaptureFixture[str], rule: str, form: list[str]
) -> None:
    text = (folder / "many.policy").read_text(encoding="utf-8")
    text = text[: text.index("rule bonds")] + f"rule most: per issuer: {rule}\n"
    (folder / "many.policy").write_text(text, encoding="utf-8")
    (folder / "one.csv").write_text("owner,kind,years,value,green\nP,bond,1 year,95,no\n", encoding="utf-8")
    assert run(["what-if", "many.policy", "holdings.csv", "--trades", "one.csv", *form]) == 3
    assert "any amount" not in capsys.readouterr().out


def test_a_sale_that_passes_if_it_is_small_or_of_everything(folder: Path) -> None:
    """Of 60 SEK 10 have to stay, if any."""
    text = (folder / "many.policy").read_text(encoding="utf-8")
    text = text[: text.index("rule bonds")] + "rule least: per issuer: sum value of holdings >= 10 SEK\n"
    (folder / "many.policy").write_text(text, encoding="utf-8")
    with open(folder / "holdings.csv", encoding="utf-8") as file:
        session = policydsl.load(folder / "many.policy").session({"holdings": list(csv.DictReader(file))})
    sale = {"owner": "P", "issuer": "Staten", "kind": "bond", "years": "1 year", "value": -55, "green": "no"}
    answer, (short,) = session.what_if(sale), session.in_short([sale])
    assert [effect.verdict.id for effect in answer.breached] == [one.id for one in short.breached] == ["least"]
    assert answer.largest[0] == short.largest[0] == Largest("amount", Fraction(50))
