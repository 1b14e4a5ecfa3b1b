"""Rule text in English, as the program puts it together, in the words of another language."""

from functools import cache

from policydsl.source import Source
from policydsl.syntax.languages import DEFAULT
from policydsl.syntax.parsing import parse
from policydsl.syntax.printing import print_expr
from policydsl.syntax.translating import print_file
from policydsl.syntax.values import parse_expression

_RULE = "rule a:"


@cache
def retold(text: str, language: str) -> str:
    """An expression, or what a rule asks, in another language; what is neither stays as it is."""
    if language == DEFAULT or not any(mark in text for mark in " %("):
        return text
    expression, _ = parse_expression(text)
    if expression is not None:
        return print_expr(expression, language)
    file, told = parse(Source("a rule", f"{_RULE} {text}\n"))
    if told:
        return text
    return print_file(file, language).partition(":")[2].partition(":")[2].strip()
