"""`policydsl check`."""

from collections.abc import Mapping, Sequence
from datetime import date

from policydsl import api
from policydsl.catalogue import say
from policydsl.cli import exit_codes
from policydsl.cli.output import complain, put, same_file, save, warnings


def check(
    rulebook: str,
    data: Sequence[str],
    as_of: date | None,
    settings: Mapping[str, str],
    form: str,
    output: str | None,
    fail_on: exit_codes.FailOn,
    engine: str,
) -> int:
    """Checks, prints or saves the report, and gives the exit code."""
    if output is not None and any(same_file(output, path) for path in (rulebook, *data)):
        complain((say("PD412", path=output),))
        return exit_codes.UNREADABLE
    read, told = api.read(rulebook)
    if read is None:
        complain(told)
        return exit_codes.UNREADABLE
    report, also_told = api.check_files(read, data, as_of, settings, engine)
    if report is None:
        complain((*told, *also_told), read.sources)
        return exit_codes.UNREADABLE
    text = report.to_json() if form == "json" else report.to_text()
    if output is None and form == "text":
        put(text)  # the report tells the warnings
    else:
        complain(warnings(report.diagnostics), report.sources)
        refused = put(text) if output is None else save(text, output)
        if refused is not None:
            complain((refused,))
            return exit_codes.UNREADABLE
    return exit_codes.of_report(report, fail_on)
