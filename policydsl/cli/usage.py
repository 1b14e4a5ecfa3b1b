"""Arguments as the commands want them; what can't be read is a message with the nearest that could."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import click

from policydsl.catalogue import nearest, say
from policydsl.cli.helping import Commands, helped
from policydsl.diagnostics import Diagnostic

HELP = "`policydsl --help` lists the commands, `policydsl COMMAND --help` what one of them takes"


class Refused(click.ClickException):
    """A command line that can't be read."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class Program(Commands):
    """The commands by name; the language may be asked for before a command and behind it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The words with `--lang` and its language in front, wherever they stood."""
        ours = args[: args.index("--")] if "--" in args else args
        with_value = {at for at, word in enumerate(ours[:-1]) if word == "--lang"}
        asked = sorted(with_value | {at + 1 for at in with_value})
        asked += [at for at, word in enumerate(ours) if word.startswith("--lang=")]
        rest = [word for at, word in enumerate(args) if at not in asked]
        return super().parse_args(ctx, [args[at] for at in asked] + rest)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names."""
        known = self.list_commands(ctx)
        if args[0] not in known and not args[0].startswith("-"):
            raise Refused(say("PD402", command=args[0], hints=(_meant(args[0], known), HELP)))
        return super().resolve_command(ctx, args)


class OneOf(click.Choice[str]):
    """One of a few words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word."""
        if value not in self.choices:
            hint = _meant(str(value), list(self.choices))
            raise Refused(say("PD409", option=_of(param), given=value, known=", ".join(self.choices), hints=(hint,)))
        return str(value)


class Day(click.ParamType[date]):
    """A date as `2015-01-31`."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date."""
        try:
            if len(value) != len("2015-01-31"):
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            raise Refused(say("PD403", option=_of(param), given=value)) from None


class Setting(click.ParamType[tuple[str, str]]):
    """A parameter and its value: `liabilities_value='350 MSEK'`."""

    name = "name=value"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """The name and what is to be its value."""
        if isinstance(value, tuple):
            return value
        name, sign, text = (part.strip() for part in str(value).partition("="))
        if not name or not sign or not text:
            raise Refused(say("PD404", given=value))
        return name, text


def settled(settings: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The settings by name, each given once."""
    found: dict[str, str] = {}
    for name, text in settings:
        if found.setdefault(name, text) != text:
            raise Refused(say("PD411", name=name, first=found[name], second=text))
    return found


def about_usage(refused: click.ClickException, language: str) -> Diagnostic:
    """The message for a command line that was refused; what is missing is called as `--help` in a language calls it."""
    match refused:
        case Refused(diagnostic=diagnostic):
            return diagnostic
        case click.NoSuchOption(option_name=option, ctx=context):
            known = [name for each in context.command.get_params(context) for name in each.opts] if context else []
            known = [name for name in known if name.startswith("-")]
            return say("PD401", option=option, hints=(_meant(option, known), HELP))
        case click.MissingParameter(param=parameter, ctx=context) if parameter is not None and context is not None:
            option = f"{parameter.opts[-1]} " if isinstance(parameter, click.Option) else ""
            what = option + helped(language).place(parameter.make_metavar(context))
            return say("PD408", command=context.command_path, what=what, hints=(HELP,))
        case click.BadOptionUsage(option_name=option):
            return say("PD408", command=option, what="a value after it")
    what = refused.format_message().rstrip(".")
    return say("PD410", what=what[:1].lower() + what[1:], hints=(HELP,))


def _meant(word: str, known: list[str]) -> str:
    found = nearest(word, known)
    return f"did you mean `{found}`?" if found else f"there are {', '.join(f'`{each}`' for each in known)}"


def _of(parameter: click.Parameter | None) -> str:
    return parameter.opts[0] if parameter is not None else "this"
