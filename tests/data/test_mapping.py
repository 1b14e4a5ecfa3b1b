"""Mappings from somebody's words to a rulebook's: proposed, written, read and used."""

import re
import tomllib

import pytest

import policydsl
from policydsl import catalogue
from policydsl.cli import run
from policydsl.data.mapping_file import read_mapping
from policydsl.inputs.read import find_tables
from policydsl.reports.proposed_mapping import proposed

BOOK = """\
rulebook "Example"
  currency SEK
  base portfolio
table holdings, each holding
  instrument    text, key
  issuer_type   one of state, municipality, bank
  market_value  money in SEK
  due           date, also "Förfall"
define portfolio = sum market_value of holdings
rule states: sum market_value of holdings where issuer_type = state >= 90 MSEK
"""
DATA = """\
Instrument;Issuer type;Marketvalue;Market value (tkr);Förfall;Konto
bond;State;x;100 000,0;2030-01-31;7
note;stat;x;20 000 KSEK;2030-01-31;8
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "book.policy").write_text(BOOK, encoding="utf-8")
    (tmp_path / "innehav.csv").write_text(DATA, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told_of(text, folder):
    book = policydsl.load("book.policy")
    data = text if isinstance(text, bytes) else text.encode()
    _, told = read_mapping(data, "m.toml", [book.model])
    return [(one.code, one.where.row) for one in told]


def test_what_is_proposed_says_of_every_heading_what_becomes_of_it(folder):
    sheets, _, _ = find_tables([folder / "innehav.csv"])
    text = proposed(sheets, policydsl.load("book.policy").model, "en")
    assert text.splitlines()[1:] == [
        "",
        "[holdings]",
        'from = "innehav"',
        "",
        "[holdings.columns]",
        '# "Instrument" needs no mapping: it is instrument',
        '"Issuer type" = "issuer_type"',
        '# not mapped: "Marketvalue"',
        '"Market value (tkr)" = { column = "market_value", unit = "KSEK" }',
        '# "Förfall" needs no mapping: it is due',
        '# not mapped: "Konto"',
        "",
        "[holdings.labels.issuer_type]",
        "# its words: state, municipality, bank",
        '# "stat" = "state"  # nearest: if it is right, take the first # away',
    ]
    tomllib.loads(text)


TERMS = """\
rulebook "Terms"
table loans, each loan
  loan  text, key
  left  term in years, also "Löptid"
  notice term in days, also "Uppsägning"
"""


@pytest.mark.parametrize(
    ("language", "months", "weeks"), [("en", "months", "weeks"), ("sv", "månader", "veckor"), ("da", "måneder", "uger")]
)
def test_terms_are_proposed_in_the_language_and_read_so(language, months, weeks, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "book.policy").write_text(TERMS, encoding="utf-8")
    (tmp_path / "loans.csv").write_text("loan;Löptid mån;Uppsägning (veckor)\nA;18;2\n", encoding="utf-8")
    assert run(["--lang", language, "map", "loans.csv", "book.policy", "-o", "m.toml"]) == 0
    written = tomllib.loads((tmp_path / "m.toml").read_text(encoding="utf-8"))
    assert written["loans"]["columns"] == {
        "Löptid mån": {"column": "left", "unit": months}, "Uppsägning (veckor)": {"column": "notice", "unit": weeks},
    }  # fmt: skip
    assert run(["check", "book.policy", "loans.csv", "--map", "m.toml", "--as-of", "2024-01-01"]) == 3
    assert "error" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "in `years`: its plain numbers are read in `months`"), ("sv", "i `år`: dess rena tal läses i `månader`")],
)
def test_units_of_headings_are_told_in_the_language(language, told, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "book.policy").write_text(TERMS.replace('"Löptid"', '"Löptid mån"'), encoding="utf-8")
    (tmp_path / "loans.csv").write_text("loan;Löptid mån;Uppsägning\nA;18;2\n", encoding="utf-8")
    run(["--lang", language, "check", "book.policy", "loans.csv", "--as-of", "2024-01-01"])
    assert told in " ".join(capsys.readouterr().out.split())


def test_what_it_writes_check_reads(folder, capsys):
    assert run(["map", "innehav.csv", "book.policy", "-o", "m.toml"]) == 0
    assert run(["check", "book.policy", "innehav.csv", "--map", "m.toml", "--as-of", "2024-01-01"]) == 2
    assert "PD326" in capsys.readouterr().err  # `stat` is left to a person
    text = (folder / "m.toml").read_text(encoding="utf-8")
    (folder / "m.toml").write_text(text.replace('# "stat"', '"stat"'), encoding="utf-8")
    assert run(["check", "book.policy", "innehav.csv", "--map", "m.toml", "--as-of", "2024-01-01"]) == 0
    assert "120" in capsys.readouterr().out  # of 100 000 tkr and 20 000 KSEK


def test_it_does_not_write_over_what_it_reads(folder, capsys):
    assert run(["map", "innehav.csv", "book.policy", "-o", "innehav.csv"]) == 2
    assert "PD412" in capsys.readouterr().err
    (folder / "m.toml").write_text("", encoding="utf-8")
    assert run(["check", "book.policy", "innehav.csv", "--map", "m.toml", "-o", "m.toml"]) == 2


def test_near_headings_wait_for_a_person(folder):
    (folder / "holdings.csv").write_text('Instrumnt,"odd ""x"" # (%)"\nbond,1\n', encoding="utf-8")
    sheets, _, _ = find_tables([folder / "holdings.csv"])
    text = proposed(sheets, policydsl.load("book.policy").model, "sv")
    assert '# "Instrumnt" = "instrument"  # närmast: om det är rätt, ta bort det första #' in text
    assert '# inte med: "odd \\"x\\" # (%)"' in text
    assert "# saknas: market_value, som behövs" in text
    assert tomllib.loads(text) == {"holdings": {"columns": {}}}


def test_strange_tables_are_said(folder):
    (folder / "x.csv").write_text("q,w\n1,2\n", encoding="utf-8")
    sheets, _, _ = find_tables([folder / "x.csv"])
    assert '# "x" is not mapped' in proposed(sheets, policydsl.load("book.policy").model, "en")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[holdings", [("PD813", None)]),
        ('[lån]\nfrom = "a"\n', [("PD813", None)]),
        (b"\xff", [("PD813", None)]),
        ("\nholding = 1\n", [("PD814", 2)]),
        ("holdings = 1\n", [("PD813", 1)]),
        ("[holdings]\nfrom = 1\n", [("PD813", 2)]),
        ("[holdings]\ncolumn = 1\n", [("PD814", 2)]),
        ("[holdings]\ncolumns = 1\n", [("PD813", 2)]),
        ('[holdings.columns]\n"a" = 1\n', [("PD813", 2)]),
        ('[holdings.columns]\n"a" = { unit = "SEK" }\n', [("PD813", 2)]),
        ('[holdings.columns]\n"a" = "due"\n"b" = "instrment"\n', [("PD814", 3)]),
        ('[holdings.columns]\n"a" = { column = "market_value", unit = "EUR" }\n', [("PD814", 2)]),
        ('[holdings.columns]\n"a" = { column = "due", unit = "SEK" }\n', [("PD814", 2)]),
        ('[holdings.columns]\n"a (tkr)" = "market_value"\n', [("PD815", 2)]),
        ('[holdings.columns]\n"a (SEK)" = "market_value"\n', []),
        ('[holdings.columns]\n"a (day)" = "due"\n', []),
        ('[holdings.labels.due]\n"a" = "b"\n', [("PD813", 1)]),
        ('[holdings.labels.issuer_typ]\n"a" = "b"\n', [("PD814", 1)]),
        ('[holdings.labels.issuer_type]\n"a" = "bank"\n"b" = "banc"\n', [("PD814", 3)]),
    ],
)
def test_every_fault_is_told_with_its_line(folder, text, told):
    assert told_of(text, folder) == told


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[holdings]\nfrom = "inehav"\n', "PD814"),
        ('[holdings]\nfrom = "innehav"\n[holdings.columns]\n"Kontot" = "due"\n', "PD814"),
        ('[holdings]\nfrom = "innehav"\n[holdings.columns]\n"Konto" = "due"\n"Instrument" = "due"\n', "PD353"),
    ],
)
def test_what_the_data_has_not_is_told(folder, capsys, text, code):
    (folder / "m.toml").write_text(text, encoding="utf-8")
    assert run(["check", "book.policy", "innehav.csv", "--map", "m.toml"]) == 2
    assert f"{code}" in capsys.readouterr().err


def test_a_mapping_that_is_not_there_is_told(folder, capsys):
    assert run(["check", "book.policy", "innehav.csv", "--map", "n.toml"]) == 2
    assert "PD304" in capsys.readouterr().err


@pytest.mark.parametrize("code", ["PD813", "PD814", "PD815"])
def test_the_examples_of_its_pages(folder, code):
    wrong, right = re.findall(r"```toml\n(.*?)```", catalogue.page(code).text, re.DOTALL)
    assert [found for found, _ in told_of(wrong, folder)] == [code]
    assert told_of(right, folder) == []


@pytest.mark.parametrize(
    ("headings", "column", "words"),
    [
        ("Datum;Värdepapper;Valuta;Kursvärde", "date", "Datum"),
        ("Dato;Papir;Udsteder;Kursværdi;Udløb", "market_value", "Kursværdi"),
        ("Värdepapper;Emittent;Tillgångsslag", "asset_class", "Tillgångsslag"),
        ("Papir;Rating S&P;Udsteder", "rating_sp", "Rating S&P"),
        ("Papir;Udsteder;Udløb", "maturity", "Udløb"),
        ("Dato;Papir;Kursværdi;Pr. dato", "date", "Dato"),
    ],
)
def test_usual_headings_are_proposed_and_left_to_a_person(tmp_path, headings, column, words):
    (tmp_path / "r.policy").write_text('rulebook "R"\n  use standard/holdings\n  currency SEK\n', encoding="utf-8")
    (tmp_path / "bank.csv").write_text(headings + "\n" + ";".join("x" for _ in headings.split(";")) + "\n", "utf-8")
    sheets, _, _ = find_tables([tmp_path / "bank.csv"])
    text = proposed(sheets, policydsl.load(tmp_path / "r.policy").model, "en")
    assert f'# "{words}" = "{column}"  # nearest' in text
    assert tomllib.loads(text)["holdings"]["columns"] == {}


def test_a_usual_heading_is_near_nothing_else(tmp_path):
    (tmp_path / "r.policy").write_text('rulebook "R"\n  use standard/holdings\n  currency SEK\n', encoding="utf-8")
    (tmp_path / "holdings.csv").write_text("Motpart;Kupong;Nominellt belopp\nx;1;2\n", encoding="utf-8")
    sheets, _, _ = find_tables([tmp_path / "holdings.csv"])
    text = proposed(sheets, policydsl.load(tmp_path / "r.policy").model, "en")
    assert all(f'# not mapped: "{each}"' in text for each in ("Motpart", "Kupong", "Nominellt belopp"))


def test_the_standard_table_has_the_headings_that_mean_one_thing():
    holdings = policydsl.load("rulebooks/borlange").model.tables["holdings"]
    also = {column.name: column.also for column in holdings.columns}
    assert "Emittent" in also["issuer"] and "Udsteder" in also["issuer"]
    assert "Förfallodag" in also["maturity"] and "Forfaldsdato" in also["maturity"]
    assert also["currency"] == (), "a column `Valuta` that nobody vouches for stops the run where it names another"


@pytest.mark.parametrize(
    ("cell", "unit"), [("95 mkr", "SEK"), ("95,0 mkr", "MSEK"), ("95 mio. kr.", "KSEK"), ("95 000 tkr", "SEK")]
)
def test_a_mapping_says_whose_crowns_they_are(folder, capsys, cell, unit):
    (folder / "holdings.csv").write_text(f"instrument;issuer_type;market_value;due\na;state;{cell};2030-01-31\n")
    assert run(["check", "book.policy", "holdings.csv"]) == 2
    assert "PD323" in capsys.readouterr().err
    (folder / "m.toml").write_text(
        f'[holdings.columns]\nmarket_value = {{ column = "market_value", unit = "{unit}" }}\n'
    )
    assert run(["check", "book.policy", "holdings.csv", "--map", "m.toml", "--as-of", "2026-01-01"]) == 0
    assert "95\u00a0000\u00a0000\u00a0SEK" in capsys.readouterr().out
