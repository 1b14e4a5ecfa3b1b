"""What commands print as JSON is as its schema says."""

import json
import sqlite3
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

import policydsl.records
from policydsl.cli import run

from .conftest import NOTHING_SOLD

SCHEMAS = Path(policydsl.records.__file__).parent
COMMANDS = {"follow_up": ["follow-up"], "trends": ["trend", "--every"], "runs": ["runs"], "audit": ["audit"]}


def validator(name):
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_form_of_answer(name, folder, capsys):
    (folder / "trades.csv").write_text(NOTHING_SOLD, encoding="utf-8")
    data = folder / "march" / "holdings.csv"
    for month in ("january", "february", "march", "april", "january"):
        run(["check", "town.policy", month, "--record", "runs.db", "--set", "unknown=5"])
        run(["check", "town.policy", month, "--record", "runs.db"])
        if month == "february":
            run(["cause", "runs.db", "--trades", "trades.csv"])
            run(["reclassify", "runs.db", "equities", "--as", "active", "--by", "E. Berg", "--because", "So."])
            data.write_text(data.read_text(encoding="utf-8").replace("equity", ""), encoding="utf-8")
        check(name, capsys)
    with sqlite3.connect("runs.db") as opened:
        opened.execute("DELETE FROM lines WHERE entry = 1 AND place = 1")
    if name == "audit":
        check(name, capsys)


def check(name, capsys):
    """Holds what a command prints against its schema."""
    capsys.readouterr()
    command, *options = COMMANDS[name]
    run([command, "runs.db", *options, "--format", "json"])
    printed = json.loads(capsys.readouterr().out)
    assert [error.message for error in validator(name).iter_errors(printed)] == []
