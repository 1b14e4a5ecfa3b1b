"""A record in a PostgreSQL database: the same as in a file."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from engines import postgres
from psycopg.conninfo import conninfo_to_dict

from policydsl.cli import run
from policydsl.records import Record, connection
from policydsl.records.database import Database

from .test_safety import WRITER

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(postgres.reason() is not None, reason=postgres.reason() or "")


@pytest.fixture(scope="module")
def server():
    with postgres.server() as known:
        yield known


@pytest.fixture
def address(server):
    """The address of an empty database."""
    with psycopg.connect(server, autocommit=True) as opened:
        opened.execute("DROP DATABASE IF EXISTS town WITH (FORCE)")
        opened.execute("CREATE DATABASE town")
    place = conninfo_to_dict(server)
    return f"postgresql://{place['user']}@/town?host={place['host']}"


def recorded(address, *months):
    return [run(["check", "town.policy", month, "--record", address]) for month in months]


def test_the_whole_of_it(folder, address, capsys):
    months = ["january", "february", "march", "april"]
    assert recorded(address, *months) == [0, 1, 1, 1]
    err = capsys.readouterr().err
    assert "recorded as run 4 in postgresql:///town; head 4:" in " ".join(err.split())
    head = err.split("head ")[-1].strip()
    recorded("runs.db", *months)
    capsys.readouterr()
    for command in (["follow-up"], ["trend"], ["replay"], ["replay", "--run", "2", "--format", "html"]):
        first, *options = command
        assert run([first, address, *options]) == 0
        out = capsys.readouterr().out
        assert run([first, "runs.db", *options]) == 0
        assert capsys.readouterr().out == out
    (folder / "trades.csv").write_text("instrument,market_value\nshare,10\n", encoding="utf-8")
    assert run(["cause", address, "equities", "--trades", "trades.csv", "--run", "2"]) == 0
    assert run(["reclassify", address, "issuer", "--as", "passive", "--by", "E. Berg", "--because", "So."]) == 0
    capsys.readouterr()
    assert run(["audit", address, "--head", head, "--again"]) == 0
    assert "2 were added" in " ".join(capsys.readouterr().out.split())


def test_what_was_altered_is_found(folder, address, capsys):
    recorded(address, "january", "february")
    with psycopg.connect(address) as opened:
        opened.execute(
            "UPDATE policydsl_record.lines SET body = replace(body, 'breach', 'pass') WHERE entry = 2 AND place = 1"
        )
        opened.execute("UPDATE policydsl_record.contents SET packed = 'x' WHERE hash LIKE '%'")
    with Record(address) as record:
        faults = [one.text for one in record.audit().faults]
    assert any("has been altered" in one for one in faults)
    capsys.readouterr()
    assert run(["follow-up", address]) == 2
    assert "PD827" in capsys.readouterr().err


def test_tables_that_were_changed(folder, address, capsys):
    recorded(address, "january")
    with psycopg.connect(address) as opened:
        opened.execute("ALTER TABLE policydsl_record.lines ADD COLUMN more text")
        opened.execute("CREATE RULE quiet AS ON INSERT TO policydsl_record.entries DO INSTEAD NOTHING")
    capsys.readouterr()
    assert recorded(address, "january") == [2]
    assert "PD821" in capsys.readouterr().err
    assert run(["audit", address]) == 1
    out = capsys.readouterr().out
    assert "`lines` in the file is not as policydsl makes it" in out
    assert "`quiet` in the file is not as policydsl makes it" in out


def test_killed_and_several_at_once(address):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    def writer(count, name):
        command = [sys.executable, "-c", WRITER, address, str(count), name]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True)

    killed, other = writer(10_000, "a"), writer(30, "b")
    reported = [killed.stdout.readline().strip() for _ in range(10)]
    killed.send_signal(signal.SIGKILL)
    reported += [line for line in killed.communicate()[0].splitlines() if len(line.partition(":")[2]) == 64]
    out, err = other.communicate(timeout=120)
    assert other.returncode == 0, err
    with Record(address) as record:
        audit = record.audit(*reported, *out.split())
    assert [one.text for one in audit.faults if "no run rests on" not in one.text] == []


def test_what_is_refused(folder, address, server, capsys, monkeypatch):
    assert run(["runs", address]) == 2
    assert "PD829" in capsys.readouterr().err
    assert run(["runs", address.replace("/town?", "/nowhere?")]) == 2
    assert 'database "nowhere" does not exist' in " ".join(capsys.readouterr().err.split())
    assert run(["runs", "postgresql://me:secret@127.0.0.1:1/town"]) == 2
    err = " ".join(capsys.readouterr().err.split())
    assert "PD852" in err
    assert "secret" not in err
    assert run(["runs", "mysql://me@host/town"]) == 2
    assert "only a file or a PostgreSQL database" in " ".join(capsys.readouterr().err.split())
    recorded(address, "january")
    with psycopg.connect(address, autocommit=True) as opened:
        opened.execute("ALTER DATABASE town SET default_transaction_read_only = on")
    capsys.readouterr()
    assert recorded(address, "january") == [2]
    assert "it may not be written to" in " ".join(capsys.readouterr().err.split())
    assert run(["runs", address]) == 0
    with psycopg.connect(address, autocommit=True) as opened:
        opened.execute("SET default_transaction_read_only = off")
        opened.execute("ALTER DATABASE town RESET default_transaction_read_only")
    with psycopg.connect(address) as opened:
        opened.execute("UPDATE policydsl_record.about SET version = 7")
    capsys.readouterr()
    assert run(["runs", address]) == 2
    assert "PD822" in capsys.readouterr().err


def test_a_record_that_somebody_holds(address, monkeypatch):
    monkeypatch.setattr(connection, "PATIENCE", 0.3)
    with Database(address, writes=True) as database:
        database.add("note", "now", '"a"')
        with psycopg.connect(address) as other:
            other.execute("LOCK TABLE policydsl_record.entries IN EXCLUSIVE MODE")
            with pytest.raises(connection.RecordError, match="PD824"):
                database.add("note", "now", '"b"')
            assert database.last().number == 1  # readers go on
        assert database.add("note", "now", '"b"').number == 2
