"""Duties, questions to a person and waivers in every form of a report."""

import json
from datetime import date
from importlib.resources import files

import jsonschema
import pytest

import policydsl

SCHEMA = json.loads(files("policydsl.reports").joinpath("report.schema.json").read_text(encoding="utf-8"))
RULEBOOK = """\
rulebook "Obligations"
  use standard/deliveries, standard/attestations
table loans, each loan
  name   text, key
  green  yes/no
  amount money in SEK
define debt = sum amount of loans
rule green "Green loans": share of debt where green <= 50%
  waivable by "Board"
duty finance-report "Financial report": from "Treasury" to "Board" every 4 months within 45 days
  source "9"
attest readiness "Is the ability to pay adequate?" by "Treasurer" once
waiver B-1 of green
  granted by "Board" on 2024-01-01
  up to 60%
  because "a reason"
"""
DELIVERIES = {"duty": ["finance-report"], "period": ["2024-T1"], "delivered_on": ["2024-06-15"]}
ATTESTATIONS = {
    "attest": ["readiness"], "period": [None], "answer": ["yes"], "person": ["Anna"], "role": ["Treasurer"],
    "answered_on": ["2024-03-01"],
}  # fmt: skip


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    path = tmp_path_factory.mktemp("rulebook") / "obligations.policy"
    path.write_text(RULEBOOK, encoding="utf-8")
    loans = {"name": ["a", "b"], "green": ["yes", "no"], "amount": ["55", "45"]}
    tables = {"loans": loans, "deliveries": DELIVERIES, "attestations": ATTESTATIONS}
    return policydsl.load(path).check(tables, as_of=date(2024, 7, 1))


def test_text_says_who_allowed_what_and_what_is_late(report):
    text = " ".join(report.to_text().split())
    assert "BREACH: 1 breach, 1 waived, 1 pass" in text
    assert "green: Green loans waiver B-1 of Board (2024-01-01, up to 60%) allows: 55% of" in text
    assert "period 2024-T1 (1 of 2): it was delivered on 2024-06-15, 1 day after it was due" in text
    assert "waiver `B-1` of `green` has no last day" in text


def test_json_is_valid_and_keeps_the_breach(report):
    body = json.loads(report.to_json())
    jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(body)
    found = {(verdict["id"], (verdict["group"] or {}).get("period")): verdict for verdict in body["verdicts"]}
    waived = found["green", None]
    assert (waived["outcome"], waived["unwaived"]) == ("waived", "breach")
    assert (waived["figure"], waived["bound"]["value"], waived["headroom"]["points"]) == ("0.55", "0.5", "-0.05")
    assert [each["id"] for each in waived["waivers"]] == ["B-1"]
    assert found["finance-report", "2024-T1"]["outcome"] == "breach"
    assert found["readiness", None]["because"] == "Anna (Treasurer) answered yes on 2024-03-01"


def test_frame_names_the_waivers(report):
    frame = report.to_frame().set_index(["rule", "group"])
    assert next(iter(frame["waivers"])) == "B-1"
    assert list(frame.loc["finance-report"].index) == ["period = 2024-T1", "period = 2024-T2"]
