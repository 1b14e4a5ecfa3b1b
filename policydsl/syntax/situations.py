"""Which page of the catalogue speaks of which situation.

A situation is what the parser had read, as terminals and rules of the grammar, then `^` and the kind of the word that
stopped it. No spelling of any language and no number of a parser state stands here. The first pattern that fits counts.
"""

import re

_VALUE_WORD = r"(?:row_sum|sum|row_atom|atom|NAME|UNIT|DIGITS|quantity)"

SITUATIONS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), code)
    for pattern, code in (
        # what belongs to the language and comes later
        (r"^TABLE NAME FROM", "PD102"),
        # the frame of a declaration
        (r"^(RULE|LIMITS) \^(COLON|STRING)", "PD115"),
        (r"^(RULE|LIMITS) ID( STRING)? \^(?!STRING)", "PD112"),
        (r"^PARAMETER NAME \^EQ", "PD138"),
        (r"^DEFINE NAME( OF NAME)? \^COLON", "PD138"),
        (r"COLON \^\$END", "PD117"),
        (r"^LIMITS .*\^(LE|LT|GE|GT|EQ|NE|AT_MOST|AT_LEAST|UNDER|OVER|BETWEEN|MUST|SHOULD)$", "PD136"),
        (r"^LIMITS (?!.*ROW).*\^(\$END|SOURCE|QUOTE|NOTE|ITEM|VALID_FROM|VALID_UNTIL|WAIVABLE_BY|CURE_WITHIN|WARN_AT)$",
         "PD118"),
        (r"\^ROW$", "PD144"),
        (r"(^RULEBOOK|^TEST|SOURCE|QUOTE|NOTE|ITEM|VERSION|ADOPTED_BY|WAIVABLE_BY|NOT_CHECKABLE_BECAUSE|ALSO) \^(?!STRING)",
         "PD119"),
        (r"^CATEGORY .*\^NAME", "PD133"),
        # prefixes
        (r"COLON .*\^PER$", "PD122"),
        (r"(PER|WITHIN_EACH) _names \^", "PD112"),
        (r"EACH NAME \^(?!WHERE)", "PD112"),
        (r"EACH NAME WHERE (?!.*COLON).* \^(NAME|CURRENCY|SUM|SHARE|COUNT|AVERAGE|MIN|MAX)", "PD112"),
        (r"WHEN (?!.*COLON).* \^(SUM|SHARE|COUNT|NAME|EACH|PER|NO|AVERAGE)", "PD112"),
        # comparisons
        (r"(LE|LT|GE|GT|EQ|NE|sign|other_sign) \^(LE|LT|GE|GT|EQ|NE)$", "PD135"),
        (r"(LE|LT|GE|GT|EQ|NE|AT_MOST|AT_LEAST|UNDER|OVER|sign|other_sign|BETWEEN|PLUS|MINUS|STAR|SLASH|LARGER_OF|SMALLER_OF|"
         r"BETTER_OF|WORSE_OF) \^(?!X_)", "PD126"),
        (r"(AND|OR) \^(LE|LT|GE|GT|EQ|NE|AT_MOST|AT_LEAST|UNDER|OVER|BETWEEN)$", "PD127"),
        (r"(AND|OR|NOT|WHERE|UNLESS|WHEN) \^", "PD126"),
        (r"BETWEEN [^()]*\^", "PD128"),
        (r"(MUST|SHOULD)( NOT)? \^", "PD129"),
        (r"IS( NOT)? \^", "PD130"),
        (r"IN NAME \^COMMA", "PD131"),
        (r"IN \^", "PD131"),
    )
)
"""Patterns of situations, and the page of each."""
