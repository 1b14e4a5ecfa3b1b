"""Names that differ in how they are typed only have one key; others have keys of their own."""

import pytest

from policydsl.inputs.names import name_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SEB-banken", "SEB\u2011banken"),
        ("SEB-banken", "SEB \u2013 banken"),
        ("SEB-banken", "seb banken"),
        ("Moody's", "Moody\u2019s"),
        ("Lån  nr 1", "Lån\u00a0nr 1"),
        ("SEB AB", "SEB AB."),
        ("SEB AB", "SEB AB (publ)"),
        ("AB Volvo", "Volvo AB"),
        ("Ørsted A/S", "Ørsted AS"),
        ("SEB AB", "SEB Aktiebolag"),
        ("S.E.B.", "SEB"),
        ("SEB", "SEB*"),
        ("Skåne", "Sk\u00c3\u00a5ne"),
        ("Älvsbyn", "\u00c3\u201elvsbyn"),
        ("Skåne", "Ska\u030ane"),
        ("SEB", "\uff33\uff25\uff22"),
        ("SEB", "\u0405\u0415\u0412"),
        ("Handelsbanken", "H\u0430ndelsb\u0430nken"),
    ],
)
def test_names_that_are_one(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Håbo", "Habo"),
        ("A+", "A-"),
        ("A", "A+"),
        ("A", "A-"),
        ("Fond 1.1", "Fond 11"),
        ("1-5 år", "15 år"),
        ("<1 år", ">1 år"),
        ("-1", "1"),
        ("Telia AB", "Telia Oy"),
        ("SEB\u00b9", "SEB"),
        ("SEB\u00b9", "SEB1"),
        ("AB", "publ AB 2"),
        ("Bank 1", "Bank 2"),
        ("Château", "Chateau"),
    ],
)
def test_names_that_are_two(one, other):
    assert name_key(one) != name_key(other)


def test_a_name_of_nothing_but_signs_and_one_of_a_form_have_keys():
    assert name_key("AB") == ("ab", "")
    assert name_key("(publ)") == name_key("...") == ("", "")
