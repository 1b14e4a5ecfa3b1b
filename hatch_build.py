"""Builds the parser's tables into the wheel, so that nobody's first command has to."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_TABLES = """
import sys
from pathlib import Path
from policydsl.syntax import kept, lalr
grammar = Path("grammar/policy.lark").read_text(encoding="utf-8")
place = Path(sys.argv[1]) / kept.name_of(grammar)
place.write_text(kept.written(lalr.build(grammar)), encoding="utf-8")
"""


class ParserTables(BuildHookInterface[Any]):
    """What Lark makes of the grammar, as a file beside it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the file; a checkout that is installed to be worked on goes without, as its grammar changes."""
        if version == "editable":
            return
        self._made = TemporaryDirectory()
        environment = {**os.environ, "PYTHONHASHSEED": "0"}  # Lark numbers its states by the order of sets
        subprocess.run([sys.executable, "-c", _TABLES, self._made.name], cwd=self.root, env=environment, check=True)
        for file in Path(self._made.name).iterdir():
            build_data["force_include"][str(file)] = f"policydsl/_data/grammar/{file.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the file."""
        if version != "editable":
            self._made.cleanup()
