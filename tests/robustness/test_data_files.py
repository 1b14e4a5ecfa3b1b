"""Data that is no data, or strange data that is right."""

from pathlib import Path

import pytest

from .limited import RULEBOOK, Done, policydsl, refused

ENGINES = pytest.mark.parametrize("engine", ["reference", "columnar"])


def check(folder: Path, rows: bytes | str, *options: str, rulebook: str = RULEBOOK) -> Done:
    file = folder / "rulebook.policy"
    file.write_text(rulebook, encoding="utf-8")
    data = folder / "holdings.csv"
    data.write_bytes(rows if isinstance(rows, bytes) else rows.encode())
    return policydsl("check", file, data, "--format", "json", *options)


def test_empty_file(tmp_path: Path) -> None:
    refused(check(tmp_path, b""), "PD3")


@ENGINES
def test_header_only(tmp_path: Path, engine: str) -> None:
    done = check(tmp_path, "instrument,issuer,amount\n", "--engine", engine)
    assert done.code == 3
    assert done.report["outcome"] == "undetermined"
    assert {verdict["outcome"] for verdict in done.report["verdicts"]} == {"undetermined"}


def test_binary_file(tmp_path: Path) -> None:
    refused(check(tmp_path, bytes(range(256)) * 40), "PD3")


def test_hundred_megabytes_on_one_line(tmp_path: Path) -> None:
    refused(check(tmp_path, b"a" * 100_000_000), "PD3")


def test_hundred_megabytes_in_one_cell(tmp_path: Path) -> None:
    refused(check(tmp_path, b"instrument,issuer,amount\na,x," + b"1" * 100_000_000), "PD3")


def test_hundred_megabytes_of_separators(tmp_path: Path) -> None:
    refused(check(tmp_path, b"," * 100_000_000), "PD3")


def test_a_quote_that_nothing_closes(tmp_path: Path) -> None:
    refused(check(tmp_path, b'instrument,issuer,amount\n"' + b"a,x,1\n" * 1_000_000), "PD3")


def test_fifty_thousand_columns(tmp_path: Path) -> None:
    names = ",".join(f"c{number}" for number in range(50_000))
    done = check(tmp_path, f"instrument,issuer,amount,{names}\n" + f"a,x,20{',1' * 50_000}\n" * 20)
    assert done.code == 2 and "PD358" in done.err, "the key is twice there"
    rows = "".join(f"a{number},x{number},20{',1' * 50_000}\n" for number in range(20))
    done = check(tmp_path, f"instrument,issuer,amount,{names}\n{rows}")
    assert done.code == 0
    assert set(done.outcomes("issuer").values()) == {"pass"}


def test_duplicate_columns(tmp_path: Path) -> None:
    done = check(tmp_path, "instrument,issuer,amount,amount\na,x,20,30\n")
    refused(done, "PD3")
    assert "amount" in done.err


def test_duplicate_columns_in_other_letters(tmp_path: Path) -> None:
    refused(check(tmp_path, "instrument,issuer,amount,Amount\na,x,20,30\n"), "PD3")


@ENGINES
def test_total_of_zero(tmp_path: Path, engine: str) -> None:
    done = check(tmp_path, "instrument,issuer,amount\na,x,20\nb,y,-20\n", "--engine", engine)
    assert done.code == 1, "the whole is below 1 SEK"
    assert done.outcomes("issuer") == {"x": "undetermined", "y": "undetermined"}
    assert done.outcomes("whole") == {None: "breach"}


@ENGINES
def test_negative_positions(tmp_path: Path, engine: str) -> None:
    done = check(tmp_path, "instrument,issuer,amount\na,x,25\nb,x,-5\nc,y,-20\nd,z,100\n", "--engine", engine)
    assert done.outcomes("issuer") == {"x": "pass", "y": "pass", "z": "breach"}
    figures = {verdict["group"]["issuer"]: verdict["figure"] for verdict in done.report["verdicts"][:3]}
    assert figures == {"x": "0.2", "y": "-0.2", "z": "1"}


@ENGINES
def test_total_below_zero(tmp_path: Path, engine: str) -> None:
    done = check(tmp_path, "instrument,issuer,amount\na,x,20\nb,y,-50\n", "--engine", engine)
    assert set(done.outcomes("issuer").values()) == {"undetermined"}


@ENGINES
@pytest.mark.parametrize("one_more", [False, True], ids=["at the limit", "one more"])
def test_amounts_of_thirty_digits(tmp_path: Path, engine: str, one_more: bool) -> None:
    part = 123456789012345678901234567890
    rows = (
        f"instrument,issuer,amount\na,x,{part + one_more}\nb,y,{part}\nc,z,{part}\nd,u,{part}\ne,v,{part - one_more}\n"
    )
    done = check(tmp_path, rows, "--engine", engine)
    assert done.outcomes("issuer")["x"] == ("breach" if one_more else "pass")
    assert done.report["figures"][0]["value"] == str(5 * part)
    assert done.code == int(one_more)


@ENGINES
def test_amounts_of_thirty_decimals(tmp_path: Path, engine: str) -> None:
    small = "0." + "0" * 29 + "1"
    rows = f"instrument,issuer,amount\na,x,20{small[1:]}\nb,y,20\nc,z,20\nd,u,20\ne,v,20\n"
    done = check(tmp_path, rows, "--engine", engine)
    assert done.outcomes("issuer") == {"u": "pass", "v": "pass", "x": "breach", "y": "pass", "z": "pass"}
    assert done.report["figures"][0]["value"] == "100" + small[1:]


@pytest.mark.parametrize("cell", ["=1+1", "=SUM(A1:A9)", '"=HYPERLINK(""x"")"', "@cmd", "+1+1"])
def test_formula_in_a_cell(tmp_path: Path, cell: str) -> None:
    done = check(tmp_path, f"instrument,issuer,amount\na,x,20\nb,y,{cell}\n")
    refused(done, "PD320")
    assert "amount" in done.err


def test_formula_in_a_text_is_a_text(tmp_path: Path) -> None:
    done = check(tmp_path, "instrument,issuer,amount\na,=1+1,20\nb,y,80\n")
    assert done.outcomes("issuer") == {"=1+1": "pass", "y": "breach"}


def test_cp1252(tmp_path: Path) -> None:
    done = check(tmp_path, "instrument;issuer;amount\na;Gävle;20,5\nb;Ängelholm;79,5\n".encode("cp1252"))
    assert done.outcomes("issuer") == {"Gävle": "breach", "Ängelholm": "breach"}


@pytest.mark.parametrize("number", ["1e400", "1e-400", "1e999999999", "NaN", "inf", "0x10", "--5", "1.2.3", "٣"])
def test_number_that_is_none(tmp_path: Path, number: str) -> None:
    refused(check(tmp_path, f"instrument,issuer,amount\na,x,{number}\n"), "PD3")


def test_rows_of_other_lengths(tmp_path: Path) -> None:
    refused(check(tmp_path, "instrument,issuer,amount\na,x,20,1,2,3\nb\n"), "PD3")


def test_million_wrong_cells(tmp_path: Path) -> None:
    rows = "".join(f"a{number},x,many\n" for number in range(300_000))
    refused(check(tmp_path, f"instrument,issuer,amount\n{rows}"), "PD320")


def test_twenty_thousand_issuers(tmp_path: Path) -> None:
    rows = "".join(f"a{number},x{number},20\n" for number in range(20_000))
    done = check(tmp_path, f"instrument,issuer,amount\n{rows}")
    assert done.code == 0
    assert len(done.outcomes("issuer")) == 20_000


def test_no_such_file(tmp_path: Path) -> None:
    refused(policydsl("check", tmp_path / "no.policy", tmp_path / "no.csv"), "PD296")


def test_a_folder_for_a_file(tmp_path: Path) -> None:
    (tmp_path / "holdings.csv").mkdir()
    (tmp_path / "rulebook.policy").write_text(RULEBOOK, encoding="utf-8")
    assert policydsl("check", tmp_path / "rulebook.policy", tmp_path / "holdings.csv").code in (2, 3)
