"""Messages on the command line, in the language of the rulebook or in the one asked for."""

import re

import pytest
from catalogue.test_pages import POLICY, said, snippet

from policydsl._resources import languages
from policydsl.boards.refusal import TOO_MANY_CELLS
from policydsl.catalogue import page, say, telling
from policydsl.catalogue.languages import phrase
from policydsl.cli import run

from .saying import ROOT, finished, refused, sentences

OTHERS = [code for code in languages() if code != "en"]
QUOTED = re.compile(r"`[^`]*`|\"[^\"]*\"|“[^”]*”")
ONLY_ENGLISH = re.compile(r"\b(the|its|is|are|which|that|with|has|not|from|until|there|of|and|or)\b")
REASONS = [
    *sorted(each for each in (ROOT / "inputs").glob("*.py") if each.name != "frames.py"),
    *sorted((ROOT / "inputs" / "databases").glob("*.py")),
    *sorted((ROOT / "inputs" / "tpt").glob("*.py")),
    *sorted((ROOT / "inputs" / "semt").glob("*.py")),
    *sorted((ROOT / "data").glob("*.py")),
    *(ROOT / "verdicts" / f"{name}.py" for name in ("reasons", "obligations", "duties", "attests", "registered")),
    *(ROOT / "records" / f"{name}.py" for name in ("on_sqlite", "on_postgres", "deciding")),
    ROOT / "cli" / "output.py",
    ROOT / "cli" / "usage.py",
]
ENGLISH = re.compile(r"\b(the|is|are|an|of|it|which|that|with|to|has|not|and|or|from|until|there|by|for)\b")


def run_swedish(text, tmp_path, *options):
    path = tmp_path / "book.policy"
    path.write_text(text, encoding="utf-8")
    return run([*options, "plan", str(path)])


def unfolded(capsys):
    """What was written to stderr, without the folding of its lines."""
    return " ".join(capsys.readouterr().err.split())


WRONG = '# språk: sv\nregelbok "R"\n  använd standard/holdings\nregel x: summa marketvalue av holdings <= 5 SEK\n'


def test_messages_are_in_the_language_of_the_rulebook(tmp_path, capsys):
    assert run_swedish(WRONG, tmp_path) == 2
    told = unfolded(capsys)
    assert "fel PD200: `marketvalue` är inte en kolumn i holdings eller en etikett: menade du `market_value`?" in told
    assert "1 fel; `policydsl --lang sv explain PD200` säger mer" in told


def test_another_language_may_be_asked_for(tmp_path, capsys):
    assert run_swedish(WRONG, tmp_path, "--lang", "en") == 2
    assert "error PD200: `marketvalue` is not a column of holdings or a label" in unfolded(capsys)
    assert run_swedish(WRONG, tmp_path, "--lang", "da") == 2
    assert "fejl PD200: `marketvalue` er ikke en kolonne i holdings eller en etiket" in unfolded(capsys)


def test_what_can_not_be_read_is_told_in_its_language(tmp_path, capsys):
    assert run_swedish("# språk: sv\nregel x: summa <= \n", tmp_path) == 2
    assert "något saknas efter `<=`" in unfolded(capsys)


def test_misspelt_keyword_is_led_to_the_one_of_its_language(tmp_path, capsys):
    assert run_swedish('# språk: sv\nregelbok "R"\nregell x: summa <= 5 SEK\n', tmp_path) == 2
    told = unfolded(capsys)
    assert "`regell` är ingen deklaration" in told
    assert "tips: menade du `regel`?" in told


def test_cells_that_are_wrong_are_told_in_the_language_of_the_rulebook(tmp_path, capsys):
    columns = "tabell lån, varje lånet\n  lån text, nyckel\n  belopp pengar i SEK\n  förfaller datum\n  säkrad ja/nej\n"
    (tmp_path / "book.policy").write_text(f'# språk: sv\nregelbok "R"\n{columns}', encoding="utf-8")
    (tmp_path / "lån.csv").write_text("lån;belopp;förfaller;säkrad\nA;60 mkr;1/5/2025;x\n", encoding="utf-8")
    assert run(["check", str(tmp_path / "book.policy"), str(tmp_path / "lån.csv")]) == 2
    told = unfolded(capsys)
    assert "PD323: `60 mkr` är i `mkr`" in told
    assert "tips: i data skrivs en valuta ut, som i `20 MSEK`" in told
    assert "fel PD324: `1/5/2025`" in told
    assert "fel PD325: `x`" in told


@pytest.mark.parametrize("language", OTHERS)
def test_what_fills_the_blanks_is_told_too(language):
    """Of the messages about all wrong examples of the catalogue."""
    left = set()
    for code in POLICY:
        for one in said(snippet(code, "wrong"), code):
            plain = QUOTED.sub("", page(code).sentence)
            fillings = [value for name, value in one.blanks if f"{{{name}}}" in plain]
            for text in (*fillings, *one.hints, *(label.text for label in one.labels)):
                told = phrase(language, text)
                if ENGLISH.search(QUOTED.sub("", text)) and (told == text or ONLY_ENGLISH.search(QUOTED.sub("", told))):
                    left.add(f"{one.code}: {text}")
    assert sorted(left) == []


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("module", REASONS, ids=lambda module: module.name)
def test_reasons_and_hints_of_the_source_are_told(module, language):
    """What is written out where cells are read, data are fitted and verdicts are given their reasons."""
    texts = {
        text for text in finished(module) if ENGLISH.search(QUOTED.sub("", text)) and len(text.split()) > 4
    } - sentences()
    assert sorted(text for text in texts if phrase(language, text) == text) == []


@pytest.mark.parametrize("language", OTHERS)
def test_why_boards_leave_something_to_the_judge_is_told(language):
    texts = refused() | {TOO_MANY_CELLS, "something is not known of its rows"}
    assert len(texts) > 40
    assert sorted(text for text in texts if phrase(language, text) == text) == []


def test_a_single_word_of_ours_is_told_and_a_name_is_not():
    days = say("PD860", None, first="day", last="month", cell="31-12-2009")
    assert "dagen först, sedan månaden" in telling.told(days, "sv").message
    assert "dagen først, så måneden" in telling.told(days, "da").message
    total = say("PD863", None, name="Summa", column="more", difference="10", which="more")
    assert "har 10 mer av `more`" in telling.told(total, "sv").message
    twice = say("PD353", None, first="day", second="Day", column="date")
    assert "`day` och `Day`" in telling.told(twice, "sv").message


def test_tests_are_told_in_the_language_of_the_rulebook(tmp_path, capsys):
    path = tmp_path / "book.policy"
    path.write_text(
        '# språk: sv\nregelbok "R"\n  valuta SEK\n  använd standard/holdings\n  bas a\n'
        "definiera a = summa market_value av holdings\nregel x: andel där duration > 7 år <= 12,5 %\n"
        'test "fel"\n  per den 2015-01-31\n  givet holdings\n    | duration | market_value |\n    | 8 år | 1 SEK |\n'
        "    | 1 år | 7 SEK |\n  förvänta x överträdelse\n  förvänta x vid 13,5 %\n".replace("x vid", "x uppfylld vid"),
        encoding="utf-8",
    )
    assert run(["test", str(path)]) == 1
    told = " ".join(capsys.readouterr().out.replace("\u00a0", " ").split())
    assert told.startswith("UNDERKÄNT fel")
    assert "x är uppfyllt, inte överträdelse" in told
    assert "x är vid 12,5 %, inte vid 13,5 %" in told
    assert told.endswith("1 test, 1 underkänt")


def test_command_lines_are_told_in_the_language_of_the_rulebook_that_they_name(tmp_path, capsys):
    (tmp_path / "book.policy").write_text('# språk: sv\nregelbok "R"\n', encoding="utf-8")
    assert run(["check", str(tmp_path / "book.policy"), "data", "--as-of", "1/2/2015"]) == 2
    assert "PD403: `1/2/2015` efter `--as-of` är inget datum" in unfolded(capsys)
    assert run(["--lang=da", "chek"]) == 2
    assert "PD402: der er ingen kommando, der hedder `chek`" in unfolded(capsys)


@pytest.mark.parametrize(
    ("arguments", "swedish"),
    [
        (["plan", "BOOK"], ("R: 1 kontroll, 1 mätning", "Tabell holdings, läses en gång", "Steg 1: 1 mätning")),
        (["rules", "BOOK"], ("R: 1 regel eller gräns", "summa market_value av holdings <= 5 SEK")),
        (["history", "x", "BOOK"], ("alltid", "beslutat av Fullmäktige den 2015-05-12")),
        (["history", "tak", "BOOK"], ("tak, en andel", "alltid: 12,5 %")),
        (["test", "BOOK", "--coverage"], ("testet är godkänt", "x visas följas aldrig brista")),
        (["items", "REGISTER", "BOOK"], ("2 punkter: 1 genomförda, 1 saknas", "ingen `punkt` nämner den")),
        (["compare", "BOOK", "BOOK", "holdings.csv"], ("R i stället för R: 1 oförändrade",)),
    ],
)  # fmt: skip
def test_what_commands_print_is_in_the_language_of_the_rulebook(arguments, swedish, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "book.policy").write_text(
        '# språk: sv\nregelbok "R"\n  antagen av "Fullmäktige" den 2015-05-12\n  använd standard/holdings\n  bas a\n'
        "definiera a = summa market_value av holdings\nparameter tak: 12,5 %\n"
        'regel x: summa <= 5 SEK\n  punkt "A"\n'
        'test "t"\n  per den 2015-01-31\n  givet holdings\n    | market_value |\n    | 1 SEK |\n'
        "  förvänta x uppfylld\n",
        encoding="utf-8",
    )
    (tmp_path / "register.csv").write_text("id\nA\nB\n", encoding="utf-8")
    (tmp_path / "holdings.csv").write_text("date,instrument,market_value\n2015-01-31,a,1\n", encoding="utf-8")
    run([{"BOOK": "book.policy", "REGISTER": "register.csv"}.get(one, one) for one in arguments])
    told = " ".join(capsys.readouterr().out.replace("\u00a0", " ").split())
    for part in swedish:
        assert part in told


def test_pages_have_their_sentence_and_headings_in_the_language_asked_for(capsys):
    assert run(["--lang", "sv", "explain", "PD204"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("# PD204\n\n> `{name}` är deklarerat två gånger")
    assert "\nFel:\n" in told
    assert "\nRätt:\n" in told
