"""The rules on the three models."""

from fractions import Fraction
from statistics import NormalDist

from rules.registry import RULES, each
from rules.worlds import Row

NORMAL = NormalDist()


MODEL = "modeller.danske_obligationer modeller.højrente modeller.aktier"
each(
    "N-modeller", "modeller", lambda row, _: row["danske_obligationer"] + row["højrente"] + row["aktier"] == 100, MODEL
)
each("N-400", "modeller", lambda row, _: row["middelafkast"] == (row["interval_lav"] + row["interval_høj"]) / 2,
     "modeller.middelafkast modeller.interval_lav modeller.interval_høj")  # fmt: skip
each("N-år", "modeller", lambda row, _: int(100 / row["p_negativ"]) == row["år_imellem"],
     "modeller.p_negativ modeller.år_imellem")  # fmt: skip


def spreads(row: Row) -> tuple[float, float]:
    """The least and the greatest standard deviation that the printed figures leave, in percent."""

    def of_loss(mean: Fraction, chance: Fraction) -> float:
        return float(mean) / NORMAL.inv_cdf(1 - float(chance) / 100)

    half, mean, reached = Fraction("0.005"), row["middelafkast"], row["minimumsafkast"]
    quantile = NORMAL.inv_cdf(0.95)
    low = max(of_loss(mean - half, row["p_negativ"] - half), float(mean - reached - 2 * half) / quantile)
    high = min(of_loss(mean + half, row["p_negativ"] + half), float(mean - reached + 2 * half) / quantile)
    return low, high


def covered(row: Row) -> bool:
    """Whether the printed interval is the middle 67%."""
    width, half, times = float(row["interval_høj"] - row["interval_lav"]) / 2, 0.005, NORMAL.inv_cdf(0.835)
    low, high = spreads(row)
    return width + half >= times * low and width - half <= times * high


PRINTED = "modeller.middelafkast modeller.p_negativ modeller.minimumsafkast"
each("N-fordeling", "modeller", lambda row, _: spreads(row)[0] <= spreads(row)[1], PRINTED)
each("N-udsving", "modeller", lambda row, _: covered(row),
     f"{PRINTED} modeller.interval_lav modeller.interval_høj")  # fmt: skip
for id, column, low, high in (
    ("N-model-obligationer", "danske_obligationer", 85, 100),
    ("N-model-højrente", "højrente", 0, 5),
    ("N-model-aktier", "aktier", 0, 10),
):
    RULES[id] = (
        "breach",
        f"modeller.{column}",
        lambda world, column=column, low=low, high=high: {
            f"navn={row['navn']}": (low <= row[column] <= high, row[column]) for row in world["modeller"]
        },
    )
