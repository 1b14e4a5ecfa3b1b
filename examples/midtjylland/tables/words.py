"""The words that several tables share."""

SECTIONS = [
    "likvid beholdning",
    "langfristet gæld",
    "anbringelse",
    "låneoptagelse",
    "låneindfrielse",
    "låneomlægning",
    "finansielle instrumenter",
    "kassekreditreglen",
]
UNITS = [
    "Hospitalsenheden Vest",
    "Hospitalsenheden Horsens",
    "Regionshospitalet Randers",
    "Regionshospitalet Viborg",
    "Århus Sygehus",
    "Skejby Sygehus",
    "Psykiatri og Social",
    "Præhospitalet",
    "Regional Udvikling",
    "It-stabsområdet",
]
LENDERS = ["KommuneKredit", "Nordea", "Danske Bank", "Jyske Bank", "Den Europæiske Investeringsbank"]
COUNTIES = ["Århus Amt", "Viborg Amt", "Ringkjøbing Amt", "Vejle Amt"]
MANAGERS = ["Regionsøkonomi", "Jyske Invest Mandat", "Nordea Mandat"]
Row = dict[str, object]
Tables = dict[str, list[Row]]
