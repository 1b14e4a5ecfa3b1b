"""What verdicts and reports say, in the other languages: nothing is left in English, and blanks keep their names."""

from string import Formatter

import pytest

from policydsl._resources import languages
from policydsl.catalogue import say
from policydsl.catalogue.languages import phrase, sentence, told_in
from policydsl.catalogue.telling import told

from .saying import sentences

OTHERS = [code for code in languages() if code != "en"]


def blanks(text):
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_there_and_no_other(language):
    told = told_in(language).sentences
    missing, more = sentences() - set(told), set(told) - sentences()
    assert not missing, f"policydsl/catalogue/{language}.toml lacks under [sentences]: {sorted(missing)}"
    assert not more, f"policydsl/catalogue/{language}.toml translates what nobody says: {sorted(more)}"


@pytest.mark.parametrize("language", OTHERS)
def test_blanks_keep_their_names(language):
    for english, instead in told_in(language).sentences.items():
        assert blanks(english) == blanks(instead), english


@pytest.mark.parametrize("language", OTHERS)
def test_languages_translate_the_same_phrases(language):
    first, other = (told_in(one).phrases for one in (OTHERS[0], language))
    assert {each.pattern for each in first} == {each.pattern for each in other}
    for each in other:
        assert each.pattern.groups == len(blanks(each.instead)), each.instead


def test_phrases():
    assert phrase("sv", "it is valid from 2016-01-01") == "den gäller från och med 2016-01-01"
    assert phrase("en", "it is valid from 2016-01-01") == "it is valid from 2016-01-01"
    assert phrase("sv", "nobody has said `a b`", str.upper) == "nobody has said `A B`"
    assert phrase("da", "the table `a` has no rows and the table `b` was not given") == (
        "tabellen `a` har ingen rækker og tabellen `b` er ikke leveret"
    )
    assert phrase("sv", "it is to hold from 2026-01-01 on; now 5% beside at most 4%").startswith(
        "den ska gälla från den"
    )


def test_sentences():
    assert sentence("sv", "at most {value}", value="5 %") == "högst 5 %"
    assert sentence("en", "at most {value}", value="5%") == "at most 5%"
    assert sentence("sv", "never said {value}", value="5%") == "never said 5%"


def test_message():
    made = say("PD200", name="x", what="a column of holdings", hint=": did you mean `y`?", hints=("leave it out",))
    assert told(made, "en") is made
    assert told(made, "sv").message == "`x` är inte en kolumn i holdings: menade du `y`?"
    assert told(made, "sv").hints == ("ta bort det",)
    assert told(made, "da").message == "`x` er ikke en kolonne i holdings: mente du `y`?"


def test_several_texts_in_a_row():
    english = "a value or a name, `where` or a comparison such as `<=` or `at most`"
    assert phrase("sv", english) == "ett värde eller ett namn, `where` eller en jämförelse som `<=` eller `högst`"
