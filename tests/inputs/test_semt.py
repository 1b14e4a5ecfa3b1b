"""Statements of holdings: ISO 20022, semt.002."""

import sys
from datetime import date
from decimal import Decimal

import pytest

from policydsl.inputs.read import find_tables
from policydsl.inputs.semt import statement
from policydsl.inputs.sheet import InUnit, Percent, Wrong

from .sheets import codes

SPACE = "urn:iso:std:iso:20022:tech:xsd:semt.002.001."
FIRST = """
<BalForAcct><FinInstrmId><ISIN>SE0000000001</ISIN><Desc>Bond åäö</Desc></FinInstrmId>
<AggtBal><ShrtLngInd>LONG</ShrtLngInd><Qty><Qty><Qty><FaceAmt>1000000</FaceAmt></Qty></Qty></Qty></AggtBal>
<PricDtls><Tp><Cd>INDC</Cd></Tp><Val><Rate>90</Rate></Val></PricDtls>
<PricDtls><Tp><Cd>MRKT</Cd></Tp><Val><Rate>99.125</Rate></Val><QtnDt><Dt>2026-01-30</Dt></QtnDt></PricDtls>
<AcctBaseCcyAmts><HldgVal><Amt Ccy="SEK">12345678901234567.89</Amt></HldgVal></AcctBaseCcyAmts></BalForAcct>"""
SECOND = """
<BalForAcct><FinInstrmId><OthrId><Id>OWN-1</Id><Tp><Prtry>X</Prtry></Tp></OthrId></FinInstrmId>
<AggtBal><ShrtLngInd>SHOR</ShrtLngInd><Qty><Qty><Qty><Unit>10.5</Unit></Qty></Qty></Qty></AggtBal>
<PricDtls><Tp><Cd>MRKT</Cd></Tp><Val><Amt Ccy="EUR">7.25</Amt></Val><QtnDt><DtTm>2026-01-30T17:00:00Z</DtTm></QtnDt>
</PricDtls><InstrmCcyAmts><HldgVal><Amt Ccy="EUR">76.13</Amt><Sgn>false</Sgn></HldgVal></InstrmCcyAmts>
<AcctBaseCcyAmts><HldgVal><Amt Ccy="SEK">800.10</Amt><Sgn>false</Sgn></HldgVal></AcctBaseCcyAmts></BalForAcct>"""
TOTAL = """
<AcctBaseCcyTtlAmts>
<TtlHldgsValOfStmt><Amt Ccy="SEK">{}</Amt><Sgn>true</Sgn></TtlHldgsValOfStmt></AcctBaseCcyTtlAmts>"""


def xml(*balances, total="", pages="", version="11", before="", space=SPACE):
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<Document xmlns="{space}{version}"><SctiesBalCtdyRpt>{pages}'
        "<StmtGnlDtls><StmtDtAndTm><Dt>2026-01-31</Dt></StmtDtAndTm></StmtGnlDtls>"
        f"<SfkpgAcct><Id>DEPOT-1</Id></SfkpgAcct>{''.join(balances)}{total}</SctiesBalCtdyRpt></Document>"
    )


def read(tmp_path, text):
    (tmp_path / "holdings.xml").write_bytes(text if isinstance(text, bytes) else text.encode())
    tables, _, told = find_tables([tmp_path / "holdings.xml"])
    return tables.get("holdings"), told


@pytest.mark.parametrize("version", ["04", "11", "13"])
def test_holdings_are_rows(tmp_path, version):
    sheet, told = read(tmp_path, xml(FIRST, SECOND, total=TOTAL.format("12345678901233767.79"), version=version))
    assert codes(told) == []
    assert dict(zip(sheet.headings, sheet.cells, strict=True)) == {
        "date": (date(2026, 1, 31),) * 2,
        "account": ("DEPOT-1",) * 2,
        "instrument": ("SE0000000001", "OWN-1"),
        "name": ("Bond åäö", None),
        "quantity": (Decimal(1000000), Decimal("-10.5")),
        "market_value": (InUnit(Decimal("12345678901234567.89"), "SEK"), InUnit(Decimal("-800.10"), "SEK")),
        "value_in_instrument_currency": (None, InUnit(Decimal("-76.13"), "EUR")),
        "price": (Percent(Decimal("0.99125")), InUnit(Decimal("7.25"), "EUR")),
        "price_date": (date(2026, 1, 30),) * 2,
    }


def test_holdings_of_sub_accounts_have_their_account(tmp_path):
    sub = (
        f"<SubAcctDtls><SfkpgAcct><Id>SUB</Id></SfkpgAcct>{SECOND.replace('BalForAcct', 'BalForSubAcct')}</SubAcctDtls>"
    )
    sheet, _ = read(tmp_path, xml(FIRST, sub))
    assert sheet.cells[1] == ("DEPOT-1", "SUB")


def test_a_statement_without_holdings_is_a_table_without_rows(tmp_path):
    sheet, told = read(tmp_path, xml())
    assert (sheet.rows, codes(told)) == ((), [])


@pytest.mark.parametrize(
    ("total", "told"),
    [
        ("12345678901233767.79", []),
        ("12345678901233767.80", []),
        ("12345678901233767.81", ["PD870"]),
    ],
)
def test_the_printed_total_is_held_against_the_holdings(tmp_path, total, told):
    assert codes(read(tmp_path, xml(FIRST, SECOND, total=TOTAL.format(total)))[1]) == told


def test_holdings_without_a_value_add_up_to_nothing(tmp_path):
    bare = "<BalForAcct><FinInstrmId><ISIN>X</ISIN></FinInstrmId></BalForAcct>"
    sheet, told = read(tmp_path, xml(FIRST, bare, total=TOTAL.format("1")))
    assert codes(told) == []
    assert sheet.cells[5][1] is None


LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'lol'>{}]>".format(
    "".join(f"<!ENTITY a{at} '{f'&a{at - 1};' * 10}'>" for at in range(1, 12))
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (xml(FIRST, before=LAUGHS).replace("Bond åäö", "&a11;"), "entities"),
        (xml(FIRST, before="<!DOCTYPE x [<!ENTITY e SYSTEM 'holdings.csv'>]>").replace("Bond", "&e;"), "entities"),
        (xml(FIRST, before="<!DOCTYPE Document>"), "entities"),
        (xml(FIRST)[:-20], "the reader says"),
        (b"PK\x03\x04", "the reader says"),
        (b"", "the reader says"),
        (xml(FIRST, space="urn:example:semt.002.001."), "its namespace is `urn:example"),
        (xml(FIRST, version="1"), "its namespace is"),
        ("<testsuites/>", "begins with `testsuites`"),
        ('<?xml version="1.0" encoding="nowhere"?><a/>', "the reader says"),
    ],
)
def test_what_is_no_statement_is_told(tmp_path, text, said):
    sheet, told = read(tmp_path, text)
    assert (sheet, codes(told)) == (None, ["PD869"])
    assert said in told[0].message


@pytest.mark.parametrize("page", ["<PgNb>1</PgNb><LastPgInd>false</LastPgInd>", "<PgNb>2</PgNb>"])
def test_one_page_of_several_is_refused(tmp_path, page):
    assert codes(read(tmp_path, xml(FIRST, pages=f"<Pgntn>{page}</Pgntn>"))[1]) == ["PD871"]
    assert codes(read(tmp_path, xml(pages="<Pgntn><PgNb>00001</PgNb><LastPgInd>true</LastPgInd></Pgntn>"))[1]) == []


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        (("<Sgn>false</Sgn></HldgVal></AcctBaseCcyAmts>", "</HldgVal></AcctBaseCcyAmts>"), "no sign"),
        (("<Sgn>false</Sgn></HldgVal></AcctBaseCcyAmts>", "<Sgn>?</Sgn></HldgVal></AcctBaseCcyAmts>"), "is no sign"),
        (('<Amt Ccy="SEK">', "<Amt>"), "no currency"),
        (("800.10", "8e2"), "no number"),
        (("<AcctBaseCcyAmts>", "<AcctBaseCcyAmts><HldgVal/>"), "one is expected"),
    ],
)
def test_an_amount_that_is_none_is_told(tmp_path, changed, why):
    sheet, _ = read(tmp_path, xml(SECOND.replace(*changed)))
    cell = sheet.cells[5][0]
    assert isinstance(cell, Wrong) and cell.code == "PD872"
    assert why in dict(cell.blanks)["why"]


def test_too_many_holdings_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(statement, "MOST_CELLS", 10)
    assert codes(read(tmp_path, xml(FIRST, SECOND))[1]) == ["PD869"]


def test_every_cut_is_told(tmp_path):
    whole = xml(FIRST, SECOND).encode()
    for end in range(0, len(whole), 37):
        sheet, told = read(tmp_path, whole[:end])
        assert (sheet, codes(told)) == (None, ["PD869"])


def test_without_defusedxml_it_is_told_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "defusedxml", None)
    told = read(tmp_path, xml())[1]
    assert codes(told) == ["PD810"]
    assert 'pip install "policydsl[iso20022]"' in told[0].message
