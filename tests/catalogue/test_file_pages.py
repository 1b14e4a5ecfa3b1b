"""The pages about files: their commands, run on files made here, print what the pages show."""

import re
import shlex
from pathlib import Path

import pytest

from policydsl import catalogue
from policydsl.cli import run

HEADER = 'rulebook "Borlänge"\n  use standard/holdings\n'
DATA = b"date,instrument,market_value\n2015-01-31,gov bond,80\n"
RULE = 'rule equities "At most 40% equities":\n  sum market_value of holdings <= 100 MSEK\n'
PARTS = {"borlange/borlange.policy": HEADER.encode(), "borlange/rules.policy": RULE.encode(), "holdings.csv": DATA}
WHOLE = {"borlange/borlange.policy": HEADER.encode(), "holdings.csv": DATA}
REGION = 'rulebook "Region" extends "common"\n'
LAYERS = {"common/common.policy": f"{HEADER}{RULE}".encode(), "region/region.policy": REGION.encode()}
TABLE = """\
table holdings, each holding
  dated by date
  instrument    text, key
  market_value  money in SEK, not negative
"""
SMALL = {"borlange/borlange.policy": f'rulebook "Borlänge"\n{TABLE}{RULE}'.encode(), "holdings.csv": DATA}
FALLING = 'scenario "Prices fall":\n  each holding: market_value = market_value * 90%\n'
BUYING = 'scenario "Buy":\n  add holdings\n    | instrument | market_value |\n    | new bond   | 5 SEK        |\n'

OWNED = {
    "borlange.policy": (
        'rulebook "Borlänge"\n  base portfolio\n'
        + TABLE.replace("  market_value", "  issuer        text\n  market_value")
        + "define portfolio = sum market_value of holdings\n"
        + 'rule issuer "One issuer": per issuer: share <= 60%\n'
    ).encode(),
    "holdings.csv": b"date,instrument,issuer,market_value\n2015-01-31,gov bond,Staten,60\n2015-01-31,bond,Banken,40\n",
    "trades.csv": b"instrument,issuer,market_value\nnew bond,Bolaget,30\n",
}


def trading(trades: str) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """What is owned, with wrong trades and with right ones."""
    return {**OWNED, "trades.csv": trades.encode()}, OWNED


IN_THOUSANDS = {
    "borlange.policy": OWNED["borlange.policy"].replace(b", not neg", ', also "Värde tkr", not neg'.encode()),
    "holdings.csv": OWNED["holdings.csv"].replace(b"market_value", "Värde tkr".encode()),
    "trades.csv": OWNED["trades.csv"],
}

FILES: dict[str, tuple[dict[str, bytes], dict[str, bytes]]] = {
    "PD289": ({"borlange/borlange.policy": HEADER.encode("cp1252")}, {"borlange/borlange.policy": HEADER.encode()}),
    "PD291": ({**PARTS, "borlange/parameters.policy": b"parameter liability_duration: 11.5y\n"}, PARTS),
    "PD295": ({**PARTS, "archive/policy.docx": b"PK\x03\x04"}, PARTS),
    "PD296": (PARTS, PARTS),
    "PD297": ({**WHOLE, "borlange/borlange.policy": HEADER.replace("holdings", "holding").encode()}, WHOLE),
    "PD626": (
        {**LAYERS, "region/region.policy": REGION.replace("common", "comon").encode()},
        LAYERS,
    ),
    "PD627": (
        {**LAYERS, "common/common.policy": HEADER.replace("\n", ' extends "region"\n', 1).encode()},
        LAYERS,
    ),
    "PD634": (
        {**SMALL, "borlange/falling.policy": FALLING.replace("90%", "-10%").encode()},
        {**SMALL, "borlange/falling.policy": FALLING.encode()},
    ),
    "PD636": (
        {**SMALL, "borlange/buying.policy": BUYING.replace("new", "gov").encode()},
        {**SMALL, "borlange/buying.policy": BUYING.encode()},
    ),
    "PD770": (
        {
            **OWNED,
            "borlange.policy": OWNED["borlange.policy"]
            .replace(b"  base portfolio\n", b"")
            .replace(b"share <=", b"share of portfolio <="),
        },
        OWNED,
    ),
    "PD771": (OWNED, OWNED),
    "PD772": trading("instrument,issuer\nnew bond,Bolaget\n"),
    "PD773": trading("instrument,isuer,market_value\nnew bond,Bolaget,30\n"),
    "PD774": trading("instrument,issuer,market_value\nnew bond,Bolaget,\n"),
    "PD775": trading("instrument,issuer,market_value,side\nnew bond,Bolaget,30,bye\n"),
    "PD776": trading("instrument,issuer,market_value\nnew bond,Bolaget,-30\n"),
    "PD777": trading("instrument,issuer,market_value\nbond,Bolaget,30\n"),
    "PD778": trading("instrument,issuer,market_value\nbond,Banken,-50\n"),
    "PD991": (IN_THOUSANDS, {**IN_THOUSANDS, "trades.csv": OWNED["trades.csv"].replace(b",30", b",30 KSEK")}),
    "PD299": ({**WHOLE, "borlange/borlange.policy": b"PK\x03\x04\x14\0\x06\0\x08\0"}, WHOLE),
}
"""Of each page: the files of its wrong example and those of its right one."""

BLOCK = re.compile(r"```console\n\$ policydsl (?P<command>[^\n]+)\n(?P<printed>.*?)```", re.DOTALL)


def printed(arguments: str, files: dict[str, bytes], folder: Path, capsys, monkeypatch) -> str:
    """What a command prints about some files, messages first."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    monkeypatch.chdir(folder)
    run(shlex.split(arguments))
    out, err = capsys.readouterr()
    return err + out


@pytest.mark.parametrize("code", FILES)
def test_wrong_example_prints_what_the_page_shows(code, tmp_path, capsys, monkeypatch):
    wrong = BLOCK.search(catalogue.page(code).text)
    assert wrong is not None
    found = printed(wrong["command"], FILES[code][0], tmp_path, capsys, monkeypatch)
    assert code in found
    assert found == wrong["printed"]


@pytest.mark.parametrize("code", FILES)
def test_right_example_does_not_say_it(code, tmp_path, capsys, monkeypatch):
    _, right = BLOCK.finditer(catalogue.page(code).text)
    found = printed(right["command"], FILES[code][1], tmp_path, capsys, monkeypatch)
    assert not re.search(r"PD2\d\d", found)
    assert right["printed"] in ("", found)
