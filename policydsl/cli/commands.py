"""The commands and what they take."""

from datetime import date
from typing import Literal

import click

from policydsl._resources import languages
from policydsl.catalogue import say
from policydsl.cli import exit_codes
from policydsl.cli.helping import told_to
from policydsl.cli.usage import Day, OneOf, Program, Refused, Setting, settled
from policydsl.reports.renderings import FORMS

ENGINES = ("auto", "reference", "light", "columnar", "duckdb", "postgres", "spark")
PRINTED = "How to print it."
MILDEST = "The mildest outcome that ends with exit code 1."
MEASURES = "What measures; all agree."
REPORT = "policydsl report --template NAME RULEBOOK DATA -o report.pdf"


def _version(context: click.Context, option: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        from importlib.metadata import version

        from policydsl.cli.output import put

        put(f"policydsl {version('policydsl')}\n")
        context.exit()


@click.group(cls=Program, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Say which one this is."
)
@click.option("--lang", type=OneOf(languages()), help="What to tell it in; else the language of the rulebook.")
@click.pass_context
def program(context: click.Context, lang: str | None) -> int | None:
    """Checks holdings and debt against a finance policy that is written as rules."""
    if context.invoked_subcommand is not None:
        return None
    click.echo(context.get_help(), err=True)
    return exit_codes.UNREADABLE


@program.command()
@click.argument("rulebook")
@click.argument("data", nargs=-1, required=True)
@click.option("--as-of", type=Day(), help="The day that is judged; else the latest date in the data.")
@click.option("--set", "settings", type=Setting(), multiple=True, help="A value that the rulebook leaves to the run.")
@click.option(
    "--format",
    "form",
    type=OneOf(["text", "json", *FORMS]),
    help="How to print it; else as the name of FILE ends, or as text.",
)
@click.option("-o", "--output", type=str, metavar="FILE", help="Write the report to a file instead.")
@click.option(
    "--fail-on",
    type=OneOf(list(exit_codes.FAILS_AT)),
    default="breach",
    show_default=True,
    help=MILDEST,
)
@click.option("--engine", type=OneOf(ENGINES), default="auto", show_default=True, help=MEASURES)
@click.option("--also", multiple=True, metavar="RULEBOOK", help="A further rulebook, such as a law or a mandate.")
@click.option("--scenario", "named", multiple=True, metavar="TITLE", help="What this scenario of the rulebook changes.")
@click.option("--scenarios", "every", is_flag=True, help="What each of its scenarios changes.")
@click.option("--map", "mapping", metavar="FILE", help="What the words of the data are; `policydsl map` proposes it.")
@click.option(
    "--record", metavar="[FILE]", is_flag=False, flag_value="runs.db", help="Keep the run in a record (runs.db)."
)
def check(
    rulebook: str,
    data: tuple[str, ...],
    as_of: date | None,
    settings: tuple[tuple[str, str], ...],
    form: str | None,
    output: str | None,
    fail_on: exit_codes.FailOn,
    engine: Literal["auto", "reference", "light", "columnar", "duckdb", "postgres", "spark"],
    also: tuple[str, ...],
    named: tuple[str, ...],
    every: bool,
    mapping: str | None,
    record: str | None,
) -> int:
    """Check DATA, files or one folder of files named after tables, against RULEBOOK, a file or a folder.

    A file by another name is handed in as TABLE=FILE, a sheet of several as TABLE=FILE#SHEET.

    \b
    Ends with 0 if nothing is at or above --fail-on and nothing undetermined,
              1 if something is at or above --fail-on,
              2 if the rulebook, the data or the command can't be read,
              3 if something could not be determined;
    of several rulebooks and scenarios as the worst of them.
    """
    from policydsl.cli import checking

    books, scenarios = (rulebook, *also), None if every else named
    given = settled(settings)
    return checking.check(books, data, as_of, given, form, output, fail_on, engine, scenarios, mapping, record)


@program.command(name="map")
@click.argument("data", nargs=-1, required=True)
@click.argument("rulebook")
@click.option("-o", "--output", type=str, metavar="FILE", help="Write the mapping to a file instead.")
def map_(data: tuple[str, ...], rulebook: str, output: str | None) -> int:
    """Propose what the headings and words of DATA are in those of RULEBOOK.

    \b
    Ends with 0, or 2 if something can't be read. What it writes, `check --map FILE` reads.
    """
    from policydsl.cli import mapping

    return mapping.propose(data, rulebook, output)


@program.command()
@click.argument("rulebook")
@click.option(
    "-o", "--output", type=str, metavar="FILE", required=True, help="The workbook to write, such as input.xlsx."
)
def template(rulebook: str, output: str) -> int:
    """Write a workbook with a sheet for each table that RULEBOOK reads, to be filled in and checked."""
    from policydsl.cli import mapping

    return mapping.template(rulebook, output)


@program.command()
@click.argument("rulebook", required=False)
@click.argument("data", nargs=-1)
@click.option("--template", "name", metavar="NAME", help="The template: one that is shipped, or a folder.")
@click.option("-o", "--output", type=str, metavar="FILE", help="The file to write: .html, .md, .pdf or .docx.")
@click.option("--as-of", type=Day(), help="The day that is judged; else the latest date in the data.")
@click.option("--set", "settings", type=Setting(), multiple=True, help="A value that the rulebook leaves to the run.")
@click.option("--text", "texts", type=Setting(), multiple=True, help="A text that people write: its name and its file.")
@click.option("--map", "mapping", metavar="FILE", help="What the words of the data are; `policydsl map` proposes it.")
@click.option("--scenario", metavar="TITLE", help="Report on the data as this scenario of the rulebook makes it.")
@click.option("--also", multiple=True, hidden=True)
@click.option("--engine", type=OneOf(ENGINES), default="auto", show_default=True, help=MEASURES)
@click.option(
    "--record", metavar="[FILE]", is_flag=False, flag_value="runs.db", help="Keep the run in a record (runs.db)."
)
@click.option("--templates", "listed", is_flag=True, help="List the templates that are shipped.")
@click.option("--copy-template", "copied", metavar="NAME FOLDER", nargs=2, help="Copy a template, to be changed.")
def report(
    rulebook: str | None,
    data: tuple[str, ...],
    name: str | None,
    output: str | None,
    as_of: date | None,
    settings: tuple[tuple[str, str], ...],
    texts: tuple[tuple[str, str], ...],
    mapping: str | None,
    scenario: str | None,
    also: tuple[str, ...],
    engine: Literal["auto", "reference", "light", "columnar", "duckdb", "postgres", "spark"],
    record: str | None,
    listed: bool,
    copied: tuple[str, str] | None,
) -> int:
    """Write a report on DATA, judged by RULEBOOK, as a template lays it out.

    \b
    Ends with 0 if it is written, whatever it says, or 2 if something can't be read.
    """
    from policydsl.cli import reporting

    if also:
        raise Refused(say("PD920", rulebook=also[0]))
    if listed:
        return reporting.templates()
    if copied is not None:
        return reporting.copy(*copied)
    if rulebook is None or not data or name is None or output is None:
        example = told_to(click.get_current_context()).place(REPORT)
        wanted = f"a template, a rulebook, data and a file to write, as in `{example}`"
        raise Refused(say("PD408", command="policydsl report", what=wanted))
    return reporting.report(
        name, rulebook, data, output, as_of, settled(settings), settled(texts), mapping, engine, scenario, record
    )


@program.command()
@click.argument("old")
@click.argument("new")
@click.argument("data", nargs=-1, required=True)
@click.option("--as-of", type=Day(), help="The day that is judged; else the latest date in the data.")
@click.option("--set", "settings", type=Setting(), multiple=True, help="A value that the rulebooks leave to the run.")
@click.option("--format", "form", type=OneOf(["text", "json"]), default="text", show_default=True, help=PRINTED)
@click.option("--fail-on", type=OneOf(list(exit_codes.FAILS_AT)), default="breach", show_default=True, help=MILDEST)
@click.option("--engine", type=OneOf(ENGINES), default="auto", show_default=True, help=MEASURES)
def compare(
    old: str,
    new: str,
    data: tuple[str, ...],
    as_of: date | None,
    settings: tuple[tuple[str, str], ...],
    form: str,
    fail_on: exit_codes.FailOn,
    engine: Literal["auto", "reference", "light", "columnar", "duckdb", "postgres", "spark"],
) -> int:
    """Say which verdicts on DATA change from the rulebook OLD to NEW, and by how much. Ends as a check by NEW."""
    from policydsl.cli import checking

    return checking.compare(old, new, data, as_of, settled(settings), form, fail_on, engine)


@program.command("what-if")
@click.argument("rulebook")
@click.argument("data", nargs=-1, required=True)
@click.option("--trades", required=True, metavar="FILE", help="The proposed trades, one a row.")
@click.option("--together", is_flag=True, help="What all of them would do together; else each by itself.")
@click.option("--each/--summary", "in_full", default=None, help="All about each, or a table; else a table above 20.")
@click.option("--amount", metavar="TABLE.COLUMN", help="The column that a trade adds to; else that of the base.")
@click.option("--as-of", type=Day(), help="The day that is judged; else the latest date in the data.")
@click.option("--set", "settings", type=Setting(), multiple=True, help="A value that the rulebook leaves to the run.")
@click.option("--format", "form", type=OneOf(["text", "json"]), default="text", show_default=True, help=PRINTED)
@click.option("--engine", type=OneOf(ENGINES), default="auto", show_default=True, help=MEASURES)
def what_if(
    rulebook: str,
    data: tuple[str, ...],
    trades: str,
    together: bool,
    in_full: bool | None,
    amount: str | None,
    as_of: date | None,
    settings: tuple[tuple[str, str], ...],
    form: str,
    engine: Literal["auto", "reference", "light", "columnar", "duckdb", "postgres", "spark"],
) -> int:
    """Say what proposed trades would do to the verdicts on DATA, and how much of each would pass.

    \b
    Ends with 0 if nothing would fail because of a trade, 1 if something would,
              2 if something can't be read, 3 if a trade would leave something undetermined.
    """
    from policydsl.cli import trading

    return trading.what_if(rulebook, data, trades, as_of, settled(settings), form, engine, together, amount, in_full)


@program.command()
@click.argument("rulebook")
@click.argument("rows")
@click.option("--as-of", type=Day(), help="The day that is judged, where rows have no date of their own.")
@click.option("--set", "settings", type=Setting(), multiple=True, help="A value that the rulebook leaves to the run.")
@click.option("-o", "--output", type=str, metavar="FILE", help="Write all of it to a Parquet file.")
@click.option("--fail-on", type=OneOf(list(exit_codes.FAILS_AT)), default="breach", show_default=True, help=MILDEST)
def board(
    rulebook: str,
    rows: str,
    as_of: date | None,
    settings: tuple[tuple[str, str], ...],
    output: str | None,
    fail_on: exit_codes.FailOn,
) -> int:
    """Say what RULEBOOK makes of each portfolio in ROWS, a Parquet file, in one pass. Ends as a check does."""
    from policydsl.cli import boarding

    return boarding.board(rulebook, rows, as_of, settled(settings), output, fail_on)


@program.command()
@click.argument("rulebook")
def plan(rulebook: str) -> int:
    """Show what a check of RULEBOOK reads and measures."""
    from policydsl.cli import reading

    return reading.plan(rulebook)


@program.command()
@click.argument("name")
@click.argument("rulebook")
def history(name: str, rulebook: str) -> int:
    """Show how NAME, a parameter or a rule of RULEBOOK, has changed, and who decided it."""
    from policydsl.cli import reading

    return reading.history(name, rulebook)


@program.command()
@click.argument("rulebook")
def rules(rulebook: str) -> int:
    """List the rules of RULEBOOK that are in force, and where each comes from."""
    from policydsl.cli import reading

    return reading.rules(rulebook)


@program.command()
@click.argument("code")
def explain(code: str) -> int:
    """Print the page of a message: policydsl explain PD204."""
    from policydsl.cli import reading

    return reading.explain(code)


@program.command()
@click.argument("rulebook")
@click.option("--coverage", is_flag=True, help="Say which rules and cells no test shows to be kept, to fail, or open.")
@click.option("--moves", is_flag=True, help="Move every number by one in its last place; say which no test notices.")
def test(rulebook: str, coverage: bool, moves: bool) -> int:
    """Run the tests that RULEBOOK holds.

    \b
    Ends with 0 if all pass, 1 if one fails, 2 if the rulebook can't be read.
    """
    from policydsl.cli import testing

    return testing.test(rulebook, coverage, moves)


@program.command()
@click.argument("rulebook")
@click.option("--to", "language", type=OneOf(languages()), required=True, help="The language of the keywords.")
@click.option("-o", "--output", type=str, metavar="PATH", help="Write to a file; of a folder, to a folder.")
def translate(rulebook: str, language: str, output: str | None) -> int:
    """Print RULEBOOK, a file or a folder, with its keywords, numbers and units in another language.

    \b
    Names, ids and texts stay as they are. Ends with 0, or 2 if the rulebook can't be read.
    """
    from policydsl.cli import translating

    return translating.translate(rulebook, language, output)


@program.command()
@click.argument("register")
@click.argument("rulebooks", nargs=-1, required=True)
@click.option("--format", "form", type=OneOf(["text", "markdown"]), default="text", show_default=True, help=PRINTED)
def items(register: str, rulebooks: tuple[str, ...], form: str) -> int:
    """Account for every requirement in REGISTER, a table with a column `id`, by the `item` clauses of RULEBOOKS.

    \b
    Ends with 0 if all are accounted for, 1 if one is not, 2 if something can't be read.
    """
    from policydsl.cli import testing

    return testing.items(register, rulebooks, form)
