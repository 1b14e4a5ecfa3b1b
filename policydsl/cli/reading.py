"""What can be done with a rulebook alone, or with a code: `plan`, `history`, `rules` and `explain`."""

from policydsl.catalogue import codes, nearest, page, say
from policydsl.cli import exit_codes
from policydsl.cli.output import complain, put, quoted


def explain(code: str) -> int:
    """Prints the page of a message."""
    known = codes()
    wanted = code.strip().upper()
    if wanted not in known:
        found = nearest(wanted, known)
        complain((say("PD405", given=code, hints=(f"the nearest is `{found}`",) if found else ()),))
        return exit_codes.UNREADABLE
    put(page(wanted).text)
    return exit_codes.FINE


def plan(rulebook: str) -> int:
    """Prints the plan of a rulebook."""
    from policydsl import api
    from policydsl.reports.plan_text import plan_text

    read, told = api.read(rulebook)
    complain(told, quoted(told))
    if read is None:
        return exit_codes.UNREADABLE
    put(plan_text(read.model))
    return exit_codes.FINE


def history(name: str, rulebook: str) -> int:
    """Prints how a parameter or a rule has changed."""
    from policydsl import api
    from policydsl.reports.history_text import history_text

    read, told = api.read(rulebook)
    complain(told, quoted(told))
    if read is None:
        return exit_codes.UNREADABLE
    text = history_text(read.model, name)
    if text is None:
        known = [*read.model.parameters, *dict.fromkeys(check.rule for check in read.model.checks), *read.rules]
        near = nearest(name, known)
        complain((say("PD578", name=name, hints=(f"did you mean `{near}`?",) if near else ()),))
        return exit_codes.UNREADABLE
    put(text)
    return exit_codes.FINE


def rules(rulebook: str) -> int:
    """Prints the rules of a rulebook and where they come from."""
    from policydsl import api
    from policydsl.reports.rules_text import rules_text

    read, told = api.read(rulebook)
    complain(told, quoted(told))
    if read is None:
        return exit_codes.UNREADABLE
    put(rules_text(read.model))
    return exit_codes.FINE
