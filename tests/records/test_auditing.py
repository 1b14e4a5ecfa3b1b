"""Every alteration of a record is found and named: by who changes a letter, and by who works out hashes anew."""

import sqlite3
import zlib
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policydsl.cli import run
from policydsl.records import Record, RecordError
from policydsl.records.chain import Entry, digest, head_of
from policydsl.records.packing import packed, unpacked


@pytest.fixture
def record(folder, capsys):
    """The path of a record of five runs: January, February, March, March again and April; and a decision."""
    for month in ("january", "february", "march", "march", "april"):
        run(["check", "town.policy", month, "--record", "runs.db"])
    run(["reclassify", "runs.db", "equities", "--run", "3", "--as", "passive", "--by", "E. Berg", "--because", "So."])
    capsys.readouterr()
    return folder / "runs.db"


def tampered(path, *statements):
    """Changes a record with another program."""
    with closing(sqlite3.connect(path)) as opened:
        for statement in statements:
            opened.execute(*statement) if isinstance(statement, tuple) else opened.execute(statement)
        opened.commit()


def found(path, *heads, again=False):
    with Record(path, anything=True) as opened:
        return [(one.what, one.text) for one in opened.audit(*heads, again=again).faults]


def heads(path):
    opened = sqlite3.connect(path)
    rows = opened.execute("SELECT number, hash FROM entries ORDER BY number").fetchall()
    opened.close()
    return [f"{number}:{hash}" for number, hash in rows]


def test_a_record_that_nobody_touched(record, capsys):
    last = heads(record)[-1]
    assert found(record, *heads(record), again=True) == []
    assert run(["audit", "runs.db", "--head", last]) == 0
    out = capsys.readouterr().out
    assert "runs.db is as it was recorded: 5 runs with" in out
    assert out.endswith(f"head {last}\n")
    assert run(["audit", "runs.db", "--head", heads(record)[2]]) == 0
    assert "3 were added" in " ".join(capsys.readouterr().out.split())


def place_of(path, number, id):
    """Where the verdict of a check stands among the lines of a run."""
    opened = sqlite3.connect(path)
    rows = opened.execute("SELECT place, body FROM lines WHERE entry = ? ORDER BY place", (number,)).fetchall()
    opened.close()
    return next(place for place, body in rows if unpacked(body)["id"] == id)


def test_a_verdict_that_was_altered(record):
    place = place_of(record, 2, "equities")
    change = "UPDATE lines SET body = replace(body, 'breach', 'pass') WHERE entry = 2 AND place = ?"
    tampered(record, (change, (place,)))
    assert found(record) == [("altered", "`equities` of run 2 has been altered")]


def test_rows_behind_a_verdict_that_were_altered(record):
    place = place_of(record, 2, "equities")
    tampered(record, ("UPDATE lines SET detail = detail || ' ' WHERE entry = 2 AND place = ?", (place,)))
    assert found(record) == [("altered", "`equities` of run 2 has been altered")]


def test_a_verdict_that_was_removed(record):
    tampered(record, ("DELETE FROM lines WHERE entry = 2 AND place = ?", (place_of(record, 2, "equities"),)))
    assert found(record) == [("removed", "`equities` has been removed from run 2")]


def test_verdicts_that_were_inserted(record):
    tampered(
        record,
        "INSERT INTO lines SELECT 2, 99, body, detail FROM lines WHERE entry = 1 AND place = 1",
        "INSERT INTO lines SELECT 77, 1, body, detail FROM lines WHERE entry = 1 AND place = 1",
    )
    assert found(record) == [
        ("inserted", "`equities` was inserted into run 2"),
        ("inserted", "verdicts were inserted under the number 77, which is no run"),
    ]


def test_verdicts_that_change_places(record):
    tampered(
        record,
        "UPDATE lines SET place = 1000 WHERE entry = 2 AND place = 1",
        "UPDATE lines SET place = 1 WHERE entry = 2 AND place = 2",
        "UPDATE lines SET place = 2 WHERE entry = 2 AND place = 1000",
    )
    faults = found(record)
    assert [what for what, _ in faults] == ["moved", "moved"]
    assert "`equities` of run 2 stands in the place of another" in faults[1][1]


def test_a_run_that_was_altered(record):
    tampered(record, "UPDATE entries SET body = replace(body, '2026-02-28', '2026-02-27') WHERE number = 2")
    assert ("altered", "run 2 (2026-02-27) has been altered") in found(record)
    for column in ("at", "kind", "previous", "hash"):
        tampered(record, f"UPDATE entries SET {column} = {column} || 'x' WHERE number = 3")
        assert any("3" in text and what == "altered" for what, text in found(record)), column
        tampered(record, f"UPDATE entries SET {column} = substr({column}, 1, length({column}) - 1) WHERE number = 3")


def test_a_run_that_was_removed(record):
    tampered(record, "DELETE FROM entries WHERE number = 2", "DELETE FROM lines WHERE entry = 2")
    faults = found(record)
    assert ("removed", "entry 2 has been removed") in faults
    assert not any("run 1" in text or "run 3" in text for _, text in faults)


def test_a_run_that_was_removed_and_the_others_renumbered(record):
    tampered(record, "DELETE FROM entries WHERE number = 2", "DELETE FROM lines WHERE entry = 2")
    for number in (3, 4, 5, 6):
        tampered(record, f"UPDATE entries SET number = {number - 1} WHERE number = {number}",
                 f"UPDATE lines SET entry = {number - 1} WHERE entry = {number}")  # fmt: skip
    faults = found(record)
    assert ("removed", "entry 2 has been removed") in faults
    assert sum(what == "moved" for what, _ in faults) == 4


def test_runs_that_change_places(record):
    tampered(
        record,
        "UPDATE entries SET number = 100 WHERE number = 2",
        "UPDATE entries SET number = 2 WHERE number = 3",
        "UPDATE entries SET number = 3 WHERE number = 100",
    )
    faults = found(record)
    assert ("moved", "run 2 (2026-03-31) was entry 3: entries have been moved") in faults
    assert ("moved", "run 3 (2026-02-28) was entry 2: entries have been moved") in faults
    assert not any(what == "removed" and "entry" in text for what, text in faults)


def forged(path, number, change, chain=False):
    """Changes the text of an entry, and its hash, as somebody does who knows how; and what follows, too, if `chain`."""
    opened = sqlite3.connect(path)
    asked = "SELECT number, kind, at, previous, body, hash FROM entries WHERE number >= ? ORDER BY number"
    entries = [Entry(*row) for row in opened.execute(asked, (number,))]
    before = None
    for entry in entries if chain else entries[:1]:
        body = entry.body.replace(*change) if entry.number == number else entry.body
        previous = entry.previous if before is None else before
        draft = Entry(entry.number, entry.kind, entry.at, previous, body, "")
        before = draft.hash_as(draft.number)
        change_it = "UPDATE entries SET body = ?, previous = ?, hash = ? WHERE number = ?"
        opened.execute(change_it, (body, previous, before, entry.number))
    opened.commit()
    opened.close()


CHANGE = ('"outcome":"breach"', '"outcome":"pass"')


def test_a_run_that_was_altered_with_its_hash(record):
    forged(record, 2, CHANGE)
    assert found(record) == [("altered", "run 2 (2026-02-28) has been altered, and its hash worked out anew")]


def test_a_run_that_was_inserted(record):
    opened = sqlite3.connect(record)
    for number in (6, 5, 4, 3):
        opened.execute("UPDATE entries SET number = number + 1 WHERE number = ?", (number,))
        opened.execute("UPDATE lines SET entry = entry + 1 WHERE entry = ?", (number,))
    kind, at, body, hash = opened.execute("SELECT kind, at, body, hash FROM entries WHERE number = 2").fetchone()
    draft = Entry(3, kind, at, hash, body, "")
    row = (3, kind, at, hash, body, draft.hash_as(3))
    opened.execute("INSERT INTO entries (number, kind, at, previous, body, hash) VALUES (?, ?, ?, ?, ?, ?)", row)
    opened.execute("INSERT INTO lines SELECT 3, place, body, detail FROM lines WHERE entry = 2")
    opened.commit()
    opened.close()
    faults = found(record)
    assert ("inserted", "run 3 (2026-02-28) has been inserted") in faults
    assert [what for what, _ in faults].count("moved") == 4


def test_all_hashes_worked_out_anew_are_found_by_a_head(record):
    noted = heads(record)
    forged(record, 2, CHANGE, chain=True)
    assert found(record) == []
    (fault,) = found(record, noted[4])
    assert fault[1].startswith("entry 5 had the hash")
    assert found(record, noted[0]) == []  # the first is as it was
    assert found(record, noted[4].partition(":")[2])[0][1].startswith("no entry has the hash")


def test_verdicts_that_do_not_follow_from_the_data_are_found_by_judging_again(record):
    """Somebody changes a verdict and every hash on the way up to the head."""
    opened = sqlite3.connect(record)
    body = unpacked(opened.execute("SELECT body FROM entries WHERE number = 2").fetchone()[0])
    old = body["reports"][0]["json"]
    opened.close()
    forged(record, 2, (old, digest("{}")), chain=True)
    assert found(record) == []
    assert found(record, again=True)[0][1].startswith("run 2 (2026-02-28) comes out otherwise")


def test_an_end_that_was_cut_off(record):
    noted = heads(record)
    tampered(record, "DELETE FROM entries WHERE number > 4", "DELETE FROM lines WHERE entry > 4")
    texts = {text for what, text in found(record, noted[-1]) if what == "removed"}
    assert "entry 6, whose head was noted, is not there: the record ends with entry 4" in texts
    assert found(record, noted[3])[0][0] == "inserted"  # the contents that only April rests on


def test_everything_cut_off(record):
    noted = heads(record)
    tampered(record, "DELETE FROM entries", "DELETE FROM lines", "DELETE FROM contents")
    assert found(record) == []
    assert found(record, noted[-1])[0][0] == "removed"


def test_data_that_were_altered(record):
    opened = sqlite3.connect(record)
    body = unpacked(opened.execute("SELECT body FROM entries WHERE number = 1").fetchone()[0])
    ((_, hash),) = body["tables"]
    text = zlib.decompress(opened.execute("SELECT packed FROM contents WHERE hash = ?", (hash,)).fetchone()[0])
    changed = zlib.compress(text.replace(b'"40"', b'"39"'))
    opened.execute("UPDATE contents SET packed = ? WHERE hash = ?", (changed, hash))
    path, rules = body["rulebooks"][0]["files"][0]
    opened.execute("DELETE FROM contents WHERE hash = ?", (rules,))
    opened.execute("INSERT INTO contents VALUES (?, ?)", (digest(packed("x")), zlib.compress(packed("x").encode())))
    opened.commit()
    opened.close()
    faults = found(record)
    assert ("altered", "the table holdings, of run 1 (2026-01-31) has been altered") in faults
    assert ("removed", f"the text of {path}, of run 1 (2026-01-31) has been removed") in faults
    assert any(what == "inserted" and "no run rests on" in text for what, text in faults)


WRITES = {
    "blob": "CAST({} AS BLOB)",
    "number": "-7.5",
    "null": "NULL",
    "text": "CAST({} AS TEXT) || 'x'",
    "broken text": "CAST(x'31ff' AS TEXT)",
}
NAMED = {"entries": "2", "lines": "equities", "contents": ", of run "}


@pytest.mark.parametrize(
    ("table", "column"),
    [
        *(("entries", name) for name in ("number", "kind", "at", "previous", "body", "hash")),
        *(("lines", name) for name in ("entry", "place", "body", "detail")),
        *(("contents", name) for name in ("hash", "packed")),
    ],
)
def test_values_of_another_type_are_found(table, column, record, capsys):
    """Whatever SQLite lets somebody write there, but the bytes that were there as bytes."""
    which = {"entries": "number = 2", "lines": "entry = 2 AND place = 1"}.get(
        table, "hash = (SELECT min(hash) FROM contents)"
    )
    whole = record.read_bytes()
    for name, value in WRITES.items():
        record.write_bytes(whole)
        if (column, name) == ("packed", "blob"):
            continue
        try:
            tampered(record, f"UPDATE {table} SET {column} = {value.format(column)} WHERE {which}")
        except sqlite3.IntegrityError:
            continue  # SQLite itself holds against it
        assert run(["audit", "runs.db"]) == 1, name
        told = found(record, again=True)
        assert any(NAMED[table] in text for _, text in told), (name, told)
        capsys.readouterr()
        for command in ("follow-up", "runs", "replay"):
            run([command, "runs.db"])
        assert "PD407" not in capsys.readouterr().err, name


def test_what_was_added_behind_a_packed_text_is_found(record):
    hash, packing = sqlite3.connect(record).execute("SELECT hash, packed FROM contents ORDER BY hash").fetchone()
    for other in (packing + b"x", packing[:-4]):
        tampered(record, ("UPDATE contents SET packed = ? WHERE hash = ?", (other, hash)))
        ((what, text),) = found(record)
        assert (what, text.endswith("has been altered")) == ("altered", True)


def test_an_entry_of_nothing_that_is_known_can_not_be_read(record):
    """Somebody writes another text, works out all hashes anew, and the text is none of a run."""
    body = sqlite3.connect(record).execute("SELECT body FROM entries WHERE number = 2").fetchone()[0]
    for other in ("[" * 100_000, "7", "x", packed({**unpacked(body), "tables": [["holdings", 5], ["loans", "x"]]})):
        forged(record, 2, (body, other), chain=True)
        assert found(record, again=True), other[:20]
        forged(record, 2, (other, body), chain=True)
    assert found(record, again=True) == []


def test_tables_that_were_changed(record, capsys):
    tampered(record, "CREATE TRIGGER t AFTER INSERT ON entries BEGIN DELETE FROM lines; END")
    assert found(record) == [("inserted", "`t` in the file is not as policydsl makes it")]
    assert run(["check", "town.policy", "january", "--record", "runs.db"]) == 2
    assert "PD821" in capsys.readouterr().err
    assert found(record) == [("inserted", "`t` in the file is not as policydsl makes it")]


def test_nothing_is_added_behind_a_last_run_or_any_entry_that_was_altered(record, capsys):
    run(["check", "town.policy", "april", "--record", "fresh.db"])
    tampered("fresh.db", "UPDATE lines SET body = replace(body, 'breach', 'pass')")
    capsys.readouterr()
    assert run(["check", "town.policy", "march", "--record", "fresh.db"]) == 2
    assert "PD827" in capsys.readouterr().err
    tampered(record, "UPDATE entries SET body = replace(body, 'breach', 'pass') WHERE number = 2")
    assert run(["check", "town.policy", "april", "--record", "runs.db"]) == 2
    assert "entry 2" in capsys.readouterr().err


def test_nothing_is_told_from_or_added_to_what_was_altered(record, capsys):
    change = "UPDATE lines SET body = replace(body, 'breach', 'pass') WHERE entry = 3 AND place = 1"
    tampered(record, change)
    for command in (["follow-up", "runs.db", "--run", "4"], ["trend", "runs.db"]):
        run(command)
    tampered(record, "UPDATE entries SET at = 'x' WHERE number = 6")
    for command in (
        ["follow-up", "runs.db"],
        ["trend", "runs.db"],
        ["runs", "runs.db"],
        ["replay", "runs.db"],
        ["check", "town.policy", "january", "--record", "runs.db"],
    ):
        capsys.readouterr()
        assert run(command) == 2, command
        assert "PD827" in capsys.readouterr().err


def test_the_audit_says_it_in_words_and_in_json(record, capsys):
    tampered(record, "DELETE FROM lines WHERE entry = 2 AND place = 1")
    assert run(["audit", "runs.db", "--lang", "sv"]) == 1
    out = " ".join(capsys.readouterr().out.split())
    assert "runs.db är inte som den sparades - `equities` har tagits bort ur körning 2" in out
    assert run(["audit", "runs.db", "--format", "json"]) == 1
    assert '"what": "removed"' in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "x", "3:5f2c", "0:" + "a" * 64, "a" * 63])
def test_what_is_no_head(record, text):
    with Record(record) as opened, pytest.raises(RecordError, match="PD833"):
        opened.audit(text)
    assert head_of(f" 3 : {'A' * 64} ").hash == "a" * 64


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_letter_that_is_changed_anywhere_is_found(record, tmp_path_factory, data):
    """One letter of one text of one row of any table."""
    copy = tmp_path_factory.mktemp("copy") / "runs.db"
    copy.write_bytes(record.read_bytes())
    opened = sqlite3.connect(copy)
    table = data.draw(st.sampled_from(["entries", "lines", "contents"]))
    columns = {"entries": ["kind", "at", "previous", "body", "hash"], "lines": ["body", "detail"],
               "contents": ["hash", "packed"]}[table]  # fmt: skip
    column = data.draw(st.sampled_from(columns))
    rows = [row for (row,) in opened.execute(f"SELECT rowid FROM {table} ORDER BY rowid")]
    row = data.draw(st.sampled_from(rows))
    (value,) = opened.execute(f"SELECT {column} FROM {table} WHERE rowid = ?", (row,)).fetchone()
    at = data.draw(st.integers(0, len(value) - 1))
    if isinstance(value, bytes):
        other = bytes([value[at] ^ (1 << data.draw(st.integers(0, 7)))])
    else:
        other = data.draw(st.sampled_from([one for one in 'a0}"' if one != value[at]]))
    opened.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (value[:at] + other + value[at + 1 :], row))
    opened.commit()
    opened.close()
    with Record(copy, anything=True) as audited:
        faults = audited.audit().faults
    text = zlib.decompress(value) if isinstance(value, bytes) else None
    if text is not None and not faults:  # a bit of the packing that says nothing
        with sqlite3.connect(copy) as opened:
            (changed,) = opened.execute(f"SELECT packed FROM contents WHERE rowid = {row}").fetchone()
        assert zlib.decompressobj().decompress(changed) == text
    else:
        assert faults


def test_a_verdict_that_was_forged_all_the_way_up_is_found_by_judging_again(record):
    """A figure in words, the list that holds its hash, and every hash from there to the head."""
    place = place_of(record, 2, "equities")
    opened = sqlite3.connect(record)
    asked = "SELECT body, detail FROM lines WHERE entry = 2 AND place = ?"
    body, detail = opened.execute(asked, (place,)).fetchone()
    forged_body = body.replace("50", "30")
    old, new = (digest(f"{digest(one)}\n{digest(detail)}") for one in (body, forged_body))
    opened.execute("UPDATE lines SET body = ? WHERE entry = 2 AND place = ?", (forged_body, place))
    entry = unpacked(opened.execute("SELECT body FROM entries WHERE number = 2").fetchone()[0])
    hash = entry["reports"][0]["lines"]
    (held,) = opened.execute("SELECT packed FROM contents WHERE hash = ?", (hash,)).fetchone()
    text = zlib.decompress(held).decode().replace(old, new)
    change = "UPDATE contents SET hash = ?, packed = ? WHERE hash = ?"
    opened.execute(change, (digest(text), zlib.compress(text.encode()), hash))
    opened.commit()
    opened.close()
    forged(record, 2, (hash, digest(text)), chain=True)
    assert found(record) == []
    assert [what for what, _ in found(record, again=True)] == ["altered"]


@pytest.mark.parametrize(
    "change",
    [
        ('"counts":{"breach":1,"pass":2}', '"counts":{"pass":3}'),
        ('"engine":"light","language":"en"', '"engine":"light","language":"sv"'),
        ('"title":"Town","version":null,"text_hash"', '"title":"Town","version":"2","text_hash"'),
    ],
)
def test_what_an_entry_says_of_its_report_is_judged_again(change, record):
    body = sqlite3.connect(record).execute("SELECT body FROM entries WHERE number = 2").fetchone()[0]
    assert change[0] in body
    forged(record, 2, change, chain=True)
    assert found(record) == []
    assert found(record, again=True)[0][1].startswith("run 2 (2026-02-28) comes out otherwise")


def test_a_run_whose_reports_were_taken_out_is_told(record):
    body = sqlite3.connect(record).execute("SELECT body FROM entries WHERE number = 5").fetchone()[0]
    reports = body[body.index('"reports":[') :]
    forged(record, 5, (reports, '"reports":[]}'), chain=True)
    assert [what for what, _ in found(record, again=True)].count("inserted") > 1
