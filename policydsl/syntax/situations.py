"""Which page of the catalogue speaks of which situation.

A situation reads `WHAT HAD BEEN READ ^KIND >NEXT <AFTER`, and ` line` if the word begins a line: what had been read as
terminals and rules of the grammar, then the kinds of the word that stopped the parser, of the word behind it and of
the word before it. No spelling of any language and no number of a parser state stands here. The first that fits counts.
"""

import re
from collections.abc import Iterable

_AGGREGATE = "(?:SUM|SHARE|COUNT|DISTINCT|AVERAGE|MEDIAN|MIN|MAX|BEST|WORST)"
_SIGN = "(?:LE|LT|GE|GT|EQ|NE|sign|other_sign)"
_PHRASE = "(?:AT_MOST|AT_LEAST|UNDER|OVER)"
_CLAUSE = "(?:SOURCE|QUOTE|NOTE|ITEM|VALID_FROM|VALID_UNTIL|WAIVABLE_BY|CURE_WITHIN|WARN_AT)"
_ENDS = rf"(?:{_CLAUSE}|\$END|ROW|LABEL_HEAD|COLON)"


SITUATIONS = (
    # what belongs to the language and comes later
    (r"^TABLE NAME FROM", "PD102"),
    # the frame of a declaration
    (r"^(RULE|LIMITS) \^(COLON|STRING) ", "PD115"),
    (r"^(RULE|LIMITS) ID( STRING)? \^(?!STRING|\$END)", "PD112"),
    (r"^PARAMETER NAME \^EQ ", "PD138"),
    (r"^DEFINE NAME( OF NAME)? \^COLON ", "PD138"),
    (r"COLON \^\$END", "PD117"),
    (rf"^LIMITS .*\^({_SIGN}|{_PHRASE}|BETWEEN|MUST|SHOULD) ", "PD136"),
    (rf"^LIMITS (?!.*ROW).*\^(\$END|{_CLAUSE}) ", "PD118"),
    (rf"LPAR .*\^{_ENDS} ", "PD132"),
    (r"\^ROW ", "PD144"),
    (r"(^RULEBOOK|^TEST|SOURCE|QUOTE|NOTE|ITEM|VERSION|ADOPTED_BY|WAIVABLE_BY|NOT_CHECKABLE_BECAUSE|ALSO) \^", "PD119"),
    (r"^CATEGORY .*\^NAME .* line$", "PD133"),
    (r"^DEFINE .*WHEN .*\^(\$END|SOURCE|NOTE) ", "PD139"),
    # aggregates
    (rf"WHERE .*\^(STAR|SLASH) >{_AGGREGATE} ", "PD125"),
    (r"WHERE .*\^(STAR|SLASH) ", "PD123"),
    (rf"(PLUS|MINUS|STAR|SLASH) \^{_AGGREGATE} ", "PD125"),
    (rf"\^(NAME|OF) >\S+ <{_AGGREGATE}", "PD137"),
    (rf"\^WHERE >\S+ <{_AGGREGATE}", "PD125"),
    (r"(aggregate|measured|function)(?!.* WHERE).* \^WHERE ", "PD125"),
    # prefixes
    (r"COLON .*\^PER ", "PD122"),
    (r"(PER|WITHIN_EACH) _names \^(?!\$END)", "PD112"),
    (r"EACH NAME \^(?!WHERE|\$END)", "PD112"),
    (rf"EACH NAME WHERE (?!.*COLON).* \^(NAME|CURRENCY|{_AGGREGATE}) ", "PD112"),
    (rf"COLON WHEN (?!.*COLON).* \^(NAME|EACH|PER|NO|{_AGGREGATE}) ", "PD112"),
    # comparisons
    (rf"{_SIGN} \^(LE|LT|GE|GT|EQ|NE) ", "PD135"),
    (r"(PLUS|MINUS) \^(PLUS|MINUS) ", "PD158"),
    (r"\^NEG ", "PD158"),
    (r"DIGITS \^DIGITS ", "PD160"),
    (rf"(AND|OR) \^({_SIGN}|{_PHRASE}|BETWEEN) ", "PD127"),
    (r"(MUST|SHOULD)( NOT)? \^", "PD129"),
    (rf"({_SIGN}|{_PHRASE}|BETWEEN|PLUS|MINUS|STAR|SLASH|LARGER_OF|SMALLER_OF|BETTER_OF|WORSE_OF) \^", "PD126"),
    (r"(AND|OR|NOT|WHERE|UNLESS|WHEN) \^", "PD126"),
    (r"BETWEEN (?!.* AND ).*\^", "PD128"),
    (r"IS( NOT)? \^", "PD130"),
    (r"IN NAME \^COMMA ", "PD131"),
    (r"IN \^", "PD131"),
)
"""Patterns of situations, and the page of each."""

LAST_RESORTS = ((r"UNIT \^NAME >\S+ <UNIT%", "PD134"),)
"""The same, for when the word is not a misspelt keyword."""


def page_for(situation: str, table: Iterable[tuple[str, str]]) -> str | None:
    """The page of the first pattern that fits."""
    return next((code for pattern, code in table if re.search(pattern, situation)), None)
