"""Rulebooks on top of one another, as files: chains of them, what they share, and what is kept of them."""

import policydsl
from policydsl.testing import run_tests

LAW = """\
rulebook "Law"
  binding
  currency SEK
  use standard/holdings
  base portfolio
  valid from 2015-01-01
define portfolio = sum market_value of holdings
rule 1 "Equities": share where asset_class = equity <= 60%
  source "Law 1"
  quote "At most sixty."
  item "L-1"
  warn at 55%
"""
COMMON = """\
rulebook "Common" extends "law"
  use standard/holdings
tighten 1: share where asset_class = equity <= 50%
rule 2: portfolio >= 10 SEK
"""
TOWN = """\
rulebook "Town" extends "common"
tighten 1: share where asset_class = equity <= 40%
  source "Town 1"
replace 2: portfolio >= 5 SEK
test "at its own limit"
  as of 2020-01-01
  given holdings
    | asset_class | market_value |
    | equity      | 4 SEK        |
    | cash        | 6 SEK        |
  expect 1 pass at 40%
  expect 2 pass
"""


def write(folder, **texts):
    for name, text in texts.items():
        (folder / name).mkdir(exist_ok=True)
        (folder / name / f"{name}.policy").write_text(text, encoding="utf-8")
    return folder / "town"


def codes(told):
    return [one.code for one in told if one.is_error]


def test_three_layers(tmp_path):
    book = policydsl.load(write(tmp_path, law=LAW, common=COMMON, town=TOWN))
    assert book.model.layers == ("Law", "Common", "Town")
    first, second = book.model.checks
    assert first.requirement == "share of portfolio where asset_class = equity must be <= 40%"
    assert (first.title, first.remarks.sources, first.remarks.items) == ("Equities", ("Town 1",), ("L-1",))
    assert first.remarks.quotes == ()
    assert first.origin is not None
    assert [(each.how, each.by, each.line) for each in first.origin.changes] == [
        ("tightened", "Common", 3), ("tightened", "Town", 2),
    ]  # fmt: skip
    assert first.origin.rulebook == "Law"
    assert second.origin is not None
    assert second.origin.changed == "replaced by Town"
    assert [test.passed for test in run_tests(book)] == [True]


def test_validity_is_what_all_layers_share(tmp_path):
    law = LAW.replace("  binding\n", "")
    common = COMMON.replace("holdings\n", "holdings\n  valid from 2016-01-01 until 2030-12-31\n")
    book = policydsl.load(write(tmp_path, law=law, common=common, town=TOWN))
    found = {(str(check.remarks.valid_from), str(check.remarks.valid_until)) for check in book.model.checks}
    assert found == {("2016-01-01", "2030-12-31")}


def test_law_stands_on_all_of_its_days(tmp_path):
    for validity, wanted in (("from 2016-01-01", ["PD638"]), ("until 2030-12-31", ["PD638"]), ("from 2014-01-01", [])):
        town = TOWN.replace('"common"\n', f'"common"\n  valid {validity}\n')
        assert codes(policydsl.read(write(tmp_path, law=LAW, common=COMMON, town=town))[1]) == wanted


def test_law_binds_through_what_lies_between(tmp_path):
    town = TOWN.replace("tighten 1", "replace 1")
    assert codes(policydsl.read(write(tmp_path, law=LAW, common=COMMON, town=town))[1]) == ["PD623"]


def test_what_the_layer_below_has_tightened_is_not_loosened_by_tightening_the_law(tmp_path):
    town = TOWN.replace("<= 40%", "<= 55%")
    assert codes(policydsl.read(write(tmp_path, law=LAW, common=COMMON, town=town))[1])[:1] == ["PD625"]


def test_change_in_the_lowest_file_is_seen(tmp_path):
    folder = write(tmp_path, law=LAW, common=COMMON, town=TOWN)
    assert policydsl.load(folder).rules == policydsl.load(folder).rules == ("1", "2")
    write(tmp_path, law=f"{LAW}rule 3: portfolio >= 1 SEK\n")
    assert policydsl.load(folder).rules == ("1", "3", "2")


def test_fault_in_the_lowest_file_is_told_there(tmp_path):
    folder = write(tmp_path, law=LAW.replace("asset_class", "assetclass"), common=COMMON, town=TOWN)
    _, told = policydsl.read(folder)
    assert {one.where.path for one in told if one.code == "PD200" and one.where} >= {
        str(tmp_path / "law" / "law.policy")
    }
