"""Rulebooks inside Markdown documents: only the blocks are read, and every place is that of the document."""

import pytest

import policydsl
from policydsl.cli import run
from policydsl.source import Source
from policydsl.syntax import ast, parse

DOCUMENT = """\
# Finance policy

Adopted in *2024*. `rule` in a sentence is no rule; neither is

```text
rule other: portfolio > 0 SEK
```

```policy
rulebook "Town"
  currency SEK
  use standard/holdings
  base portfolio
define portfolio = sum market_value of holdings
```

## 4.2 Long paper

No more than a fifth.

```policy
rule 4.2 "Long paper": sum where duration > 7y <= 20%   # half of it later
  source "4.2"
```
"""


def test_blocks_make_the_tree_that_they_would_make_alone():
    document, told = parse(Source("town.policy.md", DOCUMENT))
    inside = "".join(DOCUMENT.split("```policy\n")[part].split("```")[0] for part in (1, 2))
    alone, _ = parse(Source("town.policy", inside))
    assert told == ()
    assert document.declarations == alone.declarations
    assert [comment.value for comment in document.comments] == ["# half of it later"]


def test_every_place_is_that_of_the_document():
    source = Source("town.policy.md", DOCUMENT)
    file, _ = parse(source)
    rule = file.declarations[-1]
    assert isinstance(rule, ast.Rule)
    assert source.position(rule.id_span.start).line == DOCUMENT[: DOCUMENT.index("rule 4.2")].count("\n") + 1
    assert source.words(rule.id_span) == "4.2"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_message_names_the_line_of_the_document(end):
    text = DOCUMENT.replace("<= 20%", "<= 20 20").replace("\n", end)
    source = Source("town.policy.md", text)
    _, told = parse(source)
    line = text[: text.index("rule 4.2")].count("\n") + 1
    assert [source.position(one.where.start).line for one in told] == [line]


def test_longer_block_may_show_how_a_rulebook_is_written():
    shown = f"````markdown\n```policy\nrule never: 1\n```\n````\n\n{DOCUMENT}"
    file, told = parse(Source("town.policy.md", shown))
    assert told == ()
    assert len(file.declarations) == 3


def test_rulebook_after_a_block_that_was_never_ended_is_told():
    _, told = parse(Source("town.policy.md", f"```csv\na;b\n\n{DOCUMENT[DOCUMENT.index('```policy') :]}"))
    assert {one.code for one in told} == {"PD610"}


def test_keyword_table_of_another_language_may_be_named_in_the_first_block():
    _, told = parse(Source("town.policy.md", "# Policy\n\n```policy\n# språk: xx\nregel a: b\n```\n"))
    assert [one.code for one in told] == ["PD101"]


def test_folder_may_hold_both(tmp_path):
    (tmp_path / "town.policy.md").write_text(DOCUMENT, encoding="utf-8")
    (tmp_path / "more.policy").write_text("rule 5: portfolio > 0 SEK\n", encoding="utf-8")
    rulebook = policydsl.load(tmp_path)
    assert sorted(rulebook.rules) == ["4.2", "5"]
    assert policydsl.load(tmp_path).rules == rulebook.rules  # once more, as it was kept


def test_shared_part_may_be_a_document(tmp_path):
    (tmp_path / "shared.policy.md").write_text("# Shared\n\n```policy\nparameter cap: 20%\n```\n", encoding="utf-8")
    using = DOCUMENT.replace("use standard/holdings", "use standard/holdings, shared").replace("<= 20%", "<= cap")
    (tmp_path / "town.policy.md").write_text(using, encoding="utf-8")
    assert policydsl.load(tmp_path / "town.policy.md").rules == ("4.2",)


def test_command_line_shows_the_line_as_it_stands_in_the_document(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "town.policy.md").write_text(DOCUMENT.replace("duration", "duraton"), encoding="utf-8")
    assert run(["test", "town.policy.md"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("town.policy.md:22:")
    assert '22 | rule 4.2 "Long paper": sum where duraton > 7y' in said


def told_of_a_block(mark, content):
    _, told = parse(Source("town.policy.md", f"{DOCUMENT}\n```{mark}\n{content}\n```\n"))
    return [one.code for one in told]


RULE = "rule 5: sum where duration > 9y <= 20%"


@pytest.mark.parametrize(
    "mark", ["Policy", "POLICY", "policies", "policydsl", "rule", "Rule", "rulebook", "regel", "regelbok", "regelbog"]
)
def test_a_mark_that_is_nearly_the_right_one_or_begins_a_declaration_is_asked_about(mark):
    assert told_of_a_block(mark, RULE) == ["PD614"]


@pytest.mark.parametrize("mark", [" policy", " policy ", "\tpolicy"])
def test_blanks_around_the_mark_do_not_matter(mark):
    file, told = parse(Source("town.policy.md", f"{DOCUMENT}\n```{mark}\n{RULE}\n```\n"))
    assert told == ()
    assert isinstance(file.declarations[-1], ast.Rule)
    assert file.declarations[-1].id == "5"


@pytest.mark.parametrize(
    "content",
    [
        RULE,
        f"\n# a comment\n\n{RULE}\n\n{RULE}",
        "regel 5: summa där löptid > 9 år <= 20 %",
        "regel 5: sum hvor varighed > 9 år <= 20 %",
    ],
)
def test_rules_under_another_mark_are_asked_about_in_every_language(content):
    assert told_of_a_block("finance", content) == ["PD752"]


@pytest.mark.parametrize(
    ("mark", "content"),
    [
        ("text", RULE),
        ("python", "rule = 5\n"),
        ("sql", "table x;"),
        ("yaml", "rule: 5"),
        ("finance", f"{RULE}\nand so on"),
        ("csv", ""),
    ],
)
def test_blocks_for_readers_and_in_other_languages_are_left_alone(mark, content):
    assert told_of_a_block(mark, content) == []


@pytest.mark.parametrize("word", ["rule", "regel"])
def test_unmarked_blocks_are_asked_about_in_every_language(word):
    assert told_of_a_block("", f"{word} 5: x") == ["PD615"]
