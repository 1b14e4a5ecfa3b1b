"""No test reads or fills the user's own cache, and none runs beside one that measures time."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

try:
    import fcntl
except ImportError:  # systems without it run the tests one after the other
    fcntl = None  # type: ignore[assignment]  # a module elsewhere


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache folder that goes with the test run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Of the workers of one run, the one with a test marked `measured` waits for the others and keeps them waiting.

    All pass the door and then share the room. Who measures shuts the door behind itself, so that nobody comes in while
    it waits for the room to be empty.
    """
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    if run is None or fcntl is None:
        return (yield)
    alone = item.get_closest_marker("measured") is not None
    files = Path(tempfile.gettempdir())
    with ExitStack() as held:
        door, room = (held.enter_context((files / f"policydsl-{run}.{name}").open("w")) for name in ("door", "room"))
        fcntl.flock(door, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        fcntl.flock(room, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        if not alone:
            fcntl.flock(door, fcntl.LOCK_UN)
        return (yield)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The process that hands out the tests takes the locks' files away."""
    run = getattr(session.config, "workerinput", {}).get("testrunuid")
    if run is None:
        plugin = session.config.pluginmanager.getplugin("dsession")
        run = getattr(getattr(plugin, "nodemanager", None), "testrunuid", None)
        for file in Path(tempfile.gettempdir()).glob(f"policydsl-{run}.*"):
            file.unlink()
