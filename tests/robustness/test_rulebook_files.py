"""Files that are no rulebooks, or far too large ones."""

from pathlib import Path

import pytest

from .limited import RULEBOOK, policydsl, refused

ROWS = "instrument,issuer,amount\na,x,20\nb,y,80\n"


def check(folder: Path, rulebook: bytes | str) -> object:
    file = folder / "rulebook.policy"
    file.write_bytes(rulebook if isinstance(rulebook, bytes) else rulebook.encode())
    data = folder / "holdings.csv"
    data.write_text(ROWS, encoding="utf-8")
    return policydsl("check", file, data)


def test_empty_file(tmp_path: Path) -> None:
    refused(check(tmp_path, b""), "PD291")


def test_file_of_blank_lines_and_comments(tmp_path: Path) -> None:
    refused(check(tmp_path, "\n\n# nothing\n\n"), "PD291")


def test_binary_file(tmp_path: Path) -> None:
    refused(check(tmp_path, bytes(range(256)) * 40), "PD299")


def test_program(tmp_path: Path) -> None:
    refused(check(tmp_path, b"\x7fELF\x02\x01\x01" + bytes(100)), "PD299")


def test_utf_16(tmp_path: Path) -> None:
    refused(check(tmp_path, RULEBOOK.encode("utf-16")), "PD299")


def test_cp1252(tmp_path: Path) -> None:
    done = check(tmp_path, RULEBOOK.replace("Small", "Borlänge").encode("cp1252"))
    assert "PD289" in done.err + done.out
    assert "Borlänge" in done.out
    assert done.code == 1


def test_utf_8_with_byte_order_mark_and_windows_lines(tmp_path: Path) -> None:
    assert check(tmp_path, b"\xef\xbb\xbf" + RULEBOOK.replace("\n", "\r\n").encode()).code == 1


@pytest.mark.parametrize("start", ["", 'rulebook "', "rule x: ", "# "], ids=["word", "title", "rule", "comment"])
def test_hundred_megabytes_on_one_line(tmp_path: Path, start: str) -> None:
    refused(check(tmp_path, start.encode() + b"a" * 100_000_000), "PD299")


@pytest.mark.parametrize("start", ["", 'rulebook "', "rule x: ", "rule x: sum <= ", "| "], ids=repr)
@pytest.mark.parametrize("letter", ["a", "1", "-", '"', "a ", "(", " "], ids=repr)
def test_long_line(tmp_path: Path, start: str, letter: str) -> None:
    refused(check(tmp_path, (start + letter * (15_000_000 // len(letter)))[:15_000_000]), "PD1", "PD2")


def test_a_hundred_thousand_lines_of_one_letter(tmp_path: Path) -> None:
    done = check(tmp_path, "a\n" * 100_000)
    assert done.code == 2


DEEP = 10_000
NESTED = {
    "parentheses": "(" * DEEP + "total" + ")" * DEEP + " <= 20 SEK",
    "parentheses that nothing closes": "(" * DEEP + "total <= 20 SEK",
    "parentheses that nothing opens": "total" + ")" * DEEP + " <= 20 SEK",
    "parentheses in a condition": "share where " + "(" * DEEP + "amount > 1 SEK" + ")" * DEEP + " <= 20%",
    "brackets": "T" + "[" * DEEP + "]" * DEEP,
}
LONG = {
    "not": "share where " + "not " * DEEP + "amount > 1 SEK must be <= 20%",
    "and": "share where " + "amount > 1 SEK and " * DEEP + "amount > 1 SEK must be <= 20%",
    "or": "share where " + "amount > 1 SEK or " * DEEP + "amount > 1 SEK must be <= 20%",
    "and not or": "share where " + 'amount > 1 SEK and not issuer = "x" or ' * DEEP + "amount > 1 SEK must be <= 20%",
    "plus": "total + " * DEEP + "total <= 20 SEK",
    "minus": "total - " * DEEP + "total <= 20 SEK",
    "times": "total <= 1 * " + "1 * " * DEEP + "1 SEK",
    "larger of": "total <= " + "larger of 1 SEK and " * DEEP + "1 SEK",
    "percent of": "total <= " + "1% of (" * DEEP + "total" + ")" * DEEP,
    "in": "share where issuer in (" + '"x", ' * DEEP + '"x") must be <= 20%',
    "prefixes": "per issuer: " * DEEP + "share <= 20%",
    "when": "when total > 1 SEK: " * DEEP + "share where amount > 1 SEK <= 20%",
    "each": "each holding: " * DEEP + "amount > 1 SEK",
    "comparisons": "total" + " <= 1 SEK" * DEEP,
    "labels": "sum " + "A, " * DEEP + "A <= 20%",
}


@pytest.mark.parametrize("what", NESTED)
def test_nested(tmp_path: Path, what: str) -> None:
    refused(check(tmp_path, f"{RULEBOOK}rule deep: {NESTED[what]}\n"), "PD1", "PD2")


@pytest.mark.parametrize("what", LONG)
def test_long_expression(tmp_path: Path, what: str) -> None:
    done = check(tmp_path, f"{RULEBOOK}rule long: {LONG[what]}\n")
    assert done.code == 1 or ("PD1" in done.err or "PD2" in done.err), done.err[-1000:]


def test_long_choice(tmp_path: Path) -> None:
    done = check(tmp_path, f"{RULEBOOK}define q of holdings = {'amount otherwise ' * DEEP}amount\n")
    assert done.code in (1, 2)


def test_definitions_on_definitions(tmp_path: Path) -> None:
    chain = "\n".join(f"define q{n + 1} = q{n}" for n in range(2000))
    done = check(tmp_path, f"{RULEBOOK}define q0 = total\n{chain}\nrule end: q2000 <= 200 SEK\n")
    assert done.code in (1, 2)


def test_columns_on_columns_backwards(tmp_path: Path) -> None:
    chain = "\n".join(f"define c{n} of holdings = c{n + 1}" for n in range(2000))
    done = check(
        tmp_path, f"{RULEBOOK}{chain}\ndefine c2000 of holdings = amount\nrule end: sum c0 of holdings <= 200 SEK\n"
    )
    assert done.code in (1, 2)


def test_a_circle_of_definitions(tmp_path: Path) -> None:
    chain = "\n".join(f"define q{n} = q{(n + 1) % 500}" for n in range(500))
    refused(check(tmp_path, f"{RULEBOOK}{chain}\n"), "PD205")


def test_wide_table_of_limits(tmp_path: Path) -> None:
    head = "  |  | " + " | ".join(f"amount > {n} SEK" for n in range(1000)) + " |"
    row = "  | x | " + " | ".join("20%" for n in range(1000)) + " |"
    done = check(tmp_path, f"{RULEBOOK}limits T: sum\n{head}\n{row}\n")
    assert done.code == 2
    assert "PD" in done.err


def test_number_of_many_digits(tmp_path: Path) -> None:
    done = check(tmp_path, f"{RULEBOOK}rule much: total <= {'9' * 5000} SEK\n")
    assert done.code == 1 or "PD" in done.err


def test_wrong_thousand_times(tmp_path: Path) -> None:
    done = check(tmp_path, RULEBOOK + "".join(f"rule r{n}: sum of nothing <= 20%\n" for n in range(1000)))
    assert done.code == 2
