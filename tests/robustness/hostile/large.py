"""Inputs that are very large: each ends within ten seconds of the processor's time and a gigabyte of memory."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from .case import Case, Make, file

HEADINGS = b"instrument,amount\n"


def _many(line: bytes, times: int, first: bytes = HEADINGS) -> Make:
    def make(folder: Path) -> None:
        with (folder / "holdings.csv").open("wb") as stream:
            stream.write(first)
            for _ in range(times // 1000):
                stream.write(line * 1000)

    return make


def _numbered(rows: int) -> Make:
    def make(folder: Path) -> None:
        with (folder / "holdings.csv").open("w", encoding="utf-8") as stream:
            stream.write(HEADINGS.decode())
            stream.writelines(f"a{at},1\n" for at in range(rows))

    return make


def _columns(count: int) -> Make:
    names = "".join(f",c{at}" for at in range(count))
    return file(f"instrument,amount{names}\na,1{',0' * count}\n")


def _ods(folder: Path) -> None:
    """One row that is repeated a million times, a thousand cells wide."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    row = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="float"'
        ' office:value="1" table:number-columns-repeated="1000"/></table:table-row>'
    )
    content = (
        f"<office:document-content{spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="holdings">{row}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with ZipFile(folder / "holdings.ods", "w", ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", content)


TITLE = "Large inputs"
CASES = [
    Case("100 MB on one line", _many(b"a" * 1000, 100_000, b""), ("PD307",), heavy=True),
    Case("100 MB in one cell", _many(b"1" * 1000, 100_000, HEADINGS + b"a,"), ("PD307",), heavy=True),
    Case("a hundred million separators", _many(b"," * 1000, 100_000, b""), ("PD307",), heavy=True),
    Case("a quotation mark that a hundred megabytes do not close",
         _many(b"a,1\n" * 1000, 25_000, HEADINGS + b'"'), ("PD307",), heavy=True),
    Case("300 000 wrong cells", _many(b"a,many\n", 300_000), ("PD320",), heavy=True),
    Case("50 000 columns", _columns(50_000), (), {"amount": ("1",)}, heavy=True),
    Case("a million rows", _numbered(1_000_000), (), {"amount": ()}, heavy=True),
    Case("ten million rows, in a gigabyte of memory", _numbered(10_000_000), ("PD859",), heavy=True),
    Case("an `.ods` of a billion cells in a few bytes", _ods, ("PD315",), heavy=True),
]  # fmt: skip
