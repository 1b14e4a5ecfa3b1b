"""Rough keys of very many names at once, to find the few that may hardly differ; `names` says of these whether they do.

Names are worked on as the lines of one text, in a few steps over all of it. A name with a sign that these steps don't
know, and one that begins with the form of its company, is worked on by itself.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from policydsl.inputs.names import FORMS, name_key

_KNOWN = re.compile(r"[\n !-)+-~åäöæøéüÅÄÖÆØÉÜ]*")
"""Names of which all signs are known: no star, and no blank but spaces and the ends of lines."""
_MISREAD = re.compile("Å[^\x00-\x7f]")
_SIMPLE_HYPHEN = re.compile(r"-(?<=\w-)(?=\w)")
"""A hyphen between two words, with no space beside it."""
_BY_SHARES = re.compile(r"a(?<!\wa) */ *s\b")
_SIGNS = "\"'`.,:;_()[]/\\-"
_CUT = "\x01"
"""Stands where the form of a company did."""


def rough_keys(names: Sequence[str]) -> list[str]:
    """A key for each name: names of which `name_key` makes the same stem have the same one."""
    text = "\n".join(names)
    if text.count("\n") == len(names) - 1 and _is_known(text):
        found = _keys(text)
    else:
        known = ["\n" not in name and _is_known(name) for name in names]
        keys = iter(_keys("\n".join(name for name, is_known in zip(names, known, strict=True) if is_known)))
        found = [next(keys) if is_known else "" for is_known in known]
    return [key or _alone(name) for key, name in zip(found, names, strict=True)]


def may_be_alike(names: Iterable[str]) -> list[str]:
    """Those of names that differ of which another may have the stem."""
    every = list(names)
    keys = rough_keys(every)
    if len(set(keys)) == len(keys):
        return []
    counts = Counter(keys)
    return [name for name, key in zip(every, keys, strict=True) if counts[key] > 1]


def _alone(name: str) -> str:
    return name_key(name)[0].replace(".", "").replace("-", "")


def _is_known(text: str) -> bool:
    known = _KNOWN.fullmatch(text) is not None and _MISREAD.search(text) is None
    return known and text.count("-") == len(_SIMPLE_HYPHEN.findall(text))


def _keys(lines: str) -> list[str]:
    """The keys of some lines; none of those that are to be worked on alone."""
    text = lines.lower()
    if "/" in text:
        text = _BY_SHARES.sub("as", text)
    for sign in _SIGNS:
        text = text.replace(sign, " ")
    if " " in text or "publ" in text:
        text = _without_forms(text)
    return text.replace(" ", "").replace(_CUT, "").split("\n")


def _without_forms(lines: str) -> str:
    """The lines without what `name_key` leaves out of a name, and without those that begin with a form."""
    text = "\n " + lines.replace("\n", " \n ") + " \n"
    while "  " in text:
        text = text.replace("  ", " ")
    while " publ " in text:
        text = text.replace(" publ ", " ")
    every = text.split("\n")
    ends, starts = ({each[part].strip() for each in every} for part in (slice(-4, None), slice(4)))
    for form in FORMS:
        if form[-3:] in ends:
            text = text.replace(f" {form} \n", f"{_CUT}\n")
    if any(form[:3] in starts for form in FORMS):
        first = tuple(f" {form} " for form in FORMS)
        text = "\n".join("" if each.startswith(first) else each for each in text.split("\n"))
    return text[1:-1]
