"""The wheel carries its data, and works where nothing else of this checkout is."""

import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from policydsl._resources import resource_dir
from policydsl.syntax import kept

ROOT = Path(__file__).resolve().parent.parent
DATA = ["grammar", "rulebooks", "templates"]
TABLES = kept.name_of((ROOT / "grammar" / "policy.lark").read_text(encoding="utf-8"))
"""What the parser's tables are called that a wheel brings along."""
INCOMPLETE = 3  # the exit code of a check that could not be decided


def run(*command: object, cwd: Path, expect: int = 0) -> str:
    """What a command prints; it must end with the exit code expected."""
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == expect, f"{' '.join(words)} ended with {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


def files_in(folder: Path) -> Iterator[str]:
    """The files under a folder, as paths from it; not those that an interpreter or a file browser leaves."""
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder)
        if path.is_file() and "__pycache__" not in place.parts and not place.name.startswith("."):
            yield place.as_posix()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout."""
    place = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", place, ROOT, cwd=place)
    [built] = place.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the commands of an environment that holds the wheel and what it depends on, and nothing else."""
    place = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", place, cwd=place)
    commands = Path(sysconfig.get_path("scripts", "venv", vars={"base": str(place)}))
    run(commands / "python", "-m", "pip", "install", "-qq", "--no-compile", wheel, cwd=place)
    return commands


def installed_dir(name: str, commands: Path, cwd: Path) -> Path:
    code = f"from policydsl._resources import resource_dir; print(resource_dir({name!r}))"
    return Path(run(commands / "python", "-c", code, cwd=cwd).strip())


def test_wheel_holds_the_package_and_its_data_and_nothing_else(wheel: Path) -> None:
    expected = {f"policydsl/{name}" for name in files_in(ROOT / "policydsl")}
    expected |= {f"policydsl/_data/{folder}/{name}" for folder in DATA for name in files_in(ROOT / folder)}
    expected.add(f"policydsl/_data/grammar/{TABLES}")
    held = {name for name in ZipFile(wheel).namelist() if not name.startswith("policydsl-0.1.0.dist-info/")}
    assert held == expected
    assert "policydsl/py.typed" in held


@pytest.mark.parametrize("name", DATA)
def test_data_is_found_beside_the_package(name: str) -> None:
    assert list(files_in(resource_dir(name))) == list(files_in(ROOT / name)) != []


@pytest.mark.parametrize("name", DATA)
def test_data_is_found_where_the_wheel_is_installed(name: str, installed: Path, tmp_path: Path) -> None:
    folder = installed_dir(name, installed, tmp_path)
    assert folder.is_relative_to(installed.parent)
    assert [file for file in files_in(folder) if file != TABLES] == list(files_in(ROOT / name))


def test_a_folder_that_is_nowhere_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="'appendices'"):
        resource_dir("appendices")


def test_installed_command_checks_a_shipped_rulebook(installed: Path, tmp_path: Path) -> None:
    rulebook = installed_dir("rulebooks", installed, tmp_path) / "borlange"
    tables = ROOT / "examples" / "borlange" / "2015-01-31"
    assert run(installed / "policydsl", "check", rulebook, tables, cwd=tmp_path, expect=INCOMPLETE)


def test_nobody_waits_for_the_grammar_to_be_worked_out(installed: Path, tmp_path: Path) -> None:
    code = "import sys; from policydsl.syntax.loading import load_tables; load_tables(); print('lark' in sys.modules)"
    empty = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "empty")}
    done = subprocess.run([installed / "python", "-c", code], cwd=tmp_path, env=empty, capture_output=True, text=True)
    assert done.stdout.strip() == "False", done.stderr
