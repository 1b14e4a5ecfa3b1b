"""The commands that read and follow a record of runs, and what they take."""

from typing import Literal

import click

from policydsl.cli.commands import PRINTED, program
from policydsl.cli.usage import OneOf
from policydsl.reports.renderings import FORMS

_RUN = click.option("--run", type=int, metavar="NUMBER", help="The number of the run; else the last one.")
_LATEST = click.option("--run", type=int, metavar="NUMBER", help="The number of the run; else that of the latest day.")
_FORM = click.option("--format", "form", type=OneOf(["text", "json"]), default="text", show_default=True, help=PRINTED)
_READ = click.option(
    "--format", "form", type=OneOf(["text", "json", "html"]), default="text", show_default=True, help=PRINTED
)
_OUTPUT = click.option("-o", "--output", type=str, metavar="FILE", help="Write it to a file instead.")


@program.command()
@click.argument("record")
@_FORM
def runs(record: str, form: str) -> int:
    """List the runs in RECORD, a file that `check --record` wrote, with their heads."""
    from policydsl.cli import recording

    return recording.runs(record, form)


@program.command()
@click.argument("record")
@_RUN
@click.option("--format", "form", type=OneOf(["text", "json", *FORMS]), default="text", show_default=True, help=PRINTED)
@click.option("--document", is_flag=True, help="The document that `report --record` made, as the name of FILE ends.")
@_OUTPUT
def replay(record: str, run: int | None, form: str, document: bool, output: str | None) -> int:
    """Print the report of a run in RECORD as it was, byte for byte, made again from the rulebook and data kept there.

    \b
    Ends with 0 if it comes out as it was, 1 if this version makes it otherwise, 2 if something can't be read.
    """
    from policydsl.cli import recording

    if document:
        return recording.replay_document(record, run, output)
    return recording.replay(record, run, form, output)


@program.command()
@click.argument("record")
@click.option("--head", "heads", multiple=True, metavar="HEAD", help="A head that was noted: `3:5f2c...`.")
@click.option("--again", is_flag=True, help="Judge every run again, too, and compare it with what was recorded.")
@_FORM
def audit(record: str, heads: tuple[str, ...], again: bool, form: str) -> int:
    """Say whether anything in RECORD was altered, removed, inserted or moved since it was recorded.

    \b
    Ends with 0 if nothing was, 1 if something was, 2 if the file can't be read.
    """
    from policydsl.cli import recording

    return recording.audit(record, heads, again, form)


@program.command("follow-up")
@click.argument("record")
@_LATEST
@_READ
@_OUTPUT
def follow_up(record: str, run: int | None, form: str, output: str | None) -> int:
    """Say what is new, still open (since when, until when) and cured on the latest day of RECORD."""
    from policydsl.cli import following

    return following.follow_up(record, run, form, output)


@program.command()
@click.argument("record")
@click.argument("names", nargs=-1)
@click.option("--every", is_flag=True, help="Every figure, also what was never anything but kept.")
@_READ
@_OUTPUT
def trend(record: str, names: tuple[str, ...], every: bool, form: str, output: str | None) -> int:
    """Show figures of the runs in RECORD against their limits over time: those named, by rule or figure, or all."""
    from policydsl.cli import following

    return following.trend(record, names, every, form, output)


@program.command()
@click.argument("record")
@click.argument("names", nargs=-1)
@click.option("--trades", required=True, metavar="FILE", help="The trades made since the run before, one a row.")
@_LATEST
@click.option("--amount", metavar="TABLE.COLUMN", help="The column that a trade adds to; else that of the base.")
def cause(record: str, names: tuple[str, ...], trades: str, run: int | None, amount: str | None) -> int:
    """Find out whether what newly fails in a run of RECORD is active (the trades did it) or passive, and keep that.

    \b
    The rows of the run before, with the trades, are judged as they were then: what fails is active.
    """
    from policydsl.cli import following

    return following.cause(record, names, trades, run, amount)


@program.command()
@click.argument("record")
@click.argument("name")
@click.option("--as", "into", required=True, type=OneOf(["active", "passive"]), help="What it is.")
@click.option("--by", required=True, metavar="NAME", help="Who decides it.")
@click.option("--because", required=True, metavar="TEXT", help="The reason.")
@click.option("--group", metavar="VALUE", help="Of which group, where a rule is judged per something.")
@_LATEST
def reclassify(
    record: str,
    name: str,
    into: Literal["active", "passive"],
    by: str,
    because: str,
    group: str | None,
    run: int | None,
) -> int:
    """Keep in RECORD that a person holds a failure of the rule NAME to be active or passive, and why.

    What was found before stays beside it.
    """
    from policydsl.cli import following

    return following.reclassify(record, name, into, by, because, group, run)


__all__ = ["program"]
