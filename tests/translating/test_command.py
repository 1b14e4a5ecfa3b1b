"""`policydsl translate` on the command line."""

from pathlib import Path

import pytest

from policydsl.cli import run, translating

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "own.policy"
    path.write_text("rule a: sum <= 5%\n", encoding="utf-8")
    return path


def test_a_file_is_printed(file, capsys):
    assert run(["translate", str(file), "--to", "da"]) == 0
    assert capsys.readouterr().out == "# sprog: da\nregel a: sum <= 5 %\n"


def test_a_file_is_saved(file, tmp_path):
    assert run(["translate", str(file), "--to", "sv", "-o", str(tmp_path / "sv.policy")]) == 0
    assert (tmp_path / "sv.policy").read_text(encoding="utf-8") == "# språk: sv\nregel a: summa <= 5 %\n"


def test_a_folder_of_several_files_needs_a_folder(capsys):
    assert run(["translate", str(ROOT / "rulebooks" / "borlange"), "--to", "sv"]) == 2
    assert "PD651" in capsys.readouterr().err


def test_nothing_is_overwritten(file, capsys):
    for output in (file, file.parent):
        whole = file if output is file else file.parent
        assert run(["translate", str(whole), "--to", "sv", "-o", str(output)]) == 2
        assert "PD653" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == "rule a: sum <= 5%\n"


def test_what_does_not_parse_is_told(file, capsys):
    file.write_text("rule a: sum\n", encoding="utf-8")
    assert run(["translate", str(file), "--to", "sv"]) == 2
    assert "PD120" in capsys.readouterr().err


def test_what_is_not_there_is_told(tmp_path, capsys):
    assert run(["translate", str(tmp_path / "none.policy"), "--to", "sv"]) == 2
    assert "PD296" in capsys.readouterr().err


def test_a_language_that_is_not_there_is_told(file, capsys):
    assert run(["translate", str(file), "--to", "se"]) == 2
    assert "PD409" in capsys.readouterr().err


def test_a_translation_that_says_something_else_is_not_printed(file, capsys, monkeypatch):
    monkeypatch.setattr(translating, "translated", lambda *_: "# språk: sv\nregel a: summa <= 6 %\n")
    assert run(["translate", str(file), "--to", "sv"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "PD652" in printed.err


VALUES = """\
# sprog: da
regelbog "R"
  valuta DKK
  grundlag gæld

tabel lån, hvert lån
  nummer  tekst, nøgle, også "Nr"
  gæld_i  penge i DKK
  rente   andel i %
  løbetid tid i måneder

definér gæld = sum gæld_i af lån

test "værdier"
  givet lån
    | Nr    | gæld_i     | rente | løbetid    |
    | 3,3   | 5 mio. kr. | 2,5 % | 11 måneder |
    | 3 kr  | 50 kr      | 2,5   | 3 år       |
    | 1 dag | 3 mkr      | 1 %   | 1 måned    |
  forvent gæld ved 8 000 050 kr
"""


def test_values_in_rows_are_in_the_words_of_the_language(tmp_path, capsys):
    path = tmp_path / "own.policy"
    path.write_text(VALUES, encoding="utf-8")
    assert run(["test", str(path)]) == 0
    for language, rows in {
        "sv": ("| 3,3   | 5 MDKK | 2,5 % | 11 månader |", "| 3 kr  | 50 DKK | 2,5   | 3 år       |"),
        "en": ("| 3,3   | 5 MDKK | 2.5%  | 11 months |", "| 3 kr  | 50 DKK | 2.5   | 3y        |"),
        "da": ("| 3,3   | 5 MDKK | 2,5 % | 11 måneder |", "| 3 kr  | 50 DKK | 2,5   | 3 år       |"),
    }.items():
        again = tmp_path / f"{language}.policy"
        capsys.readouterr()
        assert run(["translate", str(path), "--to", language, "-o", str(again)]) == 0
        assert all(row in again.read_text(encoding="utf-8") for row in rows)
        assert run(["test", str(again)]) == 0
        path = again


@pytest.mark.parametrize("asked", [("--lang", "sv"), ("--lang=sv",)])
def test_the_language_may_be_asked_for_before_a_command_and_behind_it(asked, capsys):
    for words in ((*asked, "explain", "PD201"), ("explain", "PD201", *asked), ("explain", *asked, "PD201")):
        assert run(list(words)) == 0
        assert "varken en enhet" in capsys.readouterr().out
    assert run(["explain", "PD201", "--lang"]) == 2
    assert "PD401" in capsys.readouterr().err
    assert run(["explain", "--", "PD201", *asked]) == 2
