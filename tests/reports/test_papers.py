"""Documents: the same bytes for the same data, nothing that is taken for markup, and files that other programs open."""

import csv
import io
import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from policydsl import api
from policydsl.cli import run
from policydsl.reports.papers.making import PAPER_FORMS, made
from policydsl.reports.papers.whole import whole

from .hostile import report as hostile

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = [("borlange", "borlange/2015-01-31"), ("midtjylland", "midtjylland/2009-12-31")]


@pytest.fixture(scope="module")
def borlange():
    """The report on Borlänge's portfolio."""
    report, _ = api.check_files(api.load(ROOT / "rulebooks/borlange"), [ROOT / "examples/borlange/2015-01-31"])
    return report


def board(book, data, target, *more):
    return run([*more, "report", "--template", "board", str(book), str(data), "-o", str(target)])


@pytest.mark.parametrize("form", PAPER_FORMS)
def test_same_bytes_whatever_the_order_of_rows(form, tmp_path):
    source = ROOT / "examples/midtjylland/2009-12-31"
    mixed = tmp_path / "2009-12-31"
    shutil.copytree(source, mixed)
    for path in mixed.glob("*.csv"):
        head, *rows = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join([head, *reversed(rows)]) + "\n", encoding="utf-8")
    book = api.load(ROOT / "rulebooks/midtjylland")
    one, other = (api.check_files(book, [folder])[0] for folder in (source, mixed))
    assert made(whole([one]), form) == made(whole([one]), form)
    assert made(whole([one]), form) == made(whole([other]), form)


@pytest.mark.parametrize("language", ["en", "sv", "da"])
@pytest.mark.parametrize(("book", "data"), SHIPPED)
def test_board_report_fits_any_rulebook(book, data, language, tmp_path, capsys):
    target = tmp_path / "r.md"
    assert board(ROOT / "rulebooks" / book, ROOT / "examples" / data, target, "--lang", language) == 0
    text = target.read_text(encoding="utf-8")
    assert text.count("\n## ") == 8
    assert "{{" not in text
    month = {"en": "January", "sv": "januari", "da": "januar"}[language] if book == "borlange" else "december"
    dot = "." if language == "da" else ""
    wanted = f"31{dot} {month} {data.rpartition('/')[2][:4]}"
    assert text.splitlines()[0].replace("\\", "").casefold().endswith(wanted.casefold())


def test_pdf_is_tagged_a4_with_its_own_fonts_and_repeats_headings(borlange):
    pypdf = pytest.importorskip("pypdf")
    pdf = pypdf.PdfReader(io.BytesIO(borlange.to("pdf")))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"] and pdf.trailer["/Root"]["/Lang"] == "en"
    assert pdf.metadata.title == borlange.title
    assert pdf.metadata.creation_date.date() == borlange.as_of
    for page in pdf.pages:
        assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descendant["/FontDescriptor"])
    texts = [page.extract_text() for page in pdf.pages]
    assert [f"Page {at} / {len(texts)}" in text for at, text in enumerate(texts, 1)] == [True] * len(texts)
    with_single_limits = [text for text in texts if "points to" in text and "investment-grade" in text]
    assert all("Bounds" in text and "Outcome" in text for text in with_single_limits)


def test_docx_opens_with_headings_and_header_rows(borlange):
    docx = pytest.importorskip("docx")
    file = docx.Document(io.BytesIO(borlange.to("docx")))
    headings = [each.text for each in file.paragraphs if each.style.name == "Heading 2"]
    assert headings[0] == "Undetermined" and "Limits" in headings and "Figures" in headings
    assert [each.text for each in file.paragraphs if each.style.name == "Heading 1"] == [borlange.title]
    assert file.core_properties.created.date() == borlange.as_of == file.core_properties.modified.date()
    assert file.core_properties.language == "en-GB"
    head = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}tblHeader"
    assert file.tables and all(next(table.rows[0]._tr.iter(head), None) is not None for table in file.tables)
    texts = {cell.text for table in file.tables for cell in table._cells}
    assert any(text.startswith("44.5%") for text in texts)


@pytest.mark.parametrize("form", PAPER_FORMS)
def test_no_text_of_the_data_is_markup(form, tmp_path):
    found = made(whole([hostile(tmp_path)]), form)
    if form == "html":
        assert not re.search(r"<(script|img|i>|b>Board)", found)
        assert "&lt;script&gt;alert(1)" in found
    elif form == "md":
        assert "<script" not in found and "](x)" not in found.replace("\\](x)", "")
    elif form == "pdf":
        pypdf = pytest.importorskip("pypdf")
        text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(found)).pages)
        assert "alert(1)" in text.replace("\n", "")
    else:
        docx = pytest.importorskip("docx")
        file = docx.Document(io.BytesIO(found))
        text = "\n".join([each.text for each in file.paragraphs] + [c.text for t in file.tables for c in t._cells])
        assert "<script>alert(1)</script>" in text


def test_check_writes_pdf_to_a_file_only(tmp_path, capsys):
    data = str(ROOT / "examples/borlange/2015-01-31")
    assert run(["check", str(ROOT / "rulebooks/borlange"), data, "--format", "pdf"]) == 2
    assert "PD800" in capsys.readouterr().err
    target = tmp_path / "r.pdf"
    assert run(["check", str(ROOT / "rulebooks/borlange"), data, "--format", "pdf", "-o", str(target)]) == 3
    assert target.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(("form", "module"), [("pdf", "typst"), ("docx", "docx")])
def test_a_missing_package_is_told_with_the_next_step(form, module, tmp_path, capsys, monkeypatch):
    from policydsl.reports import renderings

    monkeypatch.setattr(renderings, "find_spec", lambda name: None if name == module else object())
    target = tmp_path / f"r.{form}"
    data = str(ROOT / "examples/borlange/2015-01-31")
    command = ["check", str(ROOT / "rulebooks/borlange"), data, "--format", form, "-o", str(target)]
    assert run(command) == 2
    assert f'pip install "policydsl[{form}]"' in " ".join(capsys.readouterr().err.split())
    assert board(ROOT / "rulebooks/borlange", data, target) == 2
    assert "PD888" in capsys.readouterr().err and not target.exists()


def test_columns_of_a_table_of_the_data_can_be_chosen(tmp_path):
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "template.toml").write_text('title = "Ours"\n', encoding="utf-8")
    page = "# Ours\n\n{{ table holdings: market_value, instrument }}\n\nAll: {{ figure portfolio }}, {{ rule own }}.\n"
    (folder / "page.md").write_text(page, encoding="utf-8")
    target = tmp_path / "r.md"
    data = ROOT / "examples/borlange/2015-01-31"
    command = ["report", "--template", str(folder), str(ROOT / "rulebooks/borlange"), str(data), "-o", str(target)]
    assert run(command) == 0
    text = target.read_text(encoding="utf-8").replace("\u00a0", " ").replace("\\", "")
    assert "| Market value, SEK | Instrument |" in text
    rows = list(csv.DictReader((data / "holdings.csv").open(encoding="utf-8")))
    largest = max(rows, key=lambda row: float(row["market_value"]))
    first = next(line for line in text.splitlines()[4:] if line.startswith("| "))
    assert first.endswith(f" | {largest['instrument']} |")
    assert first[2:].partition(" | ")[0].replace(" ", "") == largest["market_value"]
    assert "All: 390 040 795 SEK, pass." in text


def test_rules_in_a_document_stay_with_their_paragraph_and_empty_columns_are_left_out(borlange):
    docx = pytest.importorskip("docx")
    document = docx.Document(io.BytesIO(borlange.to("docx")))
    parts = list(document.iter_inner_content())
    below = [one for before, one in pairwise(parts) if before.style is not None and before.style.name[:7] == "Heading"]
    plain = [one for one in below if one.style is not None and one.style.name == "Normal"]
    assert len(plain) > 5
    assert all(one.paragraph_format.keep_with_next for one in plain)
    tables = [[cell.text for cell in table.rows[0].cells] for table in document.tables]
    assert ["Rule", "Outcome", "Figure", "Bounds", "Room"] in tables
