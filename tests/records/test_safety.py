"""Runs that are killed in the middle of writing, several at once, and files that are not what they should be."""

import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from policydsl.cli import run
from policydsl.records import Record, connection
from policydsl.records.database import Database
from policydsl.records.on_sqlite import OnSqlite

ROOT = Path(__file__).resolve().parents[2]
CHECK = ["check", "town.policy", "january", "--record", "runs.db"]

WRITER = """
import sys
from policydsl.records.chain import digest
from policydsl.records.database import Database
with Database(sys.argv[1], writes=True) as database:
    for number in range(int(sys.argv[2])):
        lines = [('{"id":"x","group":[]}', str(at)) for at in range(200)]
        texts = ['"%d-%s-%d%s"' % (at, sys.argv[3], number, "y" * 20000) for at in range(5)]
        contents = {digest(text): text for text in texts}
        print(database.add("note", "now", '"%d"' % number, lines, contents).head, flush=True)
"""


def writer(path, count, name):
    """A process of its own that adds entries and prints the head of each when it is kept."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", WRITER, str(path), str(count), name]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True)


def whole(path, reported):
    """Whether a record is whole and holds every head that was reported; how many entries it has."""
    with Record(path) as record:
        audit = record.audit(*reported)
    assert [one.text for one in audit.faults if "no run rests on" not in one.text
            and "which is no run" not in one.text] == []  # fmt: skip
    return audit.head.number if audit.head else 0


@pytest.mark.parametrize("after", range(12))
def test_killed_at_any_moment_nothing_that_was_reported_is_lost(tmp_path, after):
    path = tmp_path / "runs.db"
    started = writer(path, 10_000, "a")
    reported = [started.stdout.readline().strip()]
    deadline = time.monotonic() + 0.004 * after + 0.001 * (after % 3)
    while time.monotonic() < deadline:
        reported.append(started.stdout.readline().strip())
    started.send_signal(signal.SIGKILL)
    rest, _ = started.communicate()
    reported += [line for line in rest.splitlines() if len(line.partition(":")[2]) == 64]
    found = whole(path, [one for one in reported if one])
    assert found >= len([one for one in reported if one])
    with Database(path, writes=True) as database:
        assert database.add("note", "now", '"after"').number == found + 1
    whole(path, [])


@pytest.mark.parametrize("call", ["executemany", "COMMIT"])
def test_killed_between_two_statements_of_a_run(folder, call, tmp_path):
    """The process ends at once, in the middle of a transaction: the run before is whole, and the next is added."""
    assert run(CHECK) == 0
    code = f"""
import os, sqlite3, sys
class Dying(sqlite3.Connection):
    def executemany(self, *given):
        done = super().executemany(*given)
        if {call!r} == "executemany":
            os.kill(os.getpid(), 9)
        return done
    def execute(self, asked, *given):
        if asked == {call!r}:
            os.kill(os.getpid(), 9)
        return super().execute(asked, *given)
plain = sqlite3.connect
sqlite3.connect = lambda *given, **named: plain(*given, factory=Dying, **named)
from policydsl.cli import run
run({CHECK!r})
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert done.returncode == -9, done.stderr
    assert "recorded" not in done.stderr
    with Record("runs.db") as record:
        assert (record.audit().is_whole, record.head.number) == (True, 1)
    assert run(CHECK) == 0
    with Record("runs.db") as record:
        assert (record.audit().is_whole, record.head.number) == (True, 2)


def test_killed_while_the_file_is_made(tmp_path):
    for after in range(8):
        path = tmp_path / f"{after}.db"
        started = writer(path, 1, "a")
        while not path.exists() and started.poll() is None:
            pass
        time.sleep(0.0005 * after)
        started.kill()
        out, _ = started.communicate()
        with Database(path, writes=True) as database:
            number = database.add("note", "now", '"after"').number
        assert number == (2 if out else number)
        whole(path, out.split())


def test_two_at_once_wait_for_one_another(tmp_path):
    path = tmp_path / "runs.db"
    writers = [writer(path, 25, name) for name in ("a", "b", "c")]
    reported = []
    for started in writers:
        out, err = started.communicate(timeout=120)
        assert started.returncode == 0, err
        reported += out.split()
    assert sorted(int(one.partition(":")[0]) for one in reported) == list(range(1, 76))
    assert whole(path, reported) == 75


def test_two_checks_at_once(folder):
    command = [sys.executable, "-m", "policydsl", *CHECK]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = [subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
               for _ in range(4)]  # fmt: skip
    heads = [one.communicate()[1].split("head ")[1].strip() for one in started]
    with Record("runs.db") as record:
        audit = record.audit(*heads)
    assert (audit.is_whole, audit.runs) == (True, 4)


# ---------------------------------------------------------------- what is refused


def refused(capsys, *command):
    """What is said of a command that is refused."""
    assert run(list(command or CHECK)) == 2
    out, err = capsys.readouterr()
    assert out == ""
    return " ".join(err.split())


def test_a_foreign_file(folder, capsys):
    (folder / "runs.db").write_text("instrument;market_value\n", encoding="utf-8")
    assert "PD821: `runs.db` is no record of runs: it is no database" in refused(capsys)
    assert (folder / "runs.db").read_text(encoding="utf-8") == "instrument;market_value\n"


def test_a_database_of_another_program(folder, capsys):
    with sqlite3.connect(folder / "runs.db") as opened:
        opened.execute("CREATE TABLE entries (a)")
    assert "PD821: `runs.db` is no record of runs: it is a database of another program" in refused(capsys)
    for command in ("follow-up", "runs", "audit", "trend", "replay"):
        assert "PD821" in refused(capsys, command, "runs.db")


def test_a_record_of_a_newer_version(folder, capsys):
    run(CHECK)
    with sqlite3.connect(folder / "runs.db") as opened:
        opened.execute("PRAGMA user_version = 7")
    capsys.readouterr()
    assert "PD822: `runs.db` is a record in version 7, and this policydsl knows version 1" in refused(capsys)
    assert "PD822" in refused(capsys, "audit", "runs.db")


def test_a_damaged_file(folder, capsys):
    run(CHECK)
    held = (folder / "runs.db").read_bytes()
    (folder / "runs.db").write_bytes(held[:5000] + b"\xff" * 9000 + held[14000:])
    capsys.readouterr()
    code = run(["audit", "runs.db"])
    said = "".join(capsys.readouterr())
    assert code in (1, 2)
    assert "damaged" in said


def test_a_file_cut_short(folder, capsys):
    run(CHECK)
    held = (folder / "runs.db").read_bytes()
    (folder / "runs.db").write_bytes(held[: len(held) // 2])
    capsys.readouterr()
    assert run(["audit", "runs.db"]) in (1, 2)
    assert "damaged" in "".join(capsys.readouterr())


def test_places_that_are_no_file(folder, capsys):
    (folder / "runs.db").mkdir()
    assert "PD820: `runs.db` can't be used as a record: it is a folder" in refused(capsys)
    command = [*CHECK[:-1], "nowhere/runs.db"]
    assert "can't be used as a record: there is no such folder" in refused(capsys, *command)
    assert "PD829: there is no record `run.db`: did you mean" in refused(capsys, "follow-up", "run.db")
    assert not (folder / "run.db").exists()


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that nobody may write to")
def test_a_folder_that_may_not_be_written_to(folder, capsys):
    command = [*CHECK[:-1], "/proc/runs.db"]
    assert "the folder does not allow files to be made or opened" in refused(capsys, *command)


@pytest.mark.skipif(os.geteuid() != 0 or not Path("/bin/su").exists(), reason="needs another user")
def test_a_record_of_somebody_else(folder, capsys):
    """A user who may read the file and the folder, and write to neither."""
    run(CHECK)
    for path in (folder, *folder.parents[:3]):
        path.chmod(0o755)
    code = """
import os
from policydsl.records import Record, RecordError
from policydsl.records.database import Database
def tried():
    try:
        with Database("runs.db", writes=True) as database:
            database.add("note", "now", '"x"')
    except RecordError as refused:
        return str(refused)
try:
    Database(".", writes=True)  # what it takes to say something is read before it may be out of reach
except RecordError:
    pass
os.setuid(65534)
print(tried())
print(len(Record("runs.db").runs()))
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert done.stdout.splitlines() == [
        "PD820: `runs.db` can't be used as a record: it may not be written to",
        "1",
    ], done.stderr


def test_a_full_disk(folder, capsys, monkeypatch):
    """SQLite is let have no more pages than the file has, which it takes as a full disk."""
    run(CHECK)
    capsys.readouterr()
    prepare = OnSqlite._prepare

    def small(self, *given):
        prepare(self, *given)
        (count,) = self._opened.execute("PRAGMA page_count").fetchone()
        self._opened.execute(f"PRAGMA max_page_count = {count}")

    monkeypatch.setattr(OnSqlite, "_prepare", small)
    said = refused(capsys, "check", "town.policy", "february", "--record", "runs.db")
    assert "PD823: the run was not recorded in `runs.db`: the disk is full" in said
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    with Record("runs.db") as record:
        assert (record.audit().is_whole, record.head.number) == (True, 1)


def test_a_file_that_may_not_grow(folder):
    """The system itself refuses: nothing is reported as kept, and what was recorded before is as it was."""
    run(CHECK)
    size = (folder / "runs.db").stat().st_size
    code = f"import sys; from policydsl.cli import run; sys.exit(run({CHECK!r}))".replace("january", "march")

    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 1000, size + 1000))

    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, preexec_fn=limited
    )
    assert done.returncode == 2, done.stderr
    assert "PD82" in done.stderr
    assert "recorded as" not in done.stderr
    with Record("runs.db") as record:
        assert (record.audit().is_whole, record.head.number) == (True, 1)


def test_a_record_that_somebody_holds(folder, capsys, monkeypatch):
    run(CHECK)
    capsys.readouterr()
    monkeypatch.setattr(connection, "PATIENCE", 0.2)
    with sqlite3.connect(folder / "runs.db", isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert "PD824: `runs.db` is in use" in refused(capsys)
        other.execute("ROLLBACK")
    assert run(CHECK) == 0


def test_an_empty_file_is_a_new_record(folder, capsys):
    (folder / "runs.db").touch()
    assert "PD829" in refused(capsys, "runs", "runs.db")
    assert run(CHECK) == 0


def test_a_check_that_is_refused_records_nothing(folder, capsys):
    (folder / "january" / "holdings.csv").write_text("date,instrument\n2026-01-31,a\n", encoding="utf-8")
    refused(capsys)
    assert run(["runs", "runs.db"]) == 0
    assert capsys.readouterr().out == "there are no runs\n"


def test_the_report_is_not_written_over_the_record(folder, capsys):
    run(CHECK)
    capsys.readouterr()
    assert "PD412" in refused(capsys, *CHECK, "-o", "runs.db")
