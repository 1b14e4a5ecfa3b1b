"""Files and folders as tables and supplied values."""

import os

import pytest

from policydsl.inputs.read import find_tables

from .sheets import codes, saved, workbook


def put(folder, **files):
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def test_a_folder_holds_tables_named_after_their_files(tmp_path):
    put(tmp_path, holdings__csv="a\n1\n", issuers__tsv="a\tb\n1\t2\n", loans__xlsx=workbook(["a"], [1]))
    tables, values, told = find_tables([tmp_path])
    assert (list(tables), values, told) == (["holdings", "issuers", "loans"], {}, [])
    assert tables["holdings"].path == (tmp_path / "holdings.csv").as_posix()
    assert tables["loans"].sheet == "Sheet"


def test_each_sheet_of_a_workbook_is_a_table(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    for name in ("holdings", "issuers", "parameters"):
        book.create_sheet(name)
    book["holdings"].append(["instrument"])
    book["issuers"].append(["name"])
    book["parameters"].append(["Name", "Value"])
    book["parameters"].append(["liabilities_value", "400 MSEK"])
    book["parameters"].append(["rate", 0.1])
    tables, values, told = find_tables([put(tmp_path, year__xlsx=saved(book)) / "year.xlsx"])
    assert (list(tables), values, told) == (
        ["holdings", "issuers"],
        {"liabilities_value": "400 MSEK", "rate": "0.1"},
        [],
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("parameters.txt", "# of the year\n\nliabilities_value = 400 MSEK\r\nfloor=90%\n"),
        ("parameters.csv", "name,value\nliabilities_value,400 MSEK\nfloor,90%\n"),
        ("Parameters.csv", "Value;Name;note\n400 MSEK;liabilities_value;\n90%;floor;x\n"),
    ],
)
def test_supplied_values(tmp_path, name, content):
    put(tmp_path, holdings__csv="a\n1\n", **{name.replace(".", "__"): content})
    tables, values, told = find_tables([tmp_path])
    assert (list(tables), values, told) == (["holdings"], {"liabilities_value": "400 MSEK", "floor": "90%"}, [])


def test_other_files_are_noted_once(tmp_path):
    put(
        tmp_path,
        holdings__csv="a\n1\n",
        README__md="",
        __hidden="",
        **{"~$holdings.xlsx": "", ".~lock.holdings.csv#": ""},
    )
    (tmp_path / "old").mkdir()
    tables, _, (told,) = find_tables([tmp_path])
    assert (list(tables), told.code, told.is_error) == (["holdings"], "PD303", False)
    for name in ("README.md", "~$holdings.xlsx", ".~lock.holdings.csv#", ".hidden", "old"):
        assert f"`{name}`" in told.message


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, ["PD301"]),
        ({"README.md": ""}, ["PD303", "PD301"]),
        ({"parameters.txt": "a = 1"}, ["PD301"]),
        ({"holdings.csv": "a\n1", "holdings.xlsx": workbook(["a"])}, ["PD302"]),
        ({"holdings.csv": "a\n1", "Holdings.csv": "a\n1"}, ["PD302"]),
        ({"holdings.csv": "", "loans.csv": "a\n\0"}, ["PD305", "PD306"]),
        ({"holdings.csv": "a\n1", "parameters.txt": "a\n= 1\nb =\n"}, ["PD335"] * 3),
        ({"holdings.csv": "a\n1", "parameters.txt": "a = 1\na = 2"}, ["PD336"]),
        ({"holdings.csv": "a\n1", "parameters.txt": "a = 1", "parameters.csv": "name,value\na,2"}, ["PD302"]),
        ({"holdings.csv": "a\n1", "parameters.csv": "name,value\na,"}, ["PD335"]),
        ({"holdings.csv": "a\n1", "parameters.csv": "a,b\n1,2"}, ["PD337"]),
        ({"holdings.csv": "a\n1", "parameters.txt": b"\0"}, ["PD306"]),
    ],
)
def test_folders_that_are_told_about(tmp_path, files, said):
    put(tmp_path, **files)
    assert codes(find_tables([tmp_path])[2]) == said


def test_a_missing_path_names_the_nearest(tmp_path):
    put(tmp_path, holdings__csv="a\n1\n")
    _, _, (told,) = find_tables([tmp_path / "holding.csv"])
    assert told.code == "PD300"
    assert told.hints == (f"did you mean `{(tmp_path / 'holdings.csv').as_posix()}`?",)
    _, _, (told,) = find_tables([tmp_path / "none" / "x.csv"])
    assert (told.code, told.hints) == ("PD300", ())


def test_files_that_cannot_be_read_are_told(tmp_path):
    put(tmp_path, notes__pdf="x")
    os.mkfifo(tmp_path / "loans.csv")
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    _, _, told = find_tables([tmp_path / "notes.pdf", tmp_path / "loans.csv", tmp_path / "loop.csv"])
    assert codes(told) == ["PD319", "PD300", "PD304"]
    assert all(one.is_error for one in told)


def test_odd_names_and_links_in_a_folder_are_told(tmp_path):
    put(tmp_path, holdings__csv="a\n1\n")
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    (tmp_path / "gone.csv").symlink_to(tmp_path / "nowhere.csv")
    (tmp_path / os.fsdecode(b"b\xff.md")).write_text("x")
    tables, _, told = find_tables([tmp_path])
    assert (list(tables), codes(told)) == (["holdings"], ["PD303", "PD304", "PD304"])
    assert all(str(one.where).encode() and one.message.encode() for one in told)


def test_the_same_file_named_twice_is_read_once(tmp_path):
    put(tmp_path, holdings__csv="a\n1\n")
    tables, _, told = find_tables([tmp_path, tmp_path / "holdings.csv"])
    assert (list(tables), told) == (["holdings"], [])


def test_example_rows_are_told_once_with_the_sheets_that_have_one(tmp_path):
    row = "a,(example)\n1,x\n2,y\n3,\n"
    put(tmp_path, holdings__csv=row, loans__csv=row, swaps__csv="a\n1\n")
    (one,) = find_tables([tmp_path])[2]
    assert (one.code, one.where.row) == ("PD816", 2)
    assert one.where.path.endswith("holdings.csv")
    assert one.hints == (f"there is one in `{(tmp_path / 'loans.csv').as_posix()}` too",)
