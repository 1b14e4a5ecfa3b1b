"""What can be done with a rulebook alone, or with a code: `plan`, `history`, `rules` and `explain`."""

from policydsl.catalogue import codes, nearest, page, say
from policydsl.catalogue.languages import ENGLISH
from policydsl.catalogue.telling import told_page
from policydsl.cli import exit_codes
from policydsl.cli.output import asked_language, complain, put


def explain(code: str) -> int:
    """Prints the page of a message."""
    known = codes()
    wanted = code.strip().upper()
    if wanted not in known:
        found = nearest(wanted, known)
        complain((say("PD405", given=code, hints=(f"the nearest is `{found}`",) if found else ()),))
        return exit_codes.UNREADABLE
    put(told_page(page(wanted), asked_language() or ENGLISH))
    return exit_codes.FINE


def plan(rulebook: str) -> int:
    """Prints the plan of a rulebook."""
    from policydsl.cli.books import read_book
    from policydsl.reports.plan_text import plan_text

    read = read_book(rulebook)
    if read is None:
        return exit_codes.UNREADABLE
    put(plan_text(read.model))
    return exit_codes.FINE


def history(name: str, rulebook: str) -> int:
    """Prints how a parameter or a rule has changed."""
    from policydsl.cli.books import read_book
    from policydsl.reports.history_text import history_text

    read = read_book(rulebook)
    if read is None:
        return exit_codes.UNREADABLE
    text = history_text(read.model, name)
    if text is None:
        known = [*read.model.parameters, *dict.fromkeys(check.rule for check in read.model.checks), *read.rules]
        near = nearest(name, known)
        complain((say("PD578", name=name, hints=(f"did you mean `{near}`?",) if near else ()),), read.model.sources)
        return exit_codes.UNREADABLE
    put(text)
    return exit_codes.FINE


def rules(rulebook: str) -> int:
    """Prints the rules of a rulebook and where they come from."""
    from policydsl.cli.books import read_book
    from policydsl.reports.rules_text import rules_text

    read = read_book(rulebook)
    if read is None:
        return exit_codes.UNREADABLE
    put(rules_text(read.model))
    return exit_codes.FINE
