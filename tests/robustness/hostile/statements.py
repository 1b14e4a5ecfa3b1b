"""Files of funds and custodians."""

from .case import Case, file

SPACE = "urn:iso:std:iso:20022:tech:xsd:semt.002.001.11"
TEMPLATE = "1_Portfolio;4_Currency;5_Net_assets;12_CIC;14_Code;24_Value;26_Weight\n"
LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'lol'>{}]>".format(
    "".join(f"<!ENTITY a{at} '{f'&a{at - 1};' * 10}'>" for at in range(1, 12))
)


def _statement(text: str, before: str = "", space: str = SPACE) -> str:
    return (
        f'<?xml version="1.0"?>{before}<Document xmlns="{space}"><SctiesBalCtdyRpt>{text}</SctiesBalCtdyRpt></Document>'
    )


TITLE = "Files of funds and custodians"
CASES = [
    Case("an XML bomb (“billion laughs”) for a statement",
         file(_statement("<StmtGnlDtls>&a11;</StmtGnlDtls>", LAUGHS), "holdings.xml"), ("PD869",)),
    Case("a statement that quotes a file of the computer (XXE)",
         file(_statement("&e;", "<!DOCTYPE x [<!ENTITY e SYSTEM 'holdings.csv'>]>"), "holdings.xml"), ("PD869",)),
    Case("a statement of an account (camt.053)",
         file(_statement("", space=SPACE.replace("semt.002", "camt.053")), "holdings.xml"), ("PD869",)),
    Case("half a statement", file(_statement("<BalForAcct>")[:-60], "holdings.xml"), ("PD869",)),
    Case("the first of two messages of a statement",
         file(_statement("<Pgntn><PgNb>1</PgNb><LastPgInd>false</LastPgInd></Pgntn>"), "holdings.xml"), ("PD871",)),
    Case("a fund's template of which a row is missing",
         file(f"{TEMPLATE}F;SEK;100;SE11;A;60;0.6\nF;SEK;100;SE11;B;30;0.3\n"), ("PD866",)),
    Case("a fund's template with two portfolios",
         file(f"{TEMPLATE}F;SEK;60;SE11;A;60;1\nG;SEK;40;SE11;B;40;1\n"), ("PD354", "PD868")),
]  # fmt: skip
