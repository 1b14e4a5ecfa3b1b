"""A sample on Spark, where pyspark and Java are there; `run_sql`, `run_in_place`, `run_rulebooks` and `properties.run`
compare everything."""

import gc
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

import policydsl
from policydsl.engines.sql.on_spark import Spark
from tests.language.pages import Case, cases, pages
from tests.properties.agreement import agree as same
from tests.properties.cases import Case as Generated
from tests.properties.cases import cases as generated
from tests.properties.counting import Count
from tests.properties.independent import independently

from . import run_in_place, run_sql
from .databases import spark
from .test_in_place import (  # noqa: F401  # some of its tests are Spark's as well
    BOOK,
    LOANS,
    NATIVE,
    agree,
    filled,
    stored,
    test_another_currency_in_a_column_that_is_not_read,
    test_binary_numbers_without_end_are_refused,
    test_largest_rows_of_a_large_table_are_found_there,
    test_numbers_dates_and_floats_of_a_view,
    told,
    view,
)
from .test_in_place_keys import keyed, test_binary_numbers_of_another_day  # noqa: F401

CASES = [case for page in pages() for case in cases(page)]


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    if find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed")
    if shutil.which("java") is None:
        pytest.skip("there is no Java")
    with spark() as found:
        yield found


@pytest.fixture(scope="module")
def place(session: Any) -> Any:
    return session


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> policydsl.Rulebook:
    path = tmp_path_factory.mktemp("book") / "example.policy"
    path.write_text(BOOK, encoding="utf-8")
    return policydsl.load(path)


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("case", CASES[7::70], ids=lambda case: case.name)
def test_page(case: Case) -> None:
    if told := run_sql.wrong(case, "spark"):
        pytest.fail("\n".join(told), pytrace=False)


@pytest.mark.parametrize("case", CASES[40::140], ids=lambda case: case.name)
def test_page_in_place(case: Case, session: Any) -> None:
    if told := run_in_place.wrong(case, session, typed=True):
        pytest.fail("\n".join(told), pytrace=False)


@pytest.mark.usefixtures("session")
def test_engine_agrees_on_generated_pairs() -> None:
    @independently(6, derandomize=True)
    @given(generated())
    def agrees(case: Generated) -> None:
        same(case, Count(), "spark")

    agrees()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\u2028"])
def test_texts_that_end_with_their_line_are_as_everywhere(end: str, book: policydsl.Rulebook, session: Any) -> None:
    rows = [LOANS[0], {**LOANS[1], "loan": f"A{end}"}]
    assert {code for code, _, _ in told(book, filled(rows))} == {"PD358"}
    assert told(book, stored(session, rows[::-1])) == told(book, filled(rows[::-1]))


def test_moments_are_the_days_that_the_session_shows(book: policydsl.Rulebook, session: Any) -> None:
    session.conf.set("spark.sql.session.timeZone", "Pacific/Auckland")
    moments = NATIVE.replace("CAST(opened AS DATE)", "CAST(opened AS TIMESTAMP)")
    there = view(session, "moments", f"{moments}{stored(session, LOANS).table}")
    assert dict(session.table("moments").dtypes)["opened"] == "timestamp"
    agree(book, LOANS, there)
    session.conf.unset("spark.sql.session.timeZone")


def test_session_is_left_as_it_is(book: policydsl.Rulebook, session: Any) -> None:
    there = stored(session, LOANS)
    session.conf.set("spark.sql.ansi.enabled", "false")
    before = session.sql("SHOW TABLES").collect()
    agree(book, LOANS, there)
    assert session.sql("SHOW TABLES").collect() == before
    assert session.conf.get("spark.sql.ansi.enabled") == "false"
    session.conf.unset("spark.sql.ansi.enabled")


def test_files_in_several_parts_are_numbered_as_one(
    book: policydsl.Rulebook, session: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{**LOANS[at % 2], "loan": f"x{at:02}", "amount": str(at)} for at in range(40)]
    mixed = stored(session, rows[::2] + rows[1::2])
    session.table(mixed.table).repartition(3).write.parquet(str(tmp_path / "loans"))
    session.read.parquet(str(tmp_path / "loans")).createOrReplaceTempView("in_parts")
    with monkeypatch.context() as patch:
        patch.setattr("policydsl.engines.sql.on_spark._SETTINGS", {"spark.sql.shuffle.partitions": "4"})
        agree(book, rows, policydsl.InPlace("in_parts", session))


@pytest.mark.parametrize("name", ["no_such", "a b", "no.such.table", "`"])
def test_table_that_is_not_there(name: str, book: policydsl.Rulebook, session: Any) -> None:
    with pytest.raises(policydsl.DataError, match=r"PD763|PD767"):
        book.check({"loans": policydsl.InPlace(name, session)})


def test_what_was_asked_is_not_kept_in_memory(session: Any) -> None:
    from py4j.finalizer import ThreadSafeFinalizer

    own = Spark(session)
    gc.collect()
    gc.disable()
    try:
        before = len(ThreadSafeFinalizer.finalizers)
        for number in range(10):
            own.ask(f"SELECT {number}")
        assert len(ThreadSafeFinalizer.finalizers) - before < 15  # of each the rows, and not the plan as well
    finally:
        gc.enable()
