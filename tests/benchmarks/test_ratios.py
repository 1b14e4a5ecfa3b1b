"""What has become fast stays so: each ratio may be a third above what `docs/performance.md` says, and no more.

A ratio is of processor time to that of something else which is done in turn with it, so that a busy machine slows both;
the median of some rounds is taken, and up to four times more while it is too high, as what has fallen back is so each
time. No other test runs beside these.
"""

import importlib.util
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType

import pytest

import policydsl
from policydsl.api import open_session
from policydsl.data.from_sheets import fit
from policydsl.inputs import frames
from policydsl.inputs.frames import read_frame
from policydsl.verdicts.judge import judge
from policydsl.verdicts.preparing import environment_of

pytestmark = pytest.mark.measured

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
FALLEN_BACK = 4 / 3

CHECK_TO_PANDAS = {"check": 0.33, "check 1,000 rows": 0.37, "--help": 0.14, "usage error": 0.28, "check, no data": 0.27}
FIRST_TO_WORDS = 90
AGAIN_TO_WORDS = 3.9
JUDGING_TO_A_PASS = {("40", False): 28, ("40", True): 3.4, ("200", False): 22, ("200", True): 7.8}
"""With so many rules, in a session that has measured before or not."""
ANOTHER_AMOUNT_TO_A_PASS = {"40": 8.7, "200": 10.5}
MANY_TRADES_TO_NUMPY = 0.77
"""On one thread."""
A_TRADE_TO_A_PASS = 4.4
BY_COLUMN_TO_BY_CELL = 0.13
"""The check of a typed table."""


def benchmark(name: str) -> ModuleType:
    """One of the benchmarks as a module."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
        assert spec is not None and spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


def at_most(allowed: float, ratio: Callable[[], float]) -> None:
    """The ratio, or the best of five if it is too high, has not fallen back by a third."""
    found = ratio()
    for _ in range(4):
        if found > allowed * FALLEN_BACK:
            found = min(found, ratio())
    assert found <= allowed * FALLEN_BACK, f"{found:.2f} where {allowed} was reached"


def seconds(work: Callable[[], object]) -> float:
    """The processor's time that something takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


@pytest.mark.parametrize("process", CHECK_TO_PANDAS)
def test_process_beside_the_import_of_pandas(process: str, tmp_path: Path) -> None:
    startup = benchmark("startup")
    known = {"check": startup.BORLANGE, "check 1,000 rows": startup.thousand_rows(tmp_path), **startup.REFUSED}
    commands = {"process": known[process], "pandas": startup.BESIDE["import pandas"]}

    def ratio() -> float:
        found = startup.medians(commands, 5)
        return found["process"][0] / found["pandas"][0]

    at_most(CHECK_TO_PANDAS[process], ratio)


@pytest.mark.parametrize("again", [False, True], ids=["first", "again"])
def test_reading_beside_finding_words(again: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    reading = benchmark("reading")
    reading.measured(50, 1, tmp_path)

    def ratio() -> float:
        _, first, second, words = reading.measured(1_000, 5, tmp_path)
        return (second if again else first) / words

    at_most(AGAIN_TO_WORDS if again else FIRST_TO_WORDS, ratio)


@pytest.mark.parametrize("rules", ["40", "200"])
@pytest.mark.parametrize("again", [False, True], ids=["fresh", "again"])
def test_judging_beside_a_pass_over_the_rows(rules: str, again: bool, tmp_path: Path) -> None:
    small = benchmark("small")
    path = tmp_path / "rules.policy"
    path.write_text(small.VOCABULARY + small.RULEBOOKS[rules], encoding="utf-8")
    model = policydsl.load(path).model
    rows = small.rows(small.ROWS)
    tables = fit(model, {"holdings": read_frame(rows, "holdings")[0]}, small.AS_OF).tables
    session = open_session(model, tables, "columnar")

    def judged() -> None:
        on = session if again else open_session(model, tables, "columnar")
        found = judge(model, tables, environment_of(model, tables, on, small.AS_OF, {}), on)
        assert len(found.outcomes) == len(found.figures)

    at_most(JUDGING_TO_A_PASS[rules, again], lambda: passes(judged, rows, 10 if again else 1))


@pytest.mark.parametrize("rules", ["40", "200"])
def test_another_amount_beside_a_pass_over_the_rows(rules: str) -> None:
    small = benchmark("small")
    typed = small.works(small.VOCABULARY + small.RULEBOOKS[rules], rules, "columnar")["another amount"]
    at_most(ANOTHER_AMOUNT_TO_A_PASS[rules], lambda: passes(typed, small.rows(small.ROWS), 10))


def passes(work: Callable[[], object], rows: Sequence[Mapping[str, object]], times: int) -> float:
    """How often rows are gone through in the time of a piece of work, which is done so many times in turn with it."""

    def working() -> None:
        for _ in range(times):
            work()

    def passing() -> None:
        for _ in range(10):
            sums: dict[tuple[object, ...], float] = {}
            for row in rows:
                key = row["issuer_type"], row["asset_class"], row["rating"], row["second"]
                sums[key] = sums.get(key, 0) + 1

    working()
    found = [(seconds(working), seconds(passing)) for _ in range(15)]
    own, beside = (statistics.median(each) for each in zip(*found, strict=True))
    return 10 * own / beside / times


def test_trades_beside_numpy_by_hand() -> None:
    def ratio() -> float:
        with ProcessPoolExecutor(1, get_context("spawn")) as new:
            return new.submit(trades_to_numpy).result()

    at_most(MANY_TRADES_TO_NUMPY, ratio)


def trades_to_numpy() -> float:
    """The ratio in a process that has done nothing else.

    In one that has given back a large block of memory, the C library keeps such blocks from then on, and what is
    written by hand gains more from it than ours.
    """
    made_up, by_hand = benchmark("credit_rows"), benchmark("trades_by_hand")
    table, trades = made_up.holdings(200_000, 10), made_up.holdings(50_000, 10, seed=2)
    book, beside = policydsl.load(BENCHMARKS / "credit.policy").book(table), by_hand.Book(table, 10)
    assert (beside.fails(trades) == book.what_if_each(trades, threads=1).fails.T).all()
    times = [
        (seconds(lambda: book.what_if_each(trades, threads=1)), seconds(lambda: beside.fails(trades))) for _ in range(5)
    ]
    own, other = (statistics.median(each) for each in zip(*times, strict=True))
    return own / other


def test_one_trade_beside_a_pass_over_a_hundred_rows() -> None:
    made_up = benchmark("credit_rows")
    book = policydsl.load(BENCHMARKS / "credit.policy").book(made_up.holdings(200_000, 10))
    rows = made_up.holdings(300, 10, seed=2).to_pylist()

    def one_by_one() -> None:
        for row in rows:
            assert isinstance(book.what_if(row).fails, tuple)

    def passes() -> None:
        for _ in rows:
            sums: dict[tuple[object, ...], float] = {}
            for row in rows[:100]:
                key = row["issuer_category"], row["instrument_type"], row["currency"]
                sums[key] = sums.get(key, 0) + row["mv"]

    def ratio() -> float:
        one_by_one()
        times = [(seconds(one_by_one), seconds(passes)) for _ in range(7)]
        return statistics.median(own for own, _ in times) / statistics.median(other for _, other in times)

    at_most(A_TRADE_TO_A_PASS, ratio)


def test_typed_columns_beside_their_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(BENCHMARKS)
    rows, ways, ours = (importlib.import_module(f"contenders.{name}") for name in ("rows", "ways", "ours"))
    check = ours.check_arrow(rows.made_up(30_000), ways.RULES)

    def by_cell() -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(frames, "_MANY", 10**9)
            check()

    def ratio() -> float:
        times = [(seconds(check), seconds(by_cell)) for _ in range(5)]
        return statistics.median(own for own, _ in times) / statistics.median(other for _, other in times)

    at_most(BY_COLUMN_TO_BY_CELL, ratio)
