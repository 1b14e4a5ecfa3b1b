"""The rules of the house: floors, style, types, sizes, names, and nothing of the machine it was built on."""

import ast
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "policydsl"
MODULES = sorted(PACKAGE.rglob("*.py"))

LONGEST = 400
SAYS_NOTHING = {"base", "common", "core", "helper", "helpers", "manager", "util", "utils"}

# Which modules, and those under them, may import what is heavy or belongs behind one door.
DOORS = {
    "click": ("policydsl.cli.",),
    "defusedxml": ("policydsl.inputs.semt.",),
    "duckdb": ("policydsl.engines.sql.on_duckdb.",),
    "lark": ("policydsl.syntax.",),
    "numpy": ("policydsl.engines.columnar.", "policydsl.boards.", "policydsl.inputs.columns."),
    "pyarrow": ("policydsl.boards.", "policydsl.engines.sql.on_spark.", "policydsl.inputs.", "policydsl.whatif.book."),
    "xlrd": ("policydsl.inputs.",),
    "babel": ("policydsl.reports.papers.filling.",),
    "docx": ("policydsl.reports.papers.as_docx.",),
    "markdown_it": ("policydsl.reports.papers.pages.",),
    "typst": ("policydsl.reports.papers.as_pdf.",),
    "pyspark": ("policydsl.engines.sql.on_spark.",),
    "sqlalchemy": ("policydsl.inputs.databases.", "policydsl.records.on_postgres."),
    "psycopg": (
        "policydsl.engines.sql.on_postgres.",
        "policydsl.engines.sql.postgres_days.",
        "policydsl.records.on_postgres.",
    ),
    "pandas": ("policydsl.api.", "policydsl.inputs.", "policydsl.records.", "policydsl.reports."),
    "sqlite3": ("policydsl.records.on_sqlite.",),
}


@pytest.mark.parametrize(
    "command", ["ruff check", "ruff format --check", "mypy", "lint-imports --no-cache --no-logo"], ids=lambda c: c
)
def test_tool_has_nothing_to_say(command: str) -> None:
    name, *arguments = command.split()
    tool = shutil.which(name, path=sysconfig.get_path("scripts"))
    assert tool, f"{name} is not installed: pip install -e '.[test]'"
    done = subprocess.run([tool, *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def test_package_is_imported_without_what_is_slow_to_import() -> None:
    code = "import sys, policydsl; print(*sorted({'numpy', 'pandas', 'sqlalchemy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_check_of_a_known_rulebook_imports_nothing_that_is_slow_to_import(tmp_path: Path) -> None:
    """`frozen`, `define`, `field` and `evolve` come from `policydsl._frozen`, and much else is imported when needed."""
    slow = {"attrs", "json", "lark", "numpy", "openpyxl", "pandas", "sqlalchemy", "statistics", "tempfile"}
    check = ["check", "rulebooks/borlange", "examples/borlange/2015-01-31"]
    code = f"import sys; from policydsl.cli import run; run({check}); print(*sorted({slow} & set(sys.modules)))"
    command, settings = [sys.executable, "-c", code], {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    for _ in range(2):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True, env=settings)
    assert done.stdout.splitlines()[-1].split() == []


@pytest.mark.parametrize("library", DOORS)
def test_library_is_behind_its_door(library: str) -> None:
    importers = {name(module) for module in MODULES if library in imported(tree_of(module))}
    assert [each for each in sorted(importers) if not f"{each}.".startswith(DOORS[library])] == []


def test_pandas_is_imported_only_when_a_function_needs_it() -> None:
    assert [name(module) for module in MODULES if "pandas" in imported(tree_of(module), inside_functions=False)] == []


def test_no_module_is_too_long_to_read() -> None:
    lengths = {name(module): len(module.read_text(encoding="utf-8").splitlines()) for module in MODULES}
    assert {module: length for module, length in lengths.items() if length > LONGEST} == {}


def test_every_module_is_named_after_what_it_is_about() -> None:
    assert [name(module) for module in MODULES if SAYS_NOTHING & set(re.split(r"[._]", name(module)))] == []


@pytest.mark.parametrize("page", ["README.md", "CHANGELOG.md", "LICENSE", "policydsl/ARCHITECTURE.md"])
def test_page_is_there(page: str) -> None:
    assert (ROOT / page).is_file()


def test_no_file_names_a_place_on_some_machine() -> None:
    place = re.compile(r"(?<![\w.:/~-])/(?:work|farm|root|home|Users|tmp)/[\w.]|\b[A-Z]:\\Users\\|\bfile:///")
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{number}: {line.strip()}"
        for path in committed()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="ignore").splitlines(), 1)
        if path != Path(__file__) and place.search(line)
    ]
    assert found == []


def name(module: Path) -> str:
    """The dotted name by which a module is imported."""
    return ".".join(module.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def tree_of(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"), str(module))


def imported(tree: ast.AST, inside_functions: bool = True) -> set[str]:
    """The top-level names of everything imported at run time."""
    found = set()
    for node in at_run_time(tree, inside_functions):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def at_run_time(tree: ast.AST, inside_functions: bool) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not inside_functions:
            continue
        yield node
        yield from at_run_time(node, inside_functions)


def committed() -> Iterator[Path]:
    """The files of the checkout: without what git ignores, and without git's own."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    return (path for each in names.split("\0") if each and (path := ROOT / each).is_file())
