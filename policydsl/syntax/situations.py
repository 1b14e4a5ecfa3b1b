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
_TEXTS = r"\b(?:SOURCE|QUOTE|NOTE|ITEM|VERSION|ADOPTED_BY|WAIVABLE_BY|NOT_CHECKABLE_BECAUSE|ALSO)"
_AGGREGATE_PART = "(?:aggregate|measured|function)"
_ENDS = rf"(?:{_CLAUSE}|\$END|ROW|LABEL_HEAD|COLON)"

SITUATIONS = (
    # the frame of a declaration
    (r"^(RULE|LIMITS) \^(COLON|STRING) ", "PD115"),
    (r"^(RULE|LIMITS) ID( STRING)? \^(?!STRING|\$END)", "PD112"),
    (r"^PARAMETER NAME \^EQ ", "PD138"),
    (r"^PARAMETER NAME \^(?!ROW|\$END)", "PD112"),
    (r"^PARAMETER .*\^(PLUS|MINUS|STAR|SLASH|OF) ", "PD100"),
    (r"^DEFINE NAME( OF NAME)? \^COLON ", "PD138"),
    (r"^SCALE NAME( COMMA)? \^(?!\$END)", "PD162"),
    (r"\bCOLON \^\$END", "PD117"),
    (rf"^LIMITS .*\^({_SIGN}|{_PHRASE}|BETWEEN|MUST|SHOULD) ", "PD136"),
    (rf"^LIMITS (?!.*ROW).*\^(\$END|{_CLAUSE}) ", "PD118"),
    (rf"\bLPAR .*\^{_ENDS} ", "PD132"),
    (r"\^ROW ", "PD144"),
    (rf"(^RULEBOOK|^TEST|{_TEXTS}) \^", "PD119"),
    (r"^CATEGORY NAME OF NAME .*\^NAME .* line$", "PD133"),
    (r"^DEFINE .*\bWHEN .*\^(\$END|SOURCE|NOTE) ", "PD139"),
    # aggregates
    (rf"\bWHERE .*\^(STAR|SLASH) >{_AGGREGATE} ", "PD125"),
    (r"\bWHERE .*\^(STAR|SLASH) ", "PD123"),
    (rf"\b(PLUS|MINUS|STAR|SLASH) \^{_AGGREGATE} ", "PD125"),
    (rf"\^(NAME|OF) >\S+ <{_AGGREGATE}\b", "PD137"),
    (rf"\^WHERE >\S+ <{_AGGREGATE}\b", "PD125"),
    (rf"^RULE .*\bCOLON .*\b({_SIGN}|{_PHRASE}|BETWEEN)\b(?!.*\b{_AGGREGATE_PART}\b).* \^WHERE ", "PD103"),
    (rf"\b{_AGGREGATE_PART}\b(?!.* WHERE).* \^WHERE ", "PD125"),
    # prefixes
    (rf"^RULE .*\bCOLON \^({_SIGN}|{_PHRASE}|BETWEEN|MUST|SHOULD) ", "PD106"),
    (r"\bCOLON .*\^PER ", "PD122"),
    (r"\b(PER|WITHIN_EACH) _names \^(?!\$END)", "PD112"),
    (r"\bCOLON .*\bEACH NAME \^(?!WHERE|\$END)", "PD112"),
    (rf"\bEACH NAME WHERE (?!.*\bCOLON).* \^(NAME|CURRENCY|{_AGGREGATE}) ", "PD112"),
    (rf"\bCOLON WHEN (?!.*\bCOLON).* \^(NAME|EACH|PER|NO|{_AGGREGATE}) ", "PD112"),
    # comparisons
    (rf"\b{_SIGN} \^(LE|LT|GE|GT|EQ|NE) ", "PD135"),
    (r"\b(PLUS|MINUS) \^(PLUS|MINUS) ", "PD158"),
    (r"\^NEG ", "PD158"),
    (r"\bDIGITS \^DIGITS ", "PD160"),
    (rf"\b(AND|OR) \^({_SIGN}|{_PHRASE}|BETWEEN) ", "PD127"),
    (r"\b(MUST|SHOULD)( NOT)? \^", "PD129"),
    (r"\bIS( NOT)? \^", "PD130"),
    (rf"\b({_SIGN}|{_PHRASE}|BETWEEN|PLUS|MINUS|STAR|SLASH|LARGER_OF|SMALLER_OF|BETTER_OF|WORSE_OF) \^", "PD126"),
    (r"\b(AND|OR|NOT|WHERE|UNLESS|WHEN) \^", "PD126"),
    (r"\bBETWEEN (?!.* AND ).*\^", "PD128"),
    (r"\bIN (NAME|among) \^COMMA ", "PD131"),
    (r"\bIN \^", "PD131"),
)
"""Patterns of situations, and the page of each."""

LAST_RESORTS = ((r"UNIT \^NAME >\S+ <UNIT%", "PD134"),)
"""The same, for when the word is not a misspelt keyword."""


def page_for(situation: str, table: Iterable[tuple[str, str]]) -> str | None:
    """The page of the first pattern that fits."""
    return next((code for pattern, code in table if re.search(pattern, situation)), None)
