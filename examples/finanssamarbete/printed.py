"""What the plan of 2023 and the report on 2023 print: figures, dates, levels, who and when. Part of `generate.py`."""

Row = dict[str, object]
Tables = dict[str, list[Row]]

REGIONS = ["Sörmland", "Västmanland", "Örebro"]

RETURNS = {
    "year": {"Sörmland": "7.7", "Västmanland": "6.9", "Örebro": "8.0"},
    "three_years": {"Sörmland": "16.9", "Västmanland": "15.6", "Örebro": "16.3"},
}
BENCHMARK = {"year": "12.1", "three_years": "20.8"}
TARGET = {"year": "9.0", "three_years": ""}
INDICES = {"swedish_equity": "19.2", "world_equity": "18.4", "bonds": "5.4", "real_bonds": "4.0"}
DEPOSITED = {"Sörmland": -100, "Västmanland": 0, "Örebro": 515}
CAPITAL, INCREASE = 20_500, 1_800
"""In millions."""

GOALS = {
    "1": "Payments can always be made",
    "2": "A robust organisation",
    "3": "The portfolio does well",
    "4": "Risks are in hand",
    "5": "Sustainable, responsible investments",
}

ACTIVITIES = """
1a  FO  2023-Q1  2023-03-31  Finance leases procured
1b  FO  2023-Q4  2023-12-31  Groundwork for new banks in 2025
2a  MO  2023-Q1  2023-03-31  Internal-control plan and risk analysis
2b  FO  2023-Q2  2023-06-30  New finance policy and guidelines
2c  FO  2023-Q2  2023-06-30  Measures after the analysis of weak points
2d  FO  2023-Q3  2023-09-30  A back office for the debt
2e  FO  2023-Q4  2023-12-31  A day with a manager
2f  FO  2023-Q2  2023-06-30  Politicians informed in each region
3a  FO  2023-Q4  2023-12-31  Investment strategy of each region
3b  FO  2023-Q4  2023-12-31  Model for alternative investments
3c  MO  2023-Q4  2023-12-31  Model for what differs from the index
4a  MO  2023-Q4  2023-12-31  Bookkeeping by itself in two regions
4b  FO  2023-Q1  2023-03-31  Fees for guarantees
4c  MO  2023-Q2  2023-06-30  Another finance system?
4d  MO  2023-Q2  2023-06-30  What the risk measures are for
4e  FO  2023-Q3  2023-09-30  Lawyers for agreements
5a  FO  2024-Q4  2024-12-31  Questions to the managers
5b  FO  2024-Q4  2024-12-31  The taxonomy in use
5c  MO  2023-Q2  2023-06-30  Sustainability in the handbook
6a  FO  -        -           Learning
6b  MO  -        -           The finance system kept up
6c  FO  -        -           Talks with managers
6d  MO  -        -           Emissions screened
"""
"""Number, who, quarter, last day, what it is about. The sixth group has no goal and no end."""

RISKS = """
1   MO    1  2  4  2023-06-30  Fraud from within
2   MO    1  2  4  2023-06-30  Fraud from without
3   FO    1  2  2  2023-06-30  The head of finance away for a short time
4   FO    1  3  2  2023-06-30  The head of finance away for long
5   FO    2  2  2  -           An instrument that nobody understands
6   Alla  3  2  3  -           The wrong person employed
7   FO    3  2  3  -           A placement in the news
8   FO    2  3  2  2023-09-30  An agreement signed and not understood
9   FO    3  2  2  2023-12-31  Secrets handed out
10  FO    1  2  2  2023-12-31  A bribe
11  MO    3  2  1  2023-12-31  Errors in the books
"""
"""Number, who, action level, probability, consequence, last day, what it is about."""

KINDS_OF_DOCUMENTS = ["policy", "guideline", "handbook", "agreement", "plan_and_report", "notes"]
ADOPTED = {"policy": "2020-11-24", "guideline": "2020-12-15", "handbook": "2017-09-13"}
"""The years are printed, the days are not."""

STANDING = ["operations plan", "results", "responsible investments", "deviations", "compliance reports"]
LEADERS = {2022: "Sörmland", 2023: "Västmanland", 2024: "Örebro"}
BRIBES = "Riktlinje om mutor i finansförvaltningen"


def activities() -> list[Row]:
    """The 23 of the plan, as on the day when it was adopted."""
    rows: list[Row] = []
    for line in ACTIVITIES.strip().splitlines():
        nr, who, quarter, due, about = line.split(maxsplit=4)
        rows.append(
            {
                "nr": nr,
                "group": nr[0],
                "goal": nr[0] if nr[0] in GOALS else "",
                "activity": about,
                "responsible": who,
                "quarter": quarter.strip("-"),
                "due": due.strip("-"),
                "status": "not_started",
                "done_on": "",
                "moved_to": "",
            }
        )
    return rows


def risks() -> list[Row]:
    """The eleven of the internal-control plan."""
    rows: list[Row] = []
    for line in RISKS.strip().splitlines():
        nr, who, level, probability, consequence, due, about = line.split(maxsplit=6)
        rows.append(
            {
                "nr": nr,
                "risk": about,
                "responsible": who,
                "action_level": level,
                "probability": probability,
                "consequence": consequence,
                "action": f"Action {nr}",
                "due": due.strip("-"),
                "done_on": "",
                "report": f"Paragraph {nr}",
            }
        )
    return rows


def returns() -> list[Row]:
    """A year and three years in each region."""
    return [
        {
            "region": region,
            "period": period,
            "result": RETURNS[period][region],
            "benchmark": BENCHMARK[period],
            "target": TARGET[period],
        }
        for period in RETURNS
        for region in REGIONS
    ]


def capital() -> list[Row]:
    """Deposits as printed; each region's part of the capital is invented so that the printed sums come out."""
    opening = {"Sörmland": 5_000, "Västmanland": 8_800, "Örebro": 4_900}
    closing = {"Sörmland": 5_285, "Västmanland": 9_408, "Örebro": 5_807}
    assert sum(closing.values()) == CAPITAL == sum(opening.values()) + INCREASE
    return [
        {"region": one, "opening": opening[one], "deposited": DEPOSITED[one], "closing": closing[one]}
        for one in REGIONS
    ]
