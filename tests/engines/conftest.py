"""Databases in which tables stand."""

from collections.abc import Iterator
from typing import Any

import pytest

from . import postgres
from .run_in_place import connected


@pytest.fixture(scope="module", params=["duckdb", "postgres"])
def place(request: pytest.FixtureRequest) -> Iterator[Any]:
    """A connection to each of the databases in turn."""
    if request.param == "postgres" and (why := postgres.reason()) is not None:
        pytest.skip(why)
    with connected(request.param) as found:
        yield found
