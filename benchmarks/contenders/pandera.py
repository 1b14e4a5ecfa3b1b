"""pandera: one schema of types and checks for a frame, in pandas (floats, as a CSV is read) and in polars (decimals).

Its checks of sums are Python that is written by hand: a schema holds them and says which failed. Written after
pandera's pages on wide checks, lazy validation and polars.
"""

import os
import warnings
from collections.abc import Callable
from typing import Any

from contenders.by_hand import ALLOWED, BOUNDS, LOW
from contenders.rows import Holdings
from contenders.ways import Answers, Way

os.environ.setdefault("PANDERA_DISABLE_WARNINGS", "1")
FROM, TO = (0, 1, 3, 7), (1, 3, 7, 10**6)


def _answers(rules: tuple[str, ...], validate: Callable[[], object], failed: type[Exception]) -> Answers:
    """What a lazy validation says; a complaint about a type or a blank is raised."""
    found: Answers = {rule: 0 if rule == "allowed" else [True] * 8 if rule == "bands" else True for rule in rules}
    try:
        validate()
    except failed as told:
        assert hasattr(told, "schema_errors")
        for error in told.schema_errors:
            if error.reason_code.name != "DATAFRAME_CHECK":
                raise
            rule, _, at = error.check.name.partition(" ")
            if rule == "allowed":
                output = error.check_output
                found[rule] = int((~(output if hasattr(output, "index") else output["check_output"])).sum())
            elif rule == "bands":
                found[rule][int(at)] = False
            else:
                found[rule] = False
    if "bands" in rules:
        found["bands"] = tuple(found["bands"])
    return found


def of_pandas(holdings: Holdings, rules: tuple[str, ...]) -> Callable[[], Answers]:
    """A pandas frame."""
    import pandas

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pandera.pandas as pa

    frame = pandas.DataFrame(holdings.floats)
    frame = frame.astype({"issuer": "category", holdings.kind: "category", "rating": "category", "amount": "float64"})

    def share(frame: Any, part: Any) -> Any:
        return frame["amount"].where(part, 0).sum()

    def within(at: int, end: int) -> Callable[[Any], bool]:
        def kept(frame: Any) -> bool:
            years, least, most = frame["years"], *(end / 100 * frame["amount"].sum() for end in BOUNDS[at])
            part = share(frame, (years >= FROM[at]) & (years < TO[at]))
            return bool(part <= most if end else part >= least)

        return kept

    def average(frame: Any) -> bool:
        weighted, whole = (frame["years"] * frame["amount"]).sum(), frame["amount"].sum()
        return bool(2 * whole <= weighted <= 5 * whole)

    def issuer(frame: Any) -> bool:
        issued = frame.groupby("issuer", observed=True)["amount"].sum()
        return bool((issued <= 0.1 * frame["amount"].sum()).all())

    checks = {
        "allowed": [pa.Check(
            lambda frame: frame["kind"].isin(ALLOWED) | (frame["issuer"] == "State") | (frame["amount"] < 1_000_000),
            name="allowed",
        )],
        "share": [pa.Check(
            lambda frame: bool(share(frame, frame["kind"] == "fund") <= 0.2 * frame["amount"].sum()), name="share"
        )],
        "issuer": [pa.Check(issuer, name="issuer")],
        "bands": [pa.Check(within(at // 2, at % 2), name=f"bands {at}") for at in range(8)],
        "average": [pa.Check(average, name="average")],
        "rated": [pa.Check(
            lambda frame: bool(share(frame, frame["rating"].isin(LOW)) <= 0.2 * frame["amount"].sum()), name="rated"
        )],
    }  # fmt: skip
    columns = {"years": pa.Column(float), "amount": pa.Column(float), "rating": pa.Column("category", nullable=True)}
    schema = pa.DataFrameSchema(columns, checks=[check for rule in rules for check in checks[rule]])
    return lambda: _answers(rules, lambda: schema.validate(frame, lazy=True), pa.errors.SchemaErrors)


def of_polars(holdings: Holdings, rules: tuple[str, ...]) -> Callable[[], Answers]:
    """A polars frame."""
    import pandera.polars as pa
    import polars as pl

    money, term = pl.Decimal(18, 2), pl.Decimal(9, 2)
    frame = pl.DataFrame(
        holdings.decimals,
        schema={
            "id": pl.String,
            "issuer": pl.Categorical,
            holdings.kind: pl.Categorical,
            "rating": pl.Categorical,
            "years": term,
            "amount": money,
        },
    )
    amount, years = pl.col("amount"), pl.col("years")

    def check(rule: str, kept: Any) -> Any:
        return pa.Check(lambda data: data.lazyframe.select(kept), name=rule)

    def share(part: Any, most: int) -> Any:
        return 100 * amount.filter(part).sum() <= most * amount.sum()

    def bounds() -> list[Any]:
        found = []
        for at, (least, most) in enumerate(BOUNDS):
            part = 100 * amount.filter((years >= FROM[at]) & (years < TO[at])).sum()
            found += [check(f"bands {2 * at}", part >= least * amount.sum())]
            found += [check(f"bands {2 * at + 1}", part <= most * amount.sum())]
        return found

    weighted = (years * amount).sum()
    checks = {
        "allowed": [check(
            "allowed", pl.col("kind").is_in(ALLOWED) | (pl.col("issuer") == "State") | (amount < 1_000_000)
        )],
        "share": [check("share", share(pl.col("kind") == "fund", 20))],
        "issuer": [pa.Check(
            lambda data: data.lazyframe.group_by("issuer").agg(amount.sum()).select(
                (10 * amount <= amount.sum()).all()
            ),
            name="issuer",
        )],
        "bands": bounds(),
        "average": [check("average", (weighted >= 2 * amount.sum()) & (weighted <= 5 * amount.sum()))],
        "rated": [check("rated", share(pl.col("rating").is_in(LOW), 20))],
    }  # fmt: skip
    columns = {"years": pa.Column(term), "amount": pa.Column(money), "rating": pa.Column(pl.Categorical, nullable=True)}
    schema = pa.DataFrameSchema(columns, checks=[check for rule in rules for check in checks[rule]])
    return lambda: _answers(rules, lambda: schema.validate(frame, lazy=True), pa.errors.SchemaErrors)


IN_PYTHON = dict.fromkeys(("allowed", "share", "issuer", "bands", "average", "rated"), "Python")
WAYS = (
    Way("pandera, pandas", "pandera", of_pandas, IN_PYTHON),
    Way("pandera, polars", "pandera", of_polars, IN_PYTHON),
)
