"""What an author reads who mixes two languages, or knows the thing and not the word for it."""

import pytest

from .reading import read

SWEDISH = {
    "rule 1: summa högst 20 %": "PD110 `rule` is not a declaration | did you mean `regel`?",
    "waiver A av 1": "PD110 `waiver` is not a declaration | did you mean `dispens`?",
    "regel 1: sum where duration > 7 år högst 20 %": "PD150 `sum` is not expected here | did you mean `summa`?",
    "regel 1: summa där duration > 7 år must be at most 20 %": (
        "PD150 `must` is not expected here | did you mean `ska vara`?"
    ),
    "besluta behörighet för lån": "PD110 `besluta` is not a declaration | did you mean `avgör`?",
    'regel 1: summa högst 20 %\n  dispens av "Styrelsen"': (
        'PD150 `dispens` is not expected here | who may waive it is written `dispens beviljas av "..."`'
    ),
    'test "x"\n  förvänta 1 underkänd': "PD150 `underkänd` is not expected here | did you mean `överträdelse`?",
    'test "x"\n  förvänta 1 sådär': (
        "PD151 after `1` comes an outcome such as `uppfylld`, `överträdelse` or `kan inte avgöras`, not `sådär`"
    ),
    "definiera lång skuld = summa": (
        "PD151 after `lång` comes `=`, `av` or `per`, not `skuld`"
        " | a name is one word, as in `lång_skuld`, or stands in backticks"
    ),
}


@pytest.mark.parametrize("text", SWEDISH)
def test_swedish(text):
    (told,) = read(f"# språk: sv\n{text}\n")[1]
    assert told.partition(" ")[2] == SWEDISH[text]
