"""A browser for the tests of pages: Debian's Chromium, driven by Playwright. Without them the tests are skipped."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from policydsl.cli import run

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="package")
def browser() -> Iterator[object]:
    """A browser that asks nobody for anything."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install '.[test]'")
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """HTML files of the shipped examples: reports of checks, what the templates make of them, and those of a record."""
    folder = tmp_path_factory.mktemp("pages")
    books, data = ROOT / "rulebooks", ROOT / "examples"
    checked = {
        "borlange": (books / "borlange", data / "borlange" / "2015-01-31"),
        "midtjylland": (books / "midtjylland", data / "midtjylland" / "2009-12-31"),
        "ornskoldsvik": (books / "ornskoldsvik", data / "ornskoldsvik" / "brister"),
    }
    made = {name: folder / f"{name}.html" for name in (*checked, "finansrapport", "board")}
    for name, (book, rows) in checked.items():
        run(["check", str(book), str(rows), "--format", "html", "-o", str(made[name])])
    of_templates = {
        "finansrapport": ("ornskoldsvik", "ornskoldsvik/luckor"),
        "board": ("borlange", "borlange/2015-01-31"),
    }
    for name, (book, rows) in of_templates.items():
        target = str(made[name])
        assert run(["report", "--template", name, str(books / book), str(data / rows), "-o", target]) == 0
    record, town = str(folder / "runs.db"), data / "town"
    for month in ("january", "february", "march"):
        run(["check", str(town / "town.policy"), str(town / month), "--record", record])
    run(["cause", record, "--trades", str(town / "trades.csv")])
    for name in ("follow-up", "trend"):
        made[name] = folder / f"{name}.html"
        assert run([name, record, "--format", "html", "-o", str(made[name])]) == 0
    return made
