"""What `--help` shows of every command, in the other languages: nothing is left in English."""

import re
import tomllib

import click
import pytest

from policydsl._resources import languages
from policydsl.cli import run
from policydsl.cli.helping import BESIDES, helped, paragraphs
from policydsl.cli.memory_commands import program

from .saying import ROOT

OTHERS = [code for code in languages() if code != "en"]
COMMANDS = {"": program, **program.commands}
HEADINGS = {"Usage:", "Options", "Commands", *BESIDES}
CAPITALS = re.compile(r"\b[A-Z]{3,}\b")


def asked_of(command):
    """A context as the program makes it: click keeps the option for help that it makes in the first one."""
    return click.Context(command, help_option_names=program.context_settings["help_option_names"])


def options(command):
    context = asked_of(command)
    return [each for each in command.get_params(context) if isinstance(each, click.Option) and not each.hidden]


def texts():
    """Every paragraph and every option's text."""
    found = {paragraph for command in COMMANDS.values() for paragraph in paragraphs(command.help)}
    return found | {option.help for command in COMMANDS.values() for option in options(command) if option.help}


def words():
    """What stands for what a user puts there."""
    found = set()
    for command in COMMANDS.values():
        context = asked_of(command)
        records = [option.get_help_record(context)[0] for option in options(command)]
        found |= set(CAPITALS.findall(" ".join([*command.collect_usage_pieces(context), *records])))
    return found


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_there_and_no_other(language):
    told = tomllib.loads((ROOT / "cli" / "help" / f"{language}.toml").read_text(encoding="utf-8"))
    missing, more = (texts() | HEADINGS) - set(told["texts"]), set(told["texts"]) - texts() - HEADINGS
    assert not missing, f"policydsl/cli/help/{language}.toml lacks under [texts]: {sorted(missing)}"
    assert not more, f"policydsl/cli/help/{language}.toml translates what nobody says: {sorted(more)}"
    assert words() - set(told["words"]) == set()
    used = {word for text in texts() for word in CAPITALS.findall(text)} | words()
    assert set(told["words"]) - used == set()


@pytest.mark.parametrize("language", OTHERS)
def test_texts_keep_their_options_and_commands(language):
    kept = re.compile(r"--[a-z-]+|`[a-z]+`|PD\d+|\.[a-z]{2,4}\b")
    for english, instead in helped(language).texts.items():
        assert [each for each in kept.findall(english) if each not in ("`item`",)] == [
            each for each in kept.findall(instead) if each not in ("`punkt`",)
        ]
        assert english.startswith("\b") == instead.startswith("\b")


@pytest.mark.parametrize("language", languages())
def test_help_is_told(language, capsys):
    told = helped(language)
    for name, command in COMMANDS.items():
        assert run([*([name] if name else []), "--help", "--lang", language]) == 0
        shown = " ".join(capsys.readouterr().out.replace("\b", "").split())
        assert shown.startswith(told.say("Usage:"))
        wanted = [*paragraphs(command.help), *(option.help for option in options(command) if option.help)]
        for text in wanted:
            assert " ".join(told.say(text).replace("\b", "").split()) in shown


def test_commands_are_listed_with_a_whole_sentence(capsys):
    assert run(["--lang", "sv", "--help"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "..." not in shown.replace("[ARGUMENT]...", "")
    assert "explain Skriv ut sidan om ett meddelande: policydsl explain PD204 follow-up" in shown


def test_help_is_in_the_language_of_the_rulebook_that_is_named(tmp_path, capsys):
    (tmp_path / "book.policy").write_text('# språk: sv\nregelbok "R"\n', encoding="utf-8")
    assert run(["check", str(tmp_path / "book.policy"), "--help"]) == 0
    assert "Användning: policydsl check [VAL] REGELBOK DATA..." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["check"], "`policydsl check` behöver REGELBOK"),
        (["template", "book"], "`policydsl template` behöver --output FIL"),
        (["reclassify", "record", "rule"], "`policydsl reclassify` behöver --as [active|passive]"),
        (["report"], "som i `policydsl report --template NAMN REGELBOK DATA -o report.pdf`"),
        (["replay", "record", "--run", "x"], "kommandot kan inte läsas: `--run` tar ett heltal, och `x` är inget"),
        (["plan", "a", "b", "c"], "kommandot kan inte läsas: det står för mycket: b c"),
    ],
)
def test_what_is_wrong_with_a_command_line_is_called_as_in_the_help(arguments, told, capsys):
    assert run(["--lang", "sv", *arguments]) == 2
    assert told in " ".join(capsys.readouterr().err.split())
