"""Verdicts in the language of their rulebook, or in the one that is asked for."""

from attrs import evolve

import policydsl
from policydsl.syntax.retelling import names_check

SWEDISH = """\
# språk: sv
regelbok "Kommunens placeringar"
  valuta SEK
  använd standard/holdings
  bas portfölj
definiera portfölj = summa market_value av holdings
regel lång "Lång löptid": summa där duration > 7 år får inte överstiga 12,5 %
  källa "§ 3"
regel sek: varje holding där held_directly: currency = SEK
regel norm: per issuer: andel bör vara mellan 10 % och 50 %, norm 30 %
regel senare: portfölj > 5 mkr
  gäller från 2030-01-01
regel okänd: när as_of >= 2010-01-01: genomsnitt duration <= 3,5 år
"""
ROWS = [
    {"date": "2015-01-31", "instrument": "a", "issuer": "X", "duration": "8", "market_value": "20 SEK",
     "currency": "EUR", "held_directly": "yes"},
    {"date": "2015-01-31", "instrument": "b", "issuer": "Y", "duration": "1", "market_value": "80 SEK"},
]  # fmt: skip


def report(tmp_path, told_in=None):
    path = tmp_path / "book.policy"
    path.write_text(SWEDISH, encoding="utf-8")
    rulebook = policydsl.load(path)
    rulebook = evolve(rulebook, model=evolve(rulebook.model, told_in=told_in))
    return rulebook.check({"holdings": ROWS})


def sentences(found):
    return {verdict.id: verdict.sentence.replace("\u00a0", " ") for verdict in found.verdicts}


def test_sentences_are_in_the_language_of_the_rulebook(tmp_path):
    said = sentences(report(tmp_path))
    assert said["lång"] == (
        "Den 2015-01-31 överträddes “Lång löptid” (lång; § 3): 20 % av portfölj (20 SEK av 100 SEK) där högst 12,5 % "
        "av portfölj är tillåtet, 7,5 procentenheter (7,50 SEK) för mycket."
    )
    assert said["sek"] == (
        'Den 2015-01-31 överträddes “varje holdings där held_directly: currency = "SEK"” (sek) av 1 av 1 holding: a.'
    )
    assert said["senare"].endswith("“portfölj > 5000000 SEK” (senare): den gäller från och med 2030-01-01.")


def test_requirements_are_in_the_language_of_the_rulebook(tmp_path):
    required = {verdict.id: verdict.check.requirement for verdict in report(tmp_path, "en").verdicts}
    assert required["lång"] == "summa market_value av holdings där duration > 7 år <= 12,5 % av portfölj"
    assert required["norm"] == "per issuer: andel av portfölj bör vara mellan 10 % och 50 %"
    assert required["okänd"] == "när as_of >= 2010-01-01: genomsnitt duration av holdings <= 42 månader"


def test_another_language_may_be_asked_for(tmp_path):
    said = sentences(report(tmp_path, "da"))
    assert said["lång"].startswith("Den 2015-01-31 blev “Lång löptid” (lång; § 3) overtrådt: 20 % af portfölj")
    english = sentences(report(tmp_path, "en"))
    assert english["lång"].startswith("On 2015-01-31 “Lång löptid” (lång; § 3) was breached: 20% of portfölj")


def test_verdicts_are_the_same(tmp_path):
    swedish, english = report(tmp_path), report(tmp_path, "en")
    assert [(one.id, one.outcome, one.figure, one.group) for one in swedish.verdicts] == [
        (one.id, one.outcome, one.figure, one.group) for one in english.verdicts
    ]


def test_report_is_in_the_language_of_the_rulebook(tmp_path):
    text = report(tmp_path).to_text()
    assert text.startswith("ÖVERTRÄDELSE: ")
    assert "Gränser\n" in text
    limits = text[: text.index("Anmärkningar\n")]
    for english in (" was ", " of ", " rows", "at most", "points"):
        assert english not in limits


def test_rows_that_may_not_be_there_are_told_in_words(tmp_path):
    path = tmp_path / "book.policy"
    path.write_text(
        '# språk: sv\nregelbok "R"\n  valuta SEK\n\ntabell lån, varje lån\n  nummer text, nyckel\n'
        "  belopp pengar i SEK\n  gäller ja/nej\n\ntabell stock, varje post\n  från lån där gäller: belopp = belopp\n"
        "definiera skuld = summa belopp av stock\nregel tak: skuld <= 5 SEK\n",
        encoding="utf-8",
    )
    rulebook = policydsl.load(path)
    found = rulebook.check({"lån": [{"nummer": "A", "belopp": "9 SEK", "gäller": ""}]})
    (verdict,) = found.verdicts
    assert verdict.sentence.endswith("; för att avgöra det behövs besked om raden finns för A.")


LIMITS = """\
# språk: sv
regelbok "Bindningar"
  valuta SEK

tabell lån, varje lån
  daterad efter datum
  datum   datum
  nummer  text, nyckel
  löptid  löptid i år
  belopp  pengar i SEK
definiera skuld = summa belopp av lån
gränser tid "Löptider": andel av skuld
  | löptid     | min  | max  |
  | < 1 år     | -    | 30 % |
  | 1 år..3 år | 10 % | 60 % |
regel snitt: över de senaste 12 månader: genomsnitt skuld <= 90 SEK
"""


def limits(tmp_path, told_in=None):
    path = tmp_path / "book.policy"
    path.write_text(LIMITS, encoding="utf-8")
    rulebook = policydsl.load(path)
    rulebook = evolve(rulebook, model=evolve(rulebook.model, told_in=told_in))
    rows = [{"datum": "2025-12-31", "nummer": "A", "löptid": "6 månader", "belopp": "60 SEK"},
            {"datum": "2025-12-31", "nummer": "B", "löptid": "2 år", "belopp": "40 SEK"}]  # fmt: skip
    return rulebook.check({"lån": rows})


def test_cells_and_figures_over_time_are_told_in_the_language_of_the_reader(tmp_path):
    swedish = limits(tmp_path)
    called = {verdict.id: (verdict.called, verdict.cell) for verdict in swedish.verdicts}
    assert called["tid[< 1y, max]"] == ("tid[< 1 år, max]", "< 1 år, max")
    required = {verdict.id: verdict.check.requirement for verdict in swedish.verdicts}
    assert required["snitt"] == "över de senaste 12 månader: genomsnitt skuld <= 90 SEK"
    for form in ("text", "markdown", "html"):
        told = swedish.to(form).replace("&lt;", "<").replace("\u00a0", " ")
        assert "< 1 år" in told and "1 år..3 år" in told and "1y" not in told
    danish = limits(tmp_path, "da").to("text")
    assert "< 1 år, maks: 60 %" in danish.replace("\u00a0", " ")
    english = {verdict.id: verdict.called for verdict in limits(tmp_path, "en").verdicts}
    assert all(id == name for id, name in english.items())


def test_a_cell_may_be_named_in_any_language():
    for name in ("tid", "TID", "tid[< 1y, max]", "tid[< 1 år, max]", "Tid[< 1 år, maks]"):
        assert names_check("tid[< 1y, max]", name)
    assert not names_check("tid[< 1y, max]", "tid[< 2 år, max]")
    assert not names_check("tid", "tid[< 1 år, max]")


def test_what_a_row_is_called_is_told_in_words(tmp_path):
    path = tmp_path / "book.policy"
    path.write_text(
        '# språk: sv\nregelbok "Affärer"\n\ntabell externa_affärer, varje extern_affär\n  nummer text, nyckel\n'
        "  belopp pengar i SEK\nregel små: varje extern_affär: belopp <= 5 SEK\n",
        encoding="utf-8",
    )
    rows = [{"nummer": name, "belopp": f"{amount} SEK"} for name, amount in (("A", 4), ("B", 9))]
    (verdict,) = policydsl.load(path).check({"externa_affärer": rows}).verdicts
    assert "av 1 av 2 externa affärer: B." in verdict.sentence.replace("\u00a0", " ")


def test_rows_without_a_name_are_called_by_their_number_in_the_language_of_the_reader(tmp_path):
    path = tmp_path / "book.policy"
    path.write_text(
        '# språk: sv\nregelbok "Lån"\n\ntabell lån, varje lån_\n  långivare text\n  belopp pengar i SEK\n'
        "regel små: varje lån_: belopp <= 5 SEK\nregel kända: summa belopp av lån <= 50 SEK\n",
        encoding="utf-8",
    )
    rows = [{"långivare": "row 1", "belopp": "9 SEK"}, {"långivare": "B", "belopp": ""}]
    report = policydsl.load(path).check({"lån": rows})
    for form in ("text", "markdown", "html"):
        told = report.to(form).replace("\u00a0", " ")
        assert "rad 1" in told and "rad 2" in told and "row 2" not in told
    assert '"name": "row 1"' in report.to("json") or '"name":"row 1"' in report.to("json")
