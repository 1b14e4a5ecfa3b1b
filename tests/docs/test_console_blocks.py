"""Commands on the pages: each is run and ends as shown. A line `...` stands for output that is not shown."""

import os
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path

import pytest

from .blocks import ROOT, Block, blocks

BLOCKS = [block for block in blocks("console") if block.page.name != "README.md"]
FIRST, SECOND = [block.text for block in blocks("console") if block.page.name == "README.md"]
SETS_UP = "python3 -m venv .venv && .venv/bin/pip install -q "


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with what the commands read; what they write stays in it."""
    for name in ("rulebooks", "examples"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What a shell makes of a command, with the installed `policydsl`."""
    path = f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONUTF8": "1"}
    return subprocess.run(["sh", "-c", command], cwd=folder, env=environment, capture_output=True, encoding="utf-8")


def commands(block: Block) -> Iterator[tuple[str, str]]:
    """Each command with the output that is shown of it."""
    for part in f"\n{block.text}".split("\n$ ")[1:]:
        command, _, output = part.partition("\n")
        yield command, f"{output.rstrip()}\n" if output.strip() else ""


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.place)
def test_session(block: Block, folder: Path) -> None:
    code = 0
    for command, shown in commands(block):
        if command == "echo $?":
            assert f"{code}\n" == shown, block.place
            continue
        done = run(command, folder)
        code = done.returncode
        said = done.stdout + done.stderr
        assert OutputChecker().check_output(shown, said, ELLIPSIS), f"{block.place}: {command}\n{said}"


def test_first_command_of_the_readme(folder: Path) -> None:
    install, command = FIRST.removeprefix(f"$ {SETS_UP}").rstrip("\n").split(" && .venv/bin/")
    assert install == "."
    assert command == "policydsl check rulebooks/borlange examples/borlange/2015-01-31"
    done = run(command, folder)
    assert (done.returncode, done.stderr) == (3, "")
    assert "ends with exit code 3" in " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())


def test_second_command_of_the_readme_is_this_one() -> None:
    assert f'$ {SETS_UP}-e ".[test]" && .venv/bin/pytest -n auto --dist loadscope\n' == SECOND


def test_readme_says_what_is_open(folder: Path) -> None:
    check = FIRST.rstrip("\n").split(".venv/bin/")[-1]
    without, supplied = (run(f"{check}{more}", folder).stdout for more in ("", " --set liabilities_value='350 MSEK'"))
    assert without.startswith("UNDETERMINED: 5 undetermined")
    assert supplied.startswith("UNDETERMINED: 4 undetermined")
