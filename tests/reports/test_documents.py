"""Templates filled in from a program, and on the data of a scenario."""

import pytest

import policydsl
from policydsl.cli import run

POLICY = """\
rulebook "Town"
  currency SEK
  base portfolio
table holdings, each holding
  name  text, key
  kind  one of bond, share
  value money in SEK
define portfolio = sum value of holdings
rule shares: share where kind = share <= 40%
scenario "Shares double": each holding where kind = share: value = 2 * value
"""
PAGE = (
    "# Town report\n\n{{ verdict }}\n\n{{ rule shares }}\n\n{{ figure all_of_it }}\n\n{{ text comment: how it is }}\n"
)
ROWS = "name,kind,value\nA,bond,60\nB,share,40\n"


@pytest.fixture
def town(tmp_path, monkeypatch):
    """A rulebook, a template with a figure of its own, and data: shares are 40 of 100, doubled 80 of 140."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "town.policy").write_text(POLICY, encoding="utf-8")
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours/template.toml").write_text('title = "Ours"\n', encoding="utf-8")
    (tmp_path / "ours/page.md").write_text(PAGE, encoding="utf-8")
    (tmp_path / "ours/figures.policy").write_text("define all_of_it = portfolio\n", encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/holdings.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "said.md").write_text("All is *well*.\n", encoding="utf-8")
    return tmp_path


def tables():
    return {"holdings": [{"name": "A", "kind": "bond", "value": "60"}, {"name": "B", "kind": "share", "value": "40"}]}


COMMAND = ["report", "--template", "ours", "town.policy", "data", "--text", "comment=said.md"]


@pytest.mark.parametrize("form", ["md", "html", "pdf", "docx"])
@pytest.mark.parametrize("scenario", [None, "Shares double"])
def test_a_program_gets_what_the_command_writes(form, scenario, town):
    asked = [] if scenario is None else ["--scenario", scenario]
    assert run([*COMMAND, "-o", f"r.{form}", *asked]) == 0
    written = (town / f"r.{form}").read_bytes()
    made = policydsl.document(
        "ours", "town.policy", tables(), form, texts={"comment": "All is *well*.\n"}, scenario=scenario
    )
    assert (made if isinstance(made, bytes) else made.encode()) == written


def test_a_scenario_is_named_and_judged(town):
    plain, doubled = (
        policydsl.document("ours", "town.policy", tables(), "md", scenario=one).replace("\u00a0", " ").replace("\\", "")
        for one in (None, "Shares double")
    )
    assert "PASS: 1 pass" in plain and "40%" in plain and "scenario" not in plain
    assert "# Town report\n\n**In the scenario “Shares double”**" in doubled
    assert "BREACH: 1 breach" in doubled and "57.1%" in doubled and "140 SEK" in doubled


def test_what_is_wrong_is_an_error_with_its_messages(town):
    for changed, code in (
        ({"texts": {"coment": "x"}}, "PD889"),
        ({"template": "borad"}, "PD880"),
        ({"template": "finansrapport"}, "PD897"),
    ):
        given = {"template": "ours", "rulebook": "town.policy", "tables": tables(), **changed}
        with pytest.raises(policydsl.TemplateError) as refused:
            policydsl.document(**given)
        assert code in [one.code for one in refused.value.diagnostics]
    with pytest.raises(ValueError, match="there is no form 'xlsx': there are html, md, pdf, docx"):
        policydsl.document("ours", "town.policy", tables(), "xlsx")
    with pytest.raises(policydsl.DataError, match="PD635"):
        policydsl.document("ours", "town.policy", tables(), scenario="Shares halve")


def test_one_rulebook_for_one_template(town, capsys):
    assert run([*COMMAND, "-o", "r.md", "--also", "law.policy"]) == 2
    assert "PD920" in (told := capsys.readouterr().err) and "`--also law.policy`" in told
    assert not (town / "r.md").exists()
