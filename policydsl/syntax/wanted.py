"""What could have stood instead of a word that cannot stand there."""

from collections.abc import Iterator
from difflib import get_close_matches

from policydsl.syntax.abroad import own_figure, own_word
from policydsl.syntax.words import Words

_ALIKE = 0.7
_SIGNS = {"=": "EQ", "..": "DOTDOT"}
"""Signs that a habit may stand for."""

_SAID: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"NAME", "DIGITS"}), "a value or a name"),
    (frozenset({"DIGITS"}), "a number"),
    (frozenset({"NAME"}), "a name"),
    (frozenset({"ID"}), "an id"),
    (frozenset({"STRING"}), "a text in quotation marks"),
    (frozenset({"DAY"}), "a date"),
    (frozenset({"PATH"}), "a path such as `standard/holdings`"),
    (frozenset({"LABEL_HEAD"}), "a label with its condition"),
    (frozenset({"COLUMN_HEAD"}), "a column with its type"),
    (frozenset({"UNIT", "QUARTER"}), "a period such as `4 months` or `quarter`"),
    (frozenset({"FIELD_HEAD"}), "a field with its value, as in `weight = share`"),
    (frozenset({"UNIT"}), "a unit"),
    (frozenset({"MONTH"}), "a month"),
    (frozenset({"LE"}), "a comparison such as `<=` or `at most`"),
    (frozenset({"ROW"}), "a table row"),
    (frozenset({"COLON"}), "a colon"),
    (frozenset({"COMMA"}), "a comma"),
    (frozenset({"SEMICOLON"}), "a semicolon"),
    (frozenset({"EQ"}), "`=`"),
    (frozenset({"RPAR"}), "`)`"),
)
_PART_OF_VALUE = frozenset({
    "YES", "NO", "UNDECIDED", "LARGER_OF", "SMALLER_OF", "BETTER_OF", "WORSE_OF", "SUM", "SHARE", "COUNT", "DISTINCT",
    "AVERAGE", "MEDIAN", "MIN", "MAX", "BEST", "WORST", "NOT", "STRING", "DAY",
})  # fmt: skip
_PART_OF_COMPARISON = frozenset(
    {"EQ", "BETWEEN", "AT_MOST", "AT_LEAST", "UNDER", "OVER", "IN", "IS", "CONTAINS", "NOT"}
)
_CLAUSES = frozenset({
    "SOURCE", "QUOTE", "NOTE", "ITEM", "WAIVABLE_BY", "VALID_FROM", "VALID_UNTIL", "CURE_WITHIN", "WARN_AT",
})  # fmt: skip
_OUTCOMES = frozenset({"PASS", "WARNING", "DEVIATION", "BREACH", "WAIVED", "UNDETERMINED", "NOT_APPLICABLE"})
_LATER = frozenset({"ON", "IN_ANY", "OVER_THE_LAST", "ON_PURCHASE", "EXTENDS"})
"""What belongs to the language and cannot be run yet is not proposed."""
_MOST_ALTERNATIVES = 5
_MOST_WORDS = 8


def wanted(accepted: frozenset[str], compared: bool, words: Words) -> str:
    """What the grammar could go on with, in a few words; what has been compared is not compared again."""
    left = set(accepted - _LATER)
    if {"NAME", "DIGITS"} <= left:
        left -= _PART_OF_VALUE
    if "LE" in left:
        left -= _PART_OF_COMPARISON | ({"LE", "MUST", "SHOULD"} if compared else set())
    said = list(_categories(left))
    if left >= _OUTCOMES:
        one, other, third = (f"`{words.written(name)}`" for name in ("PASS", "BREACH", "UNDETERMINED"))
        return f"an outcome such as {one}, {other} or {third}"
    clause = [f"a clause such as `{words.written('SOURCE')}`"] if left >= _CLAUSES else []
    keywords = sorted(f"`{words.written(terminal)}`" for terminal in left - _CLAUSES if terminal in words.spellings)
    if len(keywords) <= _MOST_WORDS:
        said += keywords[: _MOST_ALTERNATIVES - len(clause) - len(said)]
    said += clause
    *first, last = said[:_MOST_ALTERNATIVES] or ["nothing more"]
    return f"{', '.join(first)} or {last}" if first else last


def _categories(left: set[str]) -> Iterator[str]:
    for terminals, name in _SAID:
        if terminals <= left:
            left -= terminals
            yield name


def did_you_mean(word: str, following: str, accepted: frozenset[str], words: Words) -> str | None:
    """The keyword that could stand there and that the author most likely meant."""
    for habit in (f"{word} {following}".casefold(), word.casefold()):
        meant = words.instead.get(habit)
        if meant is not None and (_SIGNS.get(meant) or words.terminal_of[meant]) in accepted:
            return meant
    if not word[:1].isalpha():
        return None
    if (own := own_word(word, following, accepted, words)) is not None:
        return own
    phrases = sorted(phrase for terminal in accepted for phrase in words.spellings.get(terminal, ()))
    by_first = {phrase.split()[0]: phrase for phrase in reversed(phrases)}
    by_whole = {phrase: phrase for phrase in phrases}
    for candidates, given in ((by_whole, f"{word} {following}"), (by_first, word)):
        near = get_close_matches(given.casefold(), sorted(candidates), 1, _ALIKE)
        if near:
            return candidates[near[0]]
    return None


def meant_before(word: str, following: str, words: Words) -> str | None:
    """The phrase that a word means which was read as a name, if what follows shows that it is none."""
    next_word = following.split(" ")[0]
    for habit in (f"{word} {next_word}".casefold(), word.casefold()):
        if habit in words.instead:
            return words.instead[habit]
    if (own := own_figure(word, words)) is not None:
        return own
    begun = sorted(phrase.spelling for phrase in words.phrases.get(word, ()) if " " in phrase.spelling)
    near = get_close_matches(f"{word} {following}".casefold(), begun, 1, _ALIKE)
    return near[0] if near else None
