"""The header, and from which files a rulebook is made."""

from datetime import date

import pytest

from policydsl.diagnostics import DataPlace
from policydsl.model.check import check
from policydsl.model.loading import load_files
from policydsl.source import Source
from policydsl.syntax import parse

from .writing import HEADER, HOLDINGS, checked, codes, diagnosed, message

# ---------------------------------------------------------------- the header


def test_header_says_what_the_rulebook_is():
    found = checked("""\
rulebook "Borlänge kommun - pensionsmedel"
  version "2015-05-12"
  adopted by "Kommunfullmäktige" on 2015-05-12
  currency SEK
  source "ärende 3"
""")
    assert (found.title, found.version) == ("Borlänge kommun - pensionsmedel", "2015-05-12")
    assert (found.adopted_by, found.adopted_on) == ("Kommunfullmäktige", date(2015, 5, 12))
    assert (found.currency, found.remarks.sources) == ("SEK", ("ärende 3",))


def test_one_header_in_all_files():
    second = 'rulebook "Again"\n'
    rulebook, told = diagnosed(HEADER, HOLDINGS, second)
    assert rulebook is None
    assert [one.code for one in told] == ["PD290"]
    assert "Again" in told[0].message
    assert told[0].where.path == "3.policy"
    assert told[0].labels[0].span.path == "1.policy"


def test_header_may_stand_in_any_file():
    rulebook, told = diagnosed(HOLDINGS, "rule x: share where real_rate >= 5%\n", HEADER)
    assert told == []
    assert rulebook is not None


def test_without_a_header():
    rulebook, told = diagnosed(HOLDINGS)
    assert rulebook is None
    assert [one.code for one in told] == ["PD291"]
    assert "`1.policy`" in told[0].message


def test_broken_header_is_not_told_as_missing():
    rulebook, told = diagnosed('rulebook "Example" currency\n', HOLDINGS)
    assert rulebook is None
    assert "PD291" not in [one.code for one in told]
    assert len(told) == 1


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing but a comment\n"])
def test_file_without_declarations_beside_others(text):
    rulebook, told = diagnosed(HEADER, HOLDINGS, text)
    assert told == []
    assert rulebook is not None


def test_base_is_a_defined_sum():
    assert "`portfolio`" in message(
        'rulebook "Example"\n  base portfolo\ndefine portfolio = sum market_value of holdings\n', "PD200"
    )
    text = 'rulebook "Example"\n  base b\ndefine b = '
    assert "a term" in message(text + "average duration of holdings\n", "PD293")
    assert "a set of rows" in message(text + "holdings where real_rate\n", "PD293")
    message(text + "(sum market_value of holdings) / 2\n", "PD293")
    message('rulebook "Example"\n  base holdings\n', "PD200")


def test_base_is_in_the_rulebooks_currency():
    told = message(HEADER.replace("SEK", "DKK"), "PD294")
    assert "DKK" in told and "money in SEK" in told


def test_broken_base_is_told_once():
    text = 'rulebook "Example"\n  base b\ndefine b = sum market_valu of holdings\n'
    assert codes(text + "rule x: portfolio >= 5 SEK\n") == ["PD200", "PD200"]
    assert codes(text) == ["PD200"]


def test_everything_wrong_with_a_header_is_told():
    assert sorted(codes('rulebook "Example"\n  currency SEC\n  base b\n')) == ["PD200", "PD201"]


def test_worlds_of_the_header_are_told_once():
    text = HEADER.replace("  base", "  within each currenc\n  base")
    told = message(text + "rule x: share where real_rate >= 5%\nrule y: share where real_rate <= 50%\n", "PD200")
    assert "did you mean `currency`?" in told


def test_worlds_of_the_header_leave_rules_about_no_rows_alone():
    checked('rulebook "Example"\n  within each currency\nparameter p: 11y\nrule x: p <= 12y\n')


def test_figure_without_of_needs_a_base():
    told = message('rulebook "Example"\nrule x: sum where real_rate <= 5 MSEK\n', "PD239")
    assert "`base`" in told


def test_calendar_is_one_of_those_that_are_known():
    assert "did you mean `Sweden`?" in message('rulebook "Example"\n  calendar Swedn\n', "PD200")


# ---------------------------------------------------------------- hashes


def hashes(*texts: str) -> tuple[str, str]:
    rulebook, _ = diagnosed(HEADER, HOLDINGS, *texts)
    assert rulebook is not None
    return rulebook.text_hash, rulebook.meaning_hash


RULE = "rule x: share where real_rate >= 55%\n"


def test_text_and_meaning_have_hashes_of_their_own():
    plain = hashes(RULE)
    assert hashes(RULE) == plain
    for same in (
        "# a comment\n" + RULE,
        RULE.replace(":", ":\n   "),
        RULE.replace("55%", "55 %"),
        RULE.replace(">=", "at least"),
    ):
        assert hashes(same)[0] != plain[0]
        assert hashes(same)[1] == plain[1]
    other = hashes(RULE.replace("55%", "56%"))
    assert other[0] != plain[0]
    assert other[1] != plain[1]


def test_order_of_the_files_is_no_part_of_the_rulebook():
    texts = {"a.policy": HEADER, "b.policy": HOLDINGS, "c.policy": RULE}

    def made(names):
        sources = [Source(name, texts[name]) for name in names]
        return check([(source, parse(source)[0]) for source in sources])[0]

    one, other = made(["a.policy", "b.policy", "c.policy"]), made(["c.policy", "b.policy", "a.policy"])
    assert (one.text_hash, one.meaning_hash) == (other.text_hash, other.meaning_hash)


# ---------------------------------------------------------------- files and folders


def write(folder, **files: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.policy").write_text(text, encoding="utf-8")


def titles(path) -> list[str]:
    """The last part of the names of the files that make a rulebook."""
    parsed, told = load_files(path)
    assert told == ()
    return [source.path.replace("\\", "/").rsplit("/", 1)[-1] for source, _ in parsed]


def using(*names: str) -> str:
    return 'rulebook "Example"\n' + "".join(f"  use {name}\n" for name in names)


def test_rulebook_is_a_file_or_a_folder_of_files(tmp_path):
    write(tmp_path / "town", town=using(), more=RULE)
    assert titles(tmp_path / "town" / "town.policy") == ["town.policy"]
    assert sorted(titles(tmp_path / "town")) == ["more.policy", "town.policy"]


def test_used_file_beside_the_rulebook(tmp_path):
    write(tmp_path / "town", town=using("shared"), shared=HOLDINGS)
    assert titles(tmp_path / "town" / "town.policy") == ["town.policy", "shared.policy"]


def test_used_file_in_the_parent_folder(tmp_path):
    write(tmp_path / "town", town=using("county/shared"))
    write(tmp_path / "county", shared=HOLDINGS)
    assert titles(tmp_path / "town") == ["town.policy", "shared.policy"]


def test_used_folder_is_all_of_its_files(tmp_path):
    write(tmp_path / "town", town=using("county"))
    write(tmp_path / "county", shared=HOLDINGS, rules=RULE)
    assert titles(tmp_path / "town") == ["town.policy", "rules.policy", "shared.policy"]


def test_used_file_among_the_shipped_rulebooks(tmp_path):
    write(tmp_path / "town", town=using("standard/holdings"))
    assert titles(tmp_path / "town") == ["town.policy", "holdings.policy"]


def test_the_nearest_place_wins(tmp_path):
    write(tmp_path / "town", town=using("standard/holdings"))
    write(tmp_path / "standard", holdings="table parents, each one\n  a text\n")
    (parsed, _) = load_files(tmp_path / "town")
    assert "parents" in parsed[1][0].text
    write(tmp_path / "town" / "standard", holdings="table besides, each one\n  a text\n")
    (parsed, _) = load_files(tmp_path / "town")
    assert "besides" in parsed[1][0].text


def test_what_is_used_twice_is_read_once(tmp_path):
    write(tmp_path / "town", town=using("shared, shared"), shared=HOLDINGS)
    assert sorted(titles(tmp_path / "town")) == ["shared.policy", "town.policy"]


def test_nothing_of_that_name_to_use(tmp_path):
    write(tmp_path / "town", town=using("standard/holding"))
    _, told = load_files(tmp_path / "town")
    assert [one.code for one in told] == ["PD297"]
    assert "`standard/holding`" in told[0].message
    assert "did you mean `standard/holdings`?" in told[0].message


def test_shared_file_beside_the_rulebook_is_suggested(tmp_path):
    write(tmp_path / "town", town=using("shard"), shared=HOLDINGS)
    _, told = load_files(tmp_path / "town" / "town.policy")
    assert [one.code for one in told] == ["PD297"]
    assert "shared`?" in told[0].message


def test_parts_of_other_endings_are_no_rulebook(tmp_path):
    (tmp_path / "notes.txt").write_text("notes", encoding="utf-8")
    parsed, told = load_files(tmp_path)
    assert parsed == []
    assert [one.code for one in told] == ["PD295"]
    assert told[0].where == DataPlace(str(tmp_path))


def test_no_file_or_folder_of_that_name(tmp_path):
    write(tmp_path, town=using())
    _, told = load_files(tmp_path / "tonw.policy")
    assert [one.code for one in told] == ["PD296"]
    assert "town.policy`?" in told[0].message


def test_literate_part_of_a_folder_is_not_passed_over_silently(tmp_path):
    write(tmp_path, town=using())
    (tmp_path / "more.policy.md").write_text(f"# Policy\n\n```policy\n{RULE}```\n", encoding="utf-8")
    parsed, told = load_files(tmp_path)
    assert len(parsed) == 2 or told


# ---------------------------------------------------------------- bytes


def test_utf_8_with_a_byte_order_mark(tmp_path):
    (tmp_path / "town.policy").write_bytes(b"\xef\xbb\xbf" + 'rulebook "Söder"\n'.encode())
    parsed, told = load_files(tmp_path)
    assert told == ()
    assert parsed[0][1].declarations[0].title == "Söder"


def test_old_western_encoding_is_read_and_told(tmp_path):
    (tmp_path / "town.policy").write_bytes('rulebook "Söder"\n'.encode("cp1252"))
    parsed, told = load_files(tmp_path)
    assert [(one.code, one.is_error) for one in told] == [("PD289", False)]
    assert parsed[0][1].declarations[0].title == "Söder"


@pytest.mark.parametrize("content", [b"PK\x03\x04\0\0", bytes(range(256))])
def test_what_is_no_text(tmp_path, content):
    (tmp_path / "town.policy").write_bytes(content)
    parsed, told = load_files(tmp_path)
    assert parsed == []
    assert [one.code for one in told] == ["PD299"]


def test_line_ends_of_windows(tmp_path):
    (tmp_path / "town.policy").write_bytes((HEADER + HOLDINGS + CRLF_RULE).replace("\n", "\r\n").encode())
    parsed, told = load_files(tmp_path)
    assert told == ()
    rulebook, told = check(parsed)
    assert told == ()
    assert rulebook.checks[0].id == "x"


CRLF_RULE = 'rule x:\n  share where real_rate >= 5%\n  source "4.2"\n'
