"""`policydsl check`."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from policydsl import api
from policydsl.catalogue import say
from policydsl.cli import exit_codes
from policydsl.cli.output import complain, put, put_exactly, quoted, same_file, save, warnings


def check(
    rulebook: str,
    data: Sequence[str],
    as_of: date | None,
    settings: Mapping[str, str],
    form: str,
    output: str | None,
    fail_on: exit_codes.FailOn,
    engine: api.Engine,
) -> int:
    """Checks, prints or saves the report, and gives the exit code."""
    if output is not None and any(same_file(output, path) for path in (rulebook, *data)):
        complain((say("PD412", path=output),))
        return exit_codes.UNREADABLE
    read, told = api.read(rulebook)
    if read is None:
        complain(told, quoted(told))
        return exit_codes.UNREADABLE
    report, told = api.check_files(read, [Path(path) for path in data], as_of, settings, engine)
    if report is None:
        complain(told, read.model.sources)
        return exit_codes.UNREADABLE
    text = report.to_json() if form == "json" else report.to_text()
    if output is not None or form == "json":  # the text tells them at its end
        complain(warnings(told), read.model.sources)
    if output is None and form == "json":
        put_exactly(text)
    elif output is None:
        put(text)
    elif (refused := save(text, output)) is not None:
        complain((refused,))
        return exit_codes.UNREADABLE
    return exit_codes.of_report(report, fail_on)
