"""What a case page expects and what comes out: verdicts, messages, the rulebook's own tests, and two engines."""

from collections import Counter
from collections.abc import Iterator

import policydsl
from policydsl.diagnostics import Diagnostic
from policydsl.testing import run_tests

from .expectations import blanks
from .pages import Case
from .running import loaded, report
from .verdicts import ends, shown, verdict_differences


def differences(case: Case, engine: str) -> list[str]:
    """Everything in which a case is not as expected, each with its line in the page."""
    match case.expected.info[0]:
        case "messages":
            return list(_message_differences(case, engine))
        case "tests":
            return list(_test_differences(case, engine))
    rulebook = loaded(case).rulebook
    if rulebook is None:
        return [f"{case.name}: the rulebook is wrong: {_said(one, at)}" for one, at in _errors(case)]
    try:
        found = report(case, rulebook, engine)
    except policydsl.DataError as wrong:
        return [f"{case.name}: the data is wrong: {_said(one)}" for one in wrong.diagnostics if one.is_error]
    return [f"{case.page.name}:{line}: {text}" for line, text in verdict_differences(case, found, rulebook)]


def _errors(case: Case) -> list[tuple[Diagnostic, str]]:
    all_said = loaded(case)
    return [(one, at) for one, at in zip(all_said.said, all_said.places, strict=True) if one.is_error]


def _said(one: Diagnostic, at: str = "") -> str:
    return f"{one.code} at {at or one.where}: {one.message}"


def _message_differences(case: Case, engine: str) -> Iterator[str]:
    """Expected are all messages on the rulebook; if it is right, those on the data too."""
    all_said = loaded(case)
    said = list(zip(all_said.said, all_said.places, strict=True))
    if all_said.rulebook is not None and case.tables:
        try:
            found: tuple[Diagnostic, ...] = report(case, all_said.rulebook, engine).diagnostics
        except policydsl.DataError as wrong:
            found = wrong.diagnostics
        said += [(one, all_said.place(one)) for one in found]
    wanted: Counter[str] = Counter()
    for number, line in enumerate(case.expected.lines, case.expected.start):
        if not line.strip():
            continue
        head, _, says = line.partition(" says ")
        head = head.strip()
        wanted[head] += 1
        for words in (part.strip().strip('"') for part in says.split('", "') if part.strip()):
            texts = [" ".join((one.message, *one.hints)) for one, at in said if _head(one, at) == head]
            if texts and not any(words in blanks(text) for text in texts):
                yield f"{case.page.name}:{number}: {head} does not say `{words}`: {texts[0]}"
    got = Counter(_head(one, at) for one, at in said)
    for head in wanted - got:
        yield f"{case.name}: there is no message {head}"
    for one, at in said:
        if got[_head(one, at)] > wanted[_head(one, at)]:
            yield f"{case.name}: there is a message {_said(one, at)}"


def _head(one: Diagnostic, at: str) -> str:
    return f"{one.code} at {at}" if at else one.code


def _test_differences(case: Case, engine: str) -> Iterator[str]:
    rulebook = loaded(case).rulebook
    if rulebook is None:
        yield from (f"{case.name}: the rulebook is wrong: {_said(one, at)}" for one, at in _errors(case))
        return
    results = {result.title: result for result in run_tests(rulebook, engine)}
    for number, line in enumerate(case.expected.lines, case.expected.start):
        if not line.strip():
            continue
        title, _, rest = line.strip().removeprefix('"').partition('":')
        ending, _, words = rest.strip().partition(" ")
        result = results.pop(title, None)
        failures = "; ".join(failure.message for failure in result.failures) if result is not None else ""
        if result is None:
            yield f"{case.page.name}:{number}: there is no test {title}"
        elif result.passed != (ending == "pass"):
            yield f"{case.page.name}:{number}: the test {title} {failures or 'passes'}"
        elif words.strip('"') not in blanks(failures):
            yield f"{case.page.name}:{number}: the test {title} does not say {words}: {failures}"
    for title in results:
        yield f"{case.name}: the page does not say how the test {title} ends"


# --- two engines ------------------------------------------------------------------------------------------------------


def can_be_judged(case: Case) -> bool:
    """Whether there is a report at all; where there is none, `differences` says why."""
    rulebook = loaded(case).rulebook
    try:
        return rulebook is not None and bool(report(case, rulebook, "reference"))
    except Exception:
        return False


def apart(case: Case, *engines: str, backwards: bool = False) -> list[str]:
    """In what the reports of two engines differ, or of one engine when the rows stand the other way round."""
    rulebook = loaded(case).rulebook
    assert rulebook is not None
    first = report(case, rulebook, engines[0])
    second = report(case, rulebook, engines[-1], backwards)
    found = []
    for a, b in zip(first.verdicts, second.verdicts, strict=True):
        if a != b:
            found.append(f"{a.id}: {shown(a)} / {shown(b)}")
        for what in ("rows", "unsettled", "exempt", "outside"):
            one, other = getattr(a, what), getattr(b, what)
            if (_named(one) if backwards else one) != (_named(other) if backwards else other):
                found.append(f"{a.id}, {what}: {_named(one)} / {_named(other)}")
    for a, b in zip(first.figures, second.figures, strict=True):
        if a != b or _named(a.rows + a.unsettled) != _named(b.rows + b.unsettled):
            found.append(f"{a.name}: {ends(a.figure)} / {ends(b.figure)}")
    if not backwards and first != second and not found:
        found.append("the reports differ")
    two = f"{engines[0]} / {engines[-1]}{' backwards' if backwards else ''}"
    return [f"{case.name}: {two}: {text}" for text in found]


def _named(rows: tuple[object, ...]) -> str:
    return "; ".join(_name(row) for row in rows) or "none"


def _name(row: object) -> str:
    return row.name if hasattr(row, "name") else f"{row.category}: {', '.join(each.name for each in row.rows)}"
