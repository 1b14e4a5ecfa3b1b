"""Rule text in English, as the program puts it together, in the words of another language."""

from functools import cache

from policydsl._resources import languages
from policydsl.source import Source
from policydsl.syntax.languages import DEFAULT
from policydsl.syntax.parsing import parse
from policydsl.syntax.printing import print_expr
from policydsl.syntax.translating import print_file
from policydsl.syntax.values import parse_expression

_RULE = "rule a:"
_BOUND = "<= 0"


@cache
def retold(text: str, language: str) -> str:
    """An expression, or what a rule asks, also without a bound, in another language; what is neither stays as it is."""
    if language == DEFAULT or not any(mark in text for mark in " %("):
        return text
    expression, _ = parse_expression(text)
    if expression is not None:
        return print_expr(expression, language)
    rule = _rule(text, language)
    if rule is not None:
        return rule
    bounded = _rule(f"{text} {_BOUND}", language)
    return text if bounded is None else bounded.removesuffix(_BOUND).rstrip()


@cache
def cell_retold(name: str, language: str) -> str:
    """What a cell of a table of limits is called, in another language: `< 12 months, max` is `< 12 månader, max`."""
    if language == DEFAULT:
        return name
    from policydsl.syntax.references import reference_name

    return reference_name(name, DEFAULT, language)


def called(id: str, language: str) -> str:
    """The id of a rule or a cell in another language: `3.1[< 12 månader, max]`."""
    rule, bracket, cell = id.removesuffix("]").partition("[")
    return f"{rule}[{cell_retold(cell, language)}]" if bracket else id


def names_check(id: str, name: str) -> bool:
    """Whether a name is that of a check in any language, or of the rule that it is a cell of."""
    said = name.casefold()
    if said in (id.casefold(), id.partition("[")[0].casefold()):
        return True
    return "[" in id and "[" in name and any(said == called(id, each).casefold() for each in languages())


def _rule(text: str, language: str) -> str | None:
    """What a rule asks; None if it is not what a rule asks."""
    file, told = parse(Source("a rule", f"{_RULE} {text}\n"))
    return None if told else print_file(file, language).partition(":")[2].partition(":")[2].strip()
