"""Unit words in headings and titles: which one a text names, and how many times a crown or euro it is."""

import re

from policydsl._frozen import frozen

CROWNS = frozenset({"SEK", "DKK", "NOK", "ISK"})
"""The currencies that `kr` may stand for."""

_MANY = (
    r"tusentals?|tusen|tusinde?r?|thousands?|milj(?:on(?:er)?)?|milli?oner|millions?|mio"
    r"|miljarder|milliarder|billions?"
)
_CURRENCY = r"sek|dkk|nok|isk|eur|usd|gbp|chf|jpy|cad|aud|kr(?:onor|oner)?|euro"
_THOUSAND = r"(?:(?<=i )1[ .]?|(?<=in )1[ .]?)?'?000(?:-tals?|'?s)?|1[ .\u00a0]?000-tals?"
_CODE = r"(?:sek|dkk|nok|isk|eur|usd|gbp|chf|jpy|cad|aud)"
_SCALE_BEHIND = rf"{_CODE}(?:t|[ _]?(?:[km]|mn|mln|bn|mdr|mrd|mia|'?000(?:'?s)?))(?![.-]\w)"
"""A scale after its currency, as in English reports: `SEKm`, `SEK bn`, `EUR 000s`; not in `SEK m.m.`."""
_MONEY = re.compile(
    rf"(?<![^\W_])(?:{_SCALE_BEHIND}|(?:{_MANY})\.?(?:[ _](?:{_CURRENCY}))?"
    rf"|(?:[tkm]|(?:mn|mdr?|mia|mrd)\.?[ _]?)?(?:{_CURRENCY})|(?:{_THOUSAND})(?: (?:{_CURRENCY}))?)(?![^\W_])",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"(?:(?<=[\W_])(?:procent|percent|pct|bp|baspunkter|basispunkter|years?|år|months?|mån(?:ad(?:er)?)?|måned(?:er)?"
    r"|days?|dagar|dage|weeks?|veckor|uger)|(?<=.)[%‰])\.?$",
    re.IGNORECASE,
)
_TERM = re.compile(
    r"years?|år|months?|mån(?:ad(?:er)?)?|måned(?:er)?|days?|dagar|dage|dygn|døgn|weeks?|veckor|uger", re.IGNORECASE
)
_WRITTEN_APART = re.compile(
    rf"(?<![^\W_])(?:t\.[ ]?kr|t (?:sek|dkk|nok|isk|eur|usd|gbp|chf))(?![^\W_])"
    r"|(?:^|; ?|: ?|[(\[]|\b(?:i|in) )"
    rf"(?:(?:(?:{_CURRENCY}) ?|x ?|× ?)1[ .\u00a0]?000|1[ .\u00a0]?000 ?(?:{_CURRENCY}))"
    r"(?=\W*(?:;|$))",
    re.IGNORECASE,
)
"""Thousands that are no single word: `T SEK`, `t.kr.`, and `SEK 1000`, `1 000 kr` or `x 1000` with nothing else."""
_NAMED_ALONE = re.compile(
    r"(?:^|;|[(\[]|(?<![^\W_])(?:i|in|valuta|currency|ccy)\s*[:=]?)\s*"
    r"(?P<currency>SEK|DKK|NOK|ISK|EUR|USD|GBP|CHF|JPY|CAD|AUD|euro|kronor|kroner)\s*(?=$|[;.,)\]])",
    re.IGNORECASE,
)
_SCALES = (
    (1_000, re.compile(r"[tk](?!ron)(?!r(?!\w))|1?[ .]?'?000", re.IGNORECASE)),
    (1_000_000_000, re.compile(r"(?:md(?!kk)|mia|mrd|milja|millia|bill|bn)", re.IGNORECASE)),
    (1_000_000, re.compile(r"m", re.IGNORECASE)),
)


def unit_in_brackets(heading: str) -> str | None:
    """The word in brackets at the end of a heading, which is mostly a unit: `Marknadsvärde (tkr)`."""
    start, _, rest = heading.rstrip().removesuffix("]").removesuffix(")").rpartition("(")
    if not start:
        start, _, rest = heading.rstrip().removesuffix("]").rpartition("[")
    return rest.strip() if start and rest.strip() and heading.rstrip()[-1] in ")]" else None


def unit_beside(heading: str) -> str | None:
    """The unit that a heading names without brackets: `Marknadsvärde i tkr`, `belopp_msek`, `Löptid mån`."""
    found = _MONEY.search(heading) or _OTHERS.search(heading.rstrip())
    return None if found is None else found[0].strip(" ._'")


def unit_in(heading: str) -> str | None:
    """The unit that a heading names, in brackets or without."""
    return unit_in_brackets(heading) or unit_beside(heading)


def without_unit(heading: str) -> str:
    """A heading without the unit that it names; the heading if nothing is left."""
    if unit_in_brackets(heading) is not None:
        return re.split(r"[(\[]", heading)[0]
    unit = unit_beside(heading)
    bare = heading if unit is None else re.sub(r"[\W_]+(?:i|in)?[\W_]*$", "", heading.replace(unit, "", 1))
    return bare if bare.strip() else heading


@frozen
class Money:
    """A unit of money in words: so many of the currency, "KR" for crowns of any country, "" where it is not said."""

    scale: int
    currency: str


def money_in(unit: str) -> Money | None:
    """What a unit such as `tkr`, `tusental kronor`, `MSEK` or `EUR` is; None if it is none of money."""
    found = _MONEY.fullmatch(unit.strip(" ._'"))
    if found is None:
        return None
    named = re.search(rf"(?:{_CURRENCY})$|^{_CODE}", found[0], re.IGNORECASE)
    word = named[0].upper() if named is not None else ""
    return Money(_scale(found[0]) or 1, "KR" if word.startswith("KR") else "EUR" if word == "EURO" else word)


def is_term(unit: str) -> bool:
    """Whether a unit is a length of time."""
    return _TERM.fullmatch(unit.strip(" .")) is not None


def scales_said(text: str) -> set[int]:
    """How many crowns or euros each amount below a title is one of, as its words say: 1000 for `Alla belopp i tkr`.

    Words beside figures, such as `500 mkr`, are of those figures.
    """
    found = {1_000} if _WRITTEN_APART.search(text) else set()
    for one in _MONEY.finditer(text):
        scale = _scale(one[0])
        if scale is not None and not re.search(r"\d\s*$", text[: one.start()]):
            found.add(scale)
    return found


def currencies_said(text: str) -> set[str]:
    """The currencies in which a title says that amounts are: EUR for `All amounts in EUR`, `Valuta: EUR` or `EUR`
    alone; "KR" for crowns of any country. A currency within a name, such as `EUR bonds`, is none of them."""
    words = {one["currency"].upper() for one in _NAMED_ALONE.finditer(text)}
    return {"EUR" if word == "EURO" else "KR" if word.startswith("KRON") else word for word in words}


def _scale(word: str) -> int | None:
    """How many crowns or euros one of a unit is; None where it says just the currency."""
    if re.fullmatch(_CURRENCY, word, re.IGNORECASE) is not None:
        return None
    many = re.sub(rf"^{_CODE}[ _]?", "", word, flags=re.IGNORECASE)
    return next((count for count, begins in _SCALES if begins.match(many)), None)
