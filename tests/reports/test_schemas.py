"""What the commands print as JSON about several reports is valid by its schema."""

import json
from importlib.resources import files

import jsonschema
import pytest
import referencing

from policydsl.cli import run

from .test_several import ALL, folder

__all__ = ["folder"]

SCHEMAS = {
    name: json.loads(files("policydsl.reports").joinpath(f"{name}.schema.json").read_text(encoding="utf-8"))
    for name in ("report", "comparison", "reports")
}
REGISTRY = referencing.Registry().with_resources(
    (schema["$id"], referencing.Resource.from_contents(schema)) for schema in SCHEMAS.values()
)
NEW = """\
rulebook "New policy"
  currency SEK
  base portfolio
table holdings, each holding
  instrument  text, key
  asset_class one of fixed_income, equity
  market_value money in SEK
define portfolio = sum market_value of holdings
rule equities "Equities": share where asset_class = equity <= 30%
rule each-class: per asset_class: share <= 50%
rule size: portfolio >= 80 SEK
"""


def validate(name, body):
    checker = jsonschema.FormatChecker()
    jsonschema.Draft202012Validator(SCHEMAS[name], registry=REGISTRY, format_checker=checker).validate(body)


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_schemas(name):
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])


def printed(arguments, capsys):
    run([*arguments, "--format", "json"])
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("more", [[], ["--scenarios"], ["--set", "least=101 SEK"]])
def test_several_rulebooks_and_scenarios(folder, capsys, more):
    body = printed(["check", *ALL, *more], capsys)
    validate("reports", body)
    assert len(body["reports"]) == 2
    assert len(body["scenarios"]) == (2 if more == ["--scenarios"] else 0)


def test_scenarios_of_one_rulebook(folder, capsys):
    body = printed(["check", "policy.policy", "holdings.csv", "--scenarios"], capsys)
    validate("reports", body)
    assert body["scenarios"]


def test_comparison_with_every_kind_of_change(folder, capsys):
    (folder / "new.policy").write_text(NEW, encoding="utf-8")
    forth = printed(["compare", "policy.policy", "new.policy", "holdings.csv"], capsys)
    back = printed(["compare", "new.policy", "policy.policy", "holdings.csv"], capsys)
    for body in (forth, back):
        validate("comparison", body)
    kinds = {change["kind"] for body in (forth, back) for change in body["changes"]}
    assert kinds == set(SCHEMAS["comparison"]["$defs"]["change"]["properties"]["kind"]["enum"])


@pytest.mark.parametrize("name", ["reports", "comparison"])
def test_what_is_no_report_is_refused(folder, capsys, name):
    body = printed(["check", *ALL], capsys)
    if name == "comparison":
        body = printed(["compare", "policy.policy", "policy.policy", "holdings.csv"], capsys)
        del body["after"]["verdicts"]
    else:
        body["reports"][0]["verdicts"][0]["outcome"] = "fine"
    with pytest.raises(jsonschema.ValidationError):
        validate(name, body)
