"""What `--help` shows, in the language that is asked for or else that of a rulebook on the command line.

The English texts stand beside the commands and are the keys of `help/sv.toml` and its neighbours: under `texts` each
paragraph of a command and each option's text, under `words` what stands for what a user puts there.
"""

import re
from functools import cache
from inspect import cleandoc
from pathlib import Path

import click

from policydsl._frozen import frozen
from policydsl.cli.output import language_of_arguments

BESIDES = ("default:", "required")
"""What is said of an option beside its own text."""
_WORD = re.compile(r"\b[A-Z]{3,}\b")
_SENTENCE = re.compile(r"(?<=[\w)])\.(?= |$)")


@frozen(eq=False)
class Helped:
    """The texts and the words of a language."""

    texts: dict[str, str]
    words: dict[str, str]

    def say(self, english: str) -> str:
        """A text; in English where the language has none."""
        return self.texts.get(english, english)

    def place(self, words: str) -> str:
        """What stands for what a user puts there: `RULEBOOK DATA...`."""
        return _WORD.sub(lambda word: self.words.get(word[0], word[0]), words)


@cache
def helped(language: str) -> Helped:
    """What is shown in a language."""
    file = Path(__file__).parent / "help" / f"{language}.toml"
    if not file.is_file():
        return Helped({}, {})
    import tomllib

    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return Helped(table["texts"], table["words"])


def paragraphs(text: str | None) -> list[str]:
    """The paragraphs of a command's text, without the folding of their lines, unless these are to stay as they are."""
    found = cleandoc(text or "").split("\n\n")
    return [each if each.startswith("\b") else " ".join(each.split()) for each in found if each]


def told_to(ctx: click.Context) -> Helped:
    """What is shown in the language of a command line."""
    return helped(language_of_arguments(ctx.find_root().obj or ()))


class InLanguage(click.Command):
    """A command whose help is told in a language."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """How it is called."""
        told = told_to(ctx)
        pieces = told.place(" ".join(self.collect_usage_pieces(ctx)))
        formatter.write_usage(ctx.command_path, pieces, f"{told.say('Usage:')} ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it does."""
        told = told_to(ctx)
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text("\n\n".join(map(told.say, paragraphs(self.help))))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What its options are for; of a group its commands follow."""
        told = told_to(ctx)
        found = [_option(param, ctx, told) for param in self.get_params(ctx) if isinstance(param, click.Option)]
        with formatter.section(told.say("Options")):
            formatter.write_dl([each for each in found if each is not None])
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)


class Commands(InLanguage, click.Group):
    """Commands, each listed with the first sentence of what it does."""

    command_class = InLanguage

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands by name."""
        told = told_to(ctx)
        with formatter.section(told.say("Commands")):
            formatter.write_dl([(name, _in_short(self.commands[name], told)) for name in self.list_commands(ctx)])


def _in_short(command: click.Command, told: Helped) -> str:
    return _SENTENCE.split(told.say(paragraphs(command.help)[0]))[0]


def _option(option: click.Option, ctx: click.Context, told: Helped) -> tuple[str, str] | None:
    """An option and what it is for, with what click says of it besides."""
    record = option.get_help_record(ctx)
    if record is None:
        return None
    spelt, text = record
    besides = text.removeprefix(option.help or "")
    for english in BESIDES:
        besides = re.sub(rf"(\[|; ){english}", rf"\g<1>{told.say(english)}", besides)
    return told.place(spelt), told.say(option.help or "") + besides
