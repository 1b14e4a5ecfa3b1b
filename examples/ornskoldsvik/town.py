"""The group, its days and its words: what the tables of the example have in common. Part of `generate.py`."""

from calendar import monthrange
from datetime import date, timedelta

AS_OF = date(2018, 12, 31)
MILLION = 1_000_000
Row = dict[str, object]
Tables = dict[str, list[Row]]

PARENT, ENERGY = "Rodret i Örnsköldsvik AB", "Övik Energi AB"
SUBSIDIARIES = [
    ENERGY,
    "Bostäder i Övik AB",
    "Näringslokaler AB",
    "Hamn och Logistik AB",
    "Vatten och Avfall AB",
    "Arenan AB",
    "Flygplatsen AB",
]
UNITS = [
    "Bildningsförvaltningen",
    "Omsorgsförvaltningen",
    "Samhällsbyggnad",
    "Kultur och fritid",
    "Konsult och service",
    "Välfärd",
    "Kommunledning",
]
MUNICIPALITY = "Örnsköldsviks kommun"
BANK_STAFF = ["Anna Berg", "Bo Ekman", "Cecilia Nord", "David Sand"]
CHAPTERS = [
    "Likvidsituation",
    "Finansiering per motpart",
    "Finansieringens förfall",
    "Genomsnittlig löptid",
    "Placering per motpart",
    "Placeringarnas förfall",
    "Intern in- och utlåning per motpart",
    "Räntenivå",
    "Derivat per motpart",
    "Ränteförfall",
    "Duration",
    "Marknadsläge",
    "Valutaexponering",
    "Valutarisk",
    "Utfall ränterisk",
    "Utfall valutarisk",
    "Utfall motpartsrisk",
    "Utfall finansieringsrisk",
    "Utfall likviditetsrisk",
]
MONTHS = [date(year, month, monthrange(year, month)[1]) for year in (2017, 2018) for month in range(1, 13)]
WEEKS = [date(2016, 12, 30) + timedelta(days=7 * n) for n in range(105)] + [AS_OF]
