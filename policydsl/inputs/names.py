"""Names as who reads them takes them: what differs only in how it is typed has one key.

Letters with accents and without stay apart: Håbo and Habo are two municipalities.
"""

import re
from typing import TypeAlias

from policydsl.inputs.raised import plain

NameKey: TypeAlias = tuple[str, str]
"""What a name consists of, and the form of the company behind or before it, "" where it has none."""

FORMS = {
    **{form: form for form in ("ab", "as", "asa", "aps", "oy", "oyj", "abp", "plc", "ltd", "inc", "gmbh")},
    **{"aktiebolag": "ab", "aktiebolaget": "ab", "aktieselskab": "as", "aktieselskabet": "as", "limited": "ltd"},
}
_LOOKALIKES = str.maketrans(
    # Cyrillic and Greek letters of which each looks like the Latin one below it.
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0406\u0408\u0405"
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf",
    "ABEKMHOPCTXIJSaeopcyxijsABEZHIKMNOPTYXo",
)
_DASHES = str.maketrans(dict.fromkeys("\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d", "-"))
_NO_SIGNS = str.maketrans(
    dict.fromkeys("\"'`.,:;_()[]/\\\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u2032\u2033\u00ab\u00bb", " ")
)
_HYPHEN = re.compile(r"(?<=\w)\s*-\s*(?=\w)")
_MARKS = " *\u2020\u2021"
_LIMITED_BY_SHARES = re.compile(r"\ba\s*/\s*s\b")
_BETWEEN_DIGITS = re.compile(r"(?<=\d) (?=\d)")
_MISREAD = re.compile("[\u00c2\u00c3\u00c5\u00e2][^\\x00-\\x7f]")


def name_key(name: str) -> NameKey:
    """The key of a name: without regard to case, spaces, the kind of dash, apostrophe or quotation mark, full stops
    and the like, `(publ)`, letters of other scripts that look alike, and UTF-8 that was read as Windows-1252."""
    if not name.isascii():
        name = plain(_read_anew(name).translate(_DASHES)).translate(_LOOKALIKES)
    name = _LIMITED_BY_SHARES.sub("as", _HYPHEN.sub(" ", name.casefold().rstrip(_MARKS)))
    words = [word for word in name.translate(_NO_SIGNS).split() if word != "publ"]
    form = ""
    if len(words) > 1 and words[-1] in FORMS:
        form = FORMS[words.pop()]
    elif len(words) > 1 and words[0] in FORMS:
        form = FORMS[words.pop(0)]
    return _BETWEEN_DIGITS.sub(".", " ".join(words)).replace(" ", ""), form


def _read_anew(name: str) -> str:
    """The name as it was before UTF-8 was read as Windows-1252, if it was: `Skåne` of `SkÃ¥ne`."""
    if not _MISREAD.search(name):
        return name
    try:
        return name.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return name
