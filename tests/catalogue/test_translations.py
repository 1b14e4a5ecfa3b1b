"""Every page's sentence in every language."""

from string import Formatter

import pytest

from policydsl._resources import languages
from policydsl.catalogue import codes, page
from policydsl.catalogue.languages import told_in

OTHERS = [code for code in languages() if code != "en"]


def blanks(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_there_and_no_other(language):
    told = told_in(language).messages
    missing = [f'{code} = "..."  # {page(code).sentence}' for code in codes() if code not in told]
    listed = "\n".join(missing)
    assert not missing, f"policydsl/catalogue/{language}.toml lacks under [messages]:\n{listed}"
    assert set(told) == set(codes())


@pytest.mark.parametrize("language", OTHERS)
def test_messages_have_the_blanks_of_their_page(language):
    for code, instead in told_in(language).messages.items():
        assert blanks(instead) == blanks(page(code).sentence), code
