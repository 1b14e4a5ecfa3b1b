"""The report as JSON: valid by its schema, exact, and the same for equal reports."""

import json
from fractions import Fraction
from importlib.resources import files

import jsonschema
import pytest

from tests.verdicts.asking import report, row

SCHEMA = json.loads(files("policydsl.reports").joinpath("report.schema.json").read_text(encoding="utf-8"))

RULES = """rule R "A title":
  sum good..fair where duration > 1y <= 20%
  source "Section 1"
  warn at 10%
rule groups:
  per issuer: sum <= 50%
rule rows:
  each holding: rating >= AA unless issuer = "Y"
rule holds:
  portfolio > 10 SEK and count of holdings > 2
rule grade:
  worst rating of holdings between A and AAA
rule day:
  max due of holdings <= 2020-01-01
rule unknown:
  portfolio >= 90% of asked
rule third:
  average duration weighted by value of holdings should be between 1y and 7y, norm 3y
rule open:
  sum where kind = bond <= undecided
define bonds = sum value of holdings where kind = bond
define longest = max due of holdings
"""
ROWS = (
    row("a", "20", due="2019-01-01"),
    row("b", "30", issuer="Y", rating="BBB", duration="10y"),
    row("c", None, kind=None, issuer=None),
    row("d", "5", duration=None, kind="stock"),
)


def body(*rows, **more):
    return json.loads(report(RULES, *rows, **more).to_json())


@pytest.mark.parametrize(
    "rows", [ROWS, ROWS[:1], ROWS[:2], ROWS[2:], ROWS[1:3]], ids=["all", "one", "known", "unknown", "mixed"]
)
def test_valid_by_the_schema(rows):
    checker = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    checker.validate(body(*rows))


def test_schema_is_one_and_refuses_what_it_does_not_know():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    found = body(*ROWS)
    found["verdicts"][0]["more"] = 1
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(found, SCHEMA)


def test_figures_are_exact_texts():
    first = body(*ROWS[:2], row("e", "10.50", kind="stock"))["verdicts"][0]
    assert Fraction(first["figure"]) == Fraction(50, 1) / Fraction("60.5")
    assert (first["amount"], first["base"], first["base_unit"]) == ("50", "60.5", "SEK")
    assert first["bound"] == {
        "op": "<=", "value": "0.2", "high": None, "norm": None, "warn": "0.1", "of": "portfolio",
        "text": "at most 20% of portfolio",
    }  # fmt: skip
    assert first["headroom"] == {"amount": "-37.9", "points": "-379/605"}
    assert first["unit"] == "share"


def test_interval_group_rows_and_source():
    found = {each["id"]: each for each in body(*ROWS[:2], ROWS[3])["verdicts"]}
    assert found["R"]["source"] == ["Section 1"]
    assert found["groups"]["group"] == {"issuer": "Y"}
    assert found["rows"]["rows"]["counted"] == []
    assert found["rows"]["rows"]["exempt"] == [{"name": "b", "table": "holdings", "row": 2}]
    assert found["day"]["figure"] == "2019-01-01"
    assert found["grade"]["figure"] == "BBB"
    assert (found["grade"]["bound"]["value"], found["grade"]["bound"]["high"]) == ("A", "AAA")
    assert found["unknown"]["missing"] == ["asked"]
    assert found["open"]["bound"]["value"] is None
    assert found["third"]["figure"] == {"low": None, "high": None} or isinstance(found["third"]["figure"], dict)
    assert found["third"]["unit"] == "months"
    assert {"name": "d", "table": "holdings", "row": 3, "columns": ["duration"]} in found["third"]["rows"]["unsettled"]


def test_equal_reports_give_equal_text_whichever_engine():
    texts = [json.loads(report(RULES, *ROWS, engine=engine).to_json()) for engine in ("reference", "columnar")]
    assert [each.pop("run") for each in texts] == [{"engine": "reference"}, {"engine": "columnar"}]
    assert texts[0] == texts[1]
    assert report(RULES, *ROWS).to_json() == report(RULES, *ROWS).to_json()
    assert report(RULES, *ROWS) == report(RULES, *ROWS)
    assert report(RULES, *ROWS) == report(RULES, *ROWS, engine="columnar")


def test_many_rows_are_counted_and_the_first_hundred_listed():
    rows = [row(f"row {n:03}", str(n)) for n in range(1, 151)]
    found = body(*rows)["verdicts"][0]["rows"]
    assert (found["count"], len(found["counted"]), found["counted"][0]["value"]) == (150, 100, "150")


def test_quantities_stand_beside_the_verdicts():
    found = {each["name"]: each for each in body(*ROWS[:2])["figures"]}
    assert (found["bonds"]["value"], found["bonds"]["unit"], found["bonds"]["rows"]["count"]) == ("50", "SEK", 2)
    assert found["longest"]["value"] == "2019-01-01"


def test_frame_has_a_row_for_each_verdict():
    found = report(RULES, *ROWS)
    frame = found.to_frame()
    assert list(frame["outcome"]) == [each.outcome for each in found.verdicts]
    assert list(frame["sentence"]) == [each.sentence for each in found.verdicts]
