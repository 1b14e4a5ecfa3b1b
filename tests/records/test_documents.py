"""Documents made from a template: kept beside their run, and made again, byte for byte, from what was kept alone."""

import json
import shutil
import sqlite3
import zlib
from hashlib import sha256
from pathlib import Path

import pytest

from policydsl.cli import run
from policydsl.records import Record, RecordError
from policydsl.reports.papers.making import PAPER_FORMS

ROOT = Path(__file__).resolve().parents[2]
PAGE = """\
# Town {{ day }}

{{ verdict }}

{{ attention }}

Twice: {{ figure doubled }}.

{{ table by_issuer }}

{{ text comment: what happened }}

{{ notes }}

{{ run }}

{{ behind }}
"""
FIGURES = """\
define doubled = 2 * portfolio
table by_issuer from holdings per issuer
  owned = sum market_value
"""


@pytest.fixture
def town(folder):
    """The town of the other tests, with a template that has figures of its own and asks for a text."""
    (folder / "ours").mkdir()
    (folder / "ours" / "template.toml").write_text('title = "Ours"\n', encoding="utf-8")
    (folder / "ours" / "page.md").write_text(PAGE, encoding="utf-8")
    (folder / "ours" / "figures.policy").write_text(FIGURES, encoding="utf-8")
    (folder / "said.md").write_text("Prices **rose**.\n", encoding="utf-8")
    return folder


def document(month, form, *options):
    name = f"{month}.{form}"
    command = ["report", "--template", "ours", "town.policy", month, "-o", name, "--text", "comment=said.md"]
    assert run([*command, "--record", *options]) == 0
    return name


@pytest.mark.parametrize("form", PAPER_FORMS)
def test_byte_for_byte_from_the_record_alone(town, form, capsys):
    assert run(["check", "town.policy", "january", "--record"]) == 0
    names = [document(month, form) for month in ("february", "march")]
    for name in ("ours", "january", "february", "march"):
        shutil.rmtree(town / name)
    for name in ("town.policy", "said.md"):
        (town / name).unlink()
    capsys.readouterr()
    for number, name in zip((2, 4), names, strict=True):
        assert run(["replay", "runs.db", "--run", str(number), "--document", "-o", f"again.{form}"]) == 0
        assert (town / f"again.{form}").read_bytes() == (town / name).read_bytes()
    assert run(["replay", "runs.db", "--document", "-o", f"last.{form}"]) == 0
    assert (town / f"last.{form}").read_bytes() == (town / names[-1]).read_bytes()
    assert capsys.readouterr().err == ""


def test_it_tells_since_when_failures_stand(town):
    document("january", "md")
    document("february", "md")
    document("march", "md")
    assert "new: it was not so on 2026-01-31" in (town / "february.md").read_text(encoding="utf-8")
    march = (town / "march.md").read_text(encoding="utf-8")
    assert "open since 2026-02-28, 31 days" in march
    assert "Twice: 200\u00a0SEK" in march
    assert "Prices **rose**" in march


def test_the_run_is_that_of_a_check(town, capsys):
    run(["check", "town.policy", "february", "--record", "checked.db", "--format", "json", "-o", "checked.json"])
    document("february", "html", "documented.db")
    assert run(["replay", "documented.db", "--format", "json", "-o", "replayed.json"]) == 0
    assert (town / "replayed.json").read_bytes() == (town / "checked.json").read_bytes()
    with Record("checked.db") as checked, Record("documented.db") as documented:
        assert documented.run().body == checked.run().body
    capsys.readouterr()
    run(["follow-up", "checked.db"])
    told = capsys.readouterr().out
    run(["follow-up", "documented.db"])
    assert capsys.readouterr().out == told


def test_another_form_of_it(town):
    document("february", "html")
    assert run(["replay", "runs.db", "--document", "-o", "again.md"]) == 0
    document("february", "md", "other.db")
    assert (town / "again.md").read_bytes() == (town / "february.md").read_bytes()


def test_a_scenario(town):
    book = (town / "town.policy").read_text(encoding="utf-8")
    more = 'scenario "Fall":\n  each holding where asset_class = equity: market_value = market_value / 2\n'
    (town / "town.policy").write_text(book + more, encoding="utf-8")
    name = document("february", "md", "runs.db", "--scenario", "Fall")
    assert "In the scenario “Fall”" in (town / name).read_text(encoding="utf-8")
    assert run(["replay", "runs.db", "--document", "-o", "again.md"]) == 0
    assert (town / "again.md").read_bytes() == (town / name).read_bytes()


def test_runs_name_it(town, capsys):
    run(["check", "town.policy", "january", "--record"])
    name = document("february", "pdf")
    capsys.readouterr()
    assert run(["runs", "runs.db"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert (lines[0].split()[-1], lines[1].endswith("Town"), lines[2].endswith("Town      ours, pdf")) == (
        "document", True, True,
    )  # fmt: skip
    assert run(["runs", "runs.db", "--format", "json"]) == 0
    first, second = json.loads(capsys.readouterr().out)["runs"]
    hash = sha256((town / name).read_bytes()).hexdigest()
    assert first["document"] is None
    assert second["document"] == {"template": "ours", "form": "pdf", "sha256": hash, "language": "en"}


def test_what_can_not_be_made_again(town, capsys):
    run(["check", "town.policy", "january", "--record"])
    assert run(["replay", "runs.db", "--document", "-o", "a.pdf"]) == 2
    assert "PD980" in capsys.readouterr().err
    document("february", "md")
    assert run(["replay", "runs.db", "--run", "1", "--document", "-o", "a.md"]) == 2
    assert "runs that have one: 2" in " ".join(capsys.readouterr().err.split())
    assert run(["replay", "runs.db", "--document"]) == 2
    assert "PD408" in capsys.readouterr().err
    assert run(["replay", "runs.db", "--document", "-o", "a.xlsx"]) == 2
    assert "PD887" in capsys.readouterr().err


def test_nothing_is_recorded_where_the_data_are_wrong(town, capsys):
    (town / "march" / "holdings.csv").write_text("instrument\nx\n", encoding="utf-8")
    assert run(["report", "--template", "ours", "town.policy", "march", "-o", "a.md", "--record"]) == 2
    with Record("runs.db") as record:
        assert record.runs() == [] and record.documents() == {}
    assert not (town / "a.md").exists()


def test_audits_see_documents(town, capsys):
    document("february", "md")
    assert run(["audit", "runs.db", "--again"]) == 0
    packed = {}
    with sqlite3.connect("runs.db") as database:
        for hash, content in database.execute("SELECT hash, packed FROM contents"):
            packed[hash] = zlib.decompress(content).decode("ascii")
    with Record("runs.db") as record:
        (body,) = record.documents().values()
    page = dict(body["files"])["page.md"]
    with sqlite3.connect("runs.db") as database:
        database.execute("UPDATE contents SET packed = ? WHERE hash = ?", (zlib.compress(b'"AAAA"'), page))
    capsys.readouterr()
    assert run(["audit", "runs.db"]) == 1
    assert "the file page.md of the template, of entry 2 has been altered" in " ".join(capsys.readouterr().out.split())
    with pytest.raises(RecordError), Record("runs.db") as record:
        record.document()
    with sqlite3.connect("runs.db") as database:
        database.execute("DELETE FROM contents WHERE hash = ?", (page,))
    assert run(["audit", "runs.db"]) == 1
    assert "has been removed" in capsys.readouterr().out


def test_a_version_that_makes_it_otherwise_says_so(town, capsys, monkeypatch):
    name = document("february", "md")
    from policydsl.records import documenting

    made = documenting.filled_in
    monkeypatch.setattr(documenting, "filled_in", lambda *given: made(*given) + "\n")
    capsys.readouterr()
    assert run(["replay", "runs.db", "--document", "-o", "again.md"]) == 1
    assert "PD981" in capsys.readouterr().err
    assert (town / "again.md").read_text("utf-8") == (town / name).read_text("utf-8") + "\n"
    assert run(["audit", "runs.db", "--again"]) == 1
    assert "comes out otherwise" in " ".join(capsys.readouterr().out.split())


def test_a_mapping_and_named_files(town):
    (town / "owned.csv").write_text(
        (town / "february" / "holdings.csv").read_text(encoding="utf-8").replace("issuer", "Emittent"), encoding="utf-8"
    )
    (town / "m.toml").write_text('[holdings.columns]\n"Emittent" = "issuer"\n', encoding="utf-8")
    command = ["report", "--template", "ours", "town.policy", "holdings=owned.csv", "--map", "m.toml", "-o", "a.md"]
    assert run([*command, "--record"]) == 0
    without = ["report", "--template", "ours", "town.policy", "holdings=owned.csv", "--map", "m.toml", "-o", "b.md"]
    assert run(without) == 0
    assert run(["replay", "runs.db", "--document", "-o", "c.md"]) == 0
    assert (town / "a.md").read_bytes() == (town / "c.md").read_bytes()


def test_the_finance_report_of_ornskoldsvik(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    record, first, again = (str(tmp_path / name) for name in ("runs.db", "a.html", "b.html"))
    words = ["rulebooks/ornskoldsvik", "examples/ornskoldsvik/ordnat", "-o", first, "--record", record]
    assert run(["report", "--template", "finansrapport", *words]) == 0
    assert run(["replay", record, "--document", "-o", again]) == 0
    assert Path(first).read_bytes() == Path(again).read_bytes()
