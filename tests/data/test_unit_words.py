"""Units in the cells of data: the words of every language are read, but those that mean something else in another."""

from datetime import date

import pytest

import policydsl
from policydsl._resources import languages
from policydsl.syntax.words import words_of

BOOK = """\
rulebook "R"
  currency SEK
table loans, each loan
  loan   text, key
  amount money in SEK
  rate   share in %
  fixing term in months
  notice term in days
define debt = sum amount of loans
define of_rate = max rate of loans
define of_fixing = max fixing of loans
define of_notice = max notice of loans
rule amount: debt = {amount} SEK
rule rate: of_rate = {rate}%
rule fixing: of_fixing = {fixing} months
rule notice: of_notice = {notice} days
"""
COLUMNS = {
    "%": ("rate", 3), "bp": ("rate", "0.03"), "years": ("fixing", 36), "months": ("fixing", 3),
    "weeks": ("notice", 21), "days": ("notice", 3),
}  # fmt: skip


def spelled(language, kind):
    """The words of a kind, `UNIT` or `MULTIPLE`, and what each means."""
    phrases = (phrase for same in words_of(language).phrases.values() for phrase in same)
    return [(phrase.spelling, phrase.means) for phrase in phrases if phrase.terminal == kind]


def units():
    found = []
    for language in languages():
        own = [(spelling, means[1]) for spelling, means in spelled(language, "UNIT") if means[1] in COLUMNS]
        found += [(f"3 {spelling}", *COLUMNS[unit]) for spelling, unit in (*own, ("%", "%"))]
        found += [
            (f"3 {spelling} SEK", "amount", 3 * factor)
            for spelling, factor in spelled(language, "MULTIPLE")
            if spelling != "billion" and spelling not in words_of(language).prefixes
        ]
    return sorted(set(found))


@pytest.fixture
def judged(tmp_path):
    def run(cells, **wanted):
        path = tmp_path / "book.policy"
        path.write_text(BOOK.format(**{"amount": 1, "rate": 1, "fixing": 1, "notice": 1} | wanted), encoding="utf-8")
        report = policydsl.load(path).check({"loans": [{"loan": "A", **cells}]}, as_of=date(2024, 1, 1))
        return {verdict.id: verdict.outcome for verdict in report.verdicts}

    return run


@pytest.mark.parametrize(("cell", "column", "wanted"), units(), ids=lambda one: str(one))
def test_words_of_every_language_are_read(judged, cell, column, wanted):
    assert judged({column: cell}, **{column: wanted})[column] == "pass"


@pytest.mark.parametrize("cell", ["3 kr", "3 mkr", "3 mio. kr.", "3 billion SEK"])
def test_what_means_something_else_elsewhere_is_refused(judged, cell):
    with pytest.raises(policydsl.PolicyError, match="PD323"):
        judged({"amount": cell})
