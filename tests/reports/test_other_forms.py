"""Markdown, JUnit, GitHub annotations, SARIF and calendars: their structure, and that no text leaves its place."""

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from datetime import date

import jsonschema
import pytest

from policydsl.reports.calendar import calendar_text
from policydsl.reports.markdown import code, plain, prose
from policydsl.reports.renderings import FORMS

from .hostile import report

TEXT_FORMS = ("markdown", "junit", "github", "sarif", "ics")

# What SARIF 2.1.0 requires of the parts that are written here.
MESSAGE = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
LOCATION = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "properties": {
                "artifactLocation": {
                    "required": ["uri"],
                    "properties": {"uri": {"type": "string", "format": "uri-reference"}},
                },
                "region": {
                    "required": ["startLine"],
                    "properties": {
                        name: {"type": "integer", "minimum": 1}
                        for name in ("startLine", "startColumn", "endLine", "endColumn")
                    },
                    "additionalProperties": False,
                },
            },
        },
        "logicalLocations": {"type": "array", "uniqueItems": True, "items": {"type": "object"}},
    },
}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "tool": {
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "required": ["name", "rules"],
                                "properties": {
                                    "rules": {
                                        "uniqueItems": True,
                                        "items": {
                                            "required": ["id"],
                                            "properties": {"shortDescription": MESSAGE, "fullDescription": MESSAGE},
                                        },
                                    }
                                },
                            }
                        },
                    },
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "language": {"pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"},
                    "invocations": {
                        "items": {
                            "required": ["executionSuccessful"],
                            "properties": {
                                "toolExecutionNotifications": {
                                    "items": {
                                        "required": ["message"],
                                        "properties": {"message": MESSAGE, "level": LEVEL},
                                    }
                                }
                            },
                        }
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message"],
                            "properties": {
                                "message": MESSAGE,
                                "level": LEVEL,
                                "kind": {"enum": ["notApplicable", "pass", "fail", "review", "open", "informational"]},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "locations": {"type": "array", "items": LOCATION},
                                "partialFingerprints": {"additionalProperties": {"type": "string"}},
                                "suppressions": {
                                    "uniqueItems": True,
                                    "items": {
                                        "required": ["kind"],
                                        "properties": {
                                            "kind": {"enum": ["inSource", "external"]},
                                            "status": {"enum": ["accepted", "underReview", "rejected"]},
                                        },
                                    },
                                },
                            },
                            "if": {"properties": {"kind": {"not": {"const": "fail"}}}},
                            "then": {"properties": {"level": {"const": "none"}}},
                        },
                    },
                },
            },
        },
    },
}


@pytest.fixture(scope="module", params=[None, "sv", "da"])
def hostile(request, tmp_path_factory):
    return report(tmp_path_factory.mktemp("hostile"), request.param, whole=request.param == "sv")


@pytest.mark.parametrize("form", TEXT_FORMS)
def test_same_bytes_and_no_control_characters(hostile, form):
    text = hostile.to(form)
    assert text == hostile.to(form)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]", text)
    assert text.endswith("\n")


def test_every_form_is_tried():
    assert set(TEXT_FORMS) <= set(FORMS)


def test_junit(hostile):
    root = ElementTree.fromstring(hostile.to("junit").encode("utf-8"))
    cases = root.findall("./testsuite/testcase")
    assert len(cases) == len(hostile.verdicts) == int(root.get("tests"))
    for element, outcome, count in (
        ("failure", "breach", "failures"),
        ("error", "undetermined", "errors"),
        ("skipped", "not applicable", "skipped"),
    ):
        found = [case.find(element) for case in cases if case.find(element) is not None]
        expected = [verdict for verdict in hostile.verdicts if verdict.outcome == outcome]
        assert len(found) == len(expected) == int(root.get(count))
        assert [each.get("message") for each in found] == [clean(each.sentence) for each in expected]


def clean(text):
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]", "\ufffd", text)


def test_sarif(hostile):
    log = json.loads(hostile.to("sarif"))
    jsonschema.Draft202012Validator(SARIF, format_checker=jsonschema.FormatChecker()).validate(log)
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == len(hostile.verdicts)
    for result, verdict in zip(run["results"], hostile.verdicts, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == verdict.id
        assert (result["kind"] == "fail") == (verdict.outcome in ("breach", "deviation", "waived"))
        assert ("suppressions" in result) == (verdict.outcome == "waived")
        assert result["locations"][0]["physicalLocation"]["region"]["startLine"] > 5


def test_github(hostile):
    lines = hostile.to("github").splitlines()
    assert all(re.fullmatch(r"::(error|warning|notice) [^:]+::[^\n]+", line) for line in lines)
    assert lines[0].startswith("::error title=")
    told = [verdict for verdict in hostile.verdicts if verdict.outcome not in ("pass", "not applicable")]
    assert len(lines) == 1 + len(told) + len(hostile.diagnostics)
    assert any("%250A" in line for line in lines), "what looks like an escape is one text"


def test_github_points_at_the_rule(hostile):
    source = next(each for each in hostile.sources if each.path.endswith("hostile.policy"))
    line = next(line for line in hostile.to("github").splitlines() if "title=told" in line)
    number = int(re.search(r",line=(\d+),", line)[1])
    assert source.line(number).startswith("rule told")


def test_markdown(hostile):
    text = hostile.to("markdown")
    outside = re.sub(r"`+[^`\n]*`+", "", text)
    assert not re.search(r"<(?!/?br)[a-z/!]", outside)
    assert "&lt;script&gt;" in text
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        widths = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
        assert len(widths) == 1, table
    assert hostile.say("Duties and attestations") in text


def test_markdown_texts():
    assert plain("# a *b* `c` <d> & @e") == "\\# a \\*b\\* \\`c\\` &lt;d&gt; &amp; &#64;e"
    assert plain("1. a\n- b") == "1\\. a - b"
    assert prose("so that `a | b` holds") == "so that `a \\| b` holds"
    assert code("a`b") == "`` a`b ``"


def unfolded(text):
    return text.replace("\r\n ", "").split("\r\n")


def test_calendar(hostile):
    text = hostile.to("ics")
    assert all(len(line.encode("utf-8")) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    lines = unfolded(text)
    assert (lines[0], lines[-2], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
    events = "\n".join(lines).split("BEGIN:VEVENT\n")[1:]
    uids = [re.search("UID:(.*)", each)[1] for each in events]
    assert len(set(uids)) == len(uids) > 5
    for event in events:
        names = [line.partition(":")[0].partition(";")[0] for line in event.splitlines()]
        expected = ["UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "CATEGORIES", "TRANSP", "END"]
        assert names[: len(expected)] == expected
    days = {re.search("SUMMARY[^:]*:(.*)", each)[1]: re.search("DATE:([0-9]+)", each)[1] for each in events}
    waiver = hostile.say("Last day of waiver {id} of {check}", id="B-1", check="green")
    assert days[waiver] == "20241231"
    due = hostile.say("Due: {what}", what="Report\\, with\\; signs (2024-T2)")
    assert days[due] == "20241015"
    assert "=a reason" in text


def test_calendar_has_the_coming_year_and_no_more(hostile):
    days = [date.fromisoformat(day) for day in re.findall(r"DTSTART;VALUE=DATE:(\d{8})", calendar_text([hostile]))]
    assert max(days) > date(2025, 6, 1)
    assert max(days) < date(2026, 7, 1)


def test_forms_do_not_depend_on_the_order_of_sets(tmp_path):
    code = (
        "from tests.reports.hostile import report; from pathlib import Path; import hashlib;"
        f"r = report(Path({str(tmp_path)!r}));"
        "print(*(hashlib.sha256(t.encode() if isinstance(t := r.to(f), str) else t).hexdigest()"
        " for f in __import__('policydsl.reports.renderings', fromlist=['FORMS']).FORMS))"
    )
    told = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                       env={**__import__("os").environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(told) == 1


def test_a_form_that_there_is_not_is_named_with_those_that_there_are(tmp_path):
    with pytest.raises(ValueError, match="there is no form 'htlm': there are text, json, html, "):
        report(tmp_path).to("htlm")
    assert report(tmp_path).to("text") == report(tmp_path).to_text()
