"""Rough keys are those of name by name, and no pair of names that hardly differ is lost by them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from policydsl.inputs.names import name_key
from policydsl.inputs.rough_keys import may_be_alike, rough_keys

WORDS = (
    "ab", "AB", "as", "A/S", "a / s", "publ", "(publ)", "Foo", "Bär", "SEB", "-", "S-E", "--", " ", "1", "2 3", ".",
    "Å", "Åå", "Aktiebolaget", "\n", "\t", "\u00b2", "\u2013", "\uff21", "ab.", "A.B.", "limited", "x-", "\x01", "é",
    "*", "ß", "_", "Skåne", "Sk\u00c3\u00a5ne", "\u0405\u0415\u0412", "aps", "\u2020",
)  # fmt: skip
NAMES = st.builds(str.join, st.sampled_from(["", " "]), st.lists(st.sampled_from(WORDS), max_size=5))


@settings(max_examples=500)
@given(st.lists(NAMES, max_size=6))
def test_together_as_alone(names: list[str]) -> None:
    assert rough_keys(names) == [name_key(name)[0].replace(".", "").replace("-", "") for name in names]


@settings(max_examples=500)
@given(st.sets(NAMES, max_size=8))
def test_no_pair_is_lost(names: set[str]) -> None:
    stems = [name_key(name)[0] for name in names]
    alike = {name for name, stem in zip(names, stems, strict=True) if stems.count(stem) > 1}
    assert alike <= set(may_be_alike(names))


def test_names_that_are_not_alike() -> None:
    assert may_be_alike([f"Kommunens Bolag nr {at} AB" for at in range(5000)]) == []
    assert set(may_be_alike(["SEB", "Nordea", "SEB AB (publ)", "Noréa"])) == {"SEB", "SEB AB (publ)"}
