"""What commands print about a Danish rulebook in Swedish and in Danish: no word of it is English.

Names of tables and columns that the rulebook shares with others are English in every language; quoted text, rule text
between backticks and the markup of files is no prose.
"""

import html
import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from attrs import evolve

import policydsl
from policydsl._resources import languages
from policydsl.cli import run
from policydsl.reports.template import template

ROOT = Path(__file__).resolve().parents[2]
OTHERS = [code for code in languages() if code != "en"]
BOOK, DATA = "rulebooks/midtjylland", "examples/midtjylland/2009-12-31"
NAMES = {"attest", "answer", "duty", "deliveries", "attestations", "contents", "person", "period", "entity", "comment"}
WORDS = """
the its are is which that with has have not from until there of and or it be was were been this these those than each
every only rows file files sheet column columns rulebook limit limits values year years month months days yes unknown
missing needed page amount share shares breach breaches pass passes waived kept failed undetermined because since what
when where who how tables figures holdings loans largest smallest average count found should must cannot nothing
something less before after between above below into within without then else other same still deviations warnings
notes applicable duties answered delivered given wrong told says shows writes reads prints uses points groups unrated
error errors judged meaning points nobody missing
"""
ENGLISH = re.compile(rf"(?<![\w`/.#=-])({'|'.join(set(WORDS.split()) - NAMES)})(?![\w`/#=-])(?!\.\w)", re.IGNORECASE)
NO_PROSE = re.compile(r"`[^`\n]*`|\"[^\"\n]*\"|“[^”\n]*”|”[^”\n]*”|--[a-z-]+|\[[^\]\n]*\]")
NO_ENGLISH = {"da": {"is"}, "sv": set()}


def english(text, language):
    """The words of a text that are English, each with the line that it stands in."""
    lines = (NO_PROSE.sub("", line) for line in text.splitlines())
    found = {word.casefold(): line for line in lines for word in ENGLISH.findall(line)}
    return {word: line for word, line in found.items() if word not in NO_ENGLISH[language]}


@pytest.fixture(scope="module", params=OTHERS)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def report(language):
    book = policydsl.load(ROOT / BOOK)
    told = evolve(book, model=evolve(book.model, told_in=language))
    reports, _ = policydsl.api.check_files_by_all([told], [ROOT / DATA])
    return reports.reports[0]


def test_words_are_found():
    assert set(english("der er nothing i `the file`", "da")) == {"nothing"}
    assert english("aftale the-1, where_x, `the`, “the”", "da") == {}


@pytest.mark.parametrize("form", ["text", "markdown", "html", "ics"])
def test_reports(report, language, form):
    text = report.to_text() if form == "text" else report.to(form)
    if form == "html":
        text = html.unescape(re.sub(r"<[^>]*>", "\n", re.sub(r"<style.*?</style>", "", text, flags=re.DOTALL)))
    assert english(text.replace("\r\n ", ""), language) == {}


def test_spreadsheets(report, language):
    assert english(cells(report.to("xlsx")), language) == {}


def test_workbooks_to_fill_in(report, language):
    book = policydsl.load(ROOT / BOOK)
    assert english(cells(template(book.model, language)), language) == {}


def cells(workbook):
    book = openpyxl.load_workbook(BytesIO(workbook))
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "s"]
    return "\n".join([*book.sheetnames, *texts])


TRADES = "papir,markedsværdi\nStat 2010 R0,50000000\nRealkredit 2011 R1,-1000000\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["plan", BOOK], ["rules", BOOK], ["map", DATA, BOOK], ["compare", BOOK, BOOK, DATA],
        ["what-if", BOOK, DATA, "--trades", "TRADES"], ["report", "--templates"],
        ["report", "--template", "board", BOOK, DATA, "-o", "REPORT"], ["items", "REGISTER", BOOK],
    ],
    ids=" ".join,
)  # fmt: skip
def test_commands(arguments, language, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    places = {"TRADES": tmp_path / "trades.csv", "REGISTER": tmp_path / "register.csv", "REPORT": tmp_path / "r.md"}
    places["TRADES"].write_text(TRADES, encoding="utf-8")
    places["REGISTER"].write_text("id\n3.1\n3.2\n", encoding="utf-8")
    run(["--lang", language, *(str(places.get(one, one)) for one in arguments)])
    text = "\n".join(capsys.readouterr())
    text += places["REPORT"].read_text(encoding="utf-8") if places["REPORT"].exists() else ""
    assert text.strip()
    assert english(text, language) == {}


def test_records(language, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    record, trades = str(tmp_path / "runs.db"), tmp_path / "trades.csv"
    trades.write_text(TRADES, encoding="utf-8")
    for day in ("2009-06-30", "2009-12-31"):
        run(["--lang", language, "check", BOOK, f"examples/midtjylland/{day}", "--record", record])
    for words in (
        ["runs"], ["follow-up"], ["trend", "--every"], ["audit"], ["cause", "--trades", str(trades)],
        ["reclassify", "3-lov", "--as", "passive", "--by", "E", "--because", "F"], ["follow-up"],
    ):  # fmt: skip
        run(["--lang", language, words[0], record, *words[1:]])
    assert english("\n".join(capsys.readouterr()), language) == {}
