"""What a board leaves to the judge of reports, and what there is no board of."""

TOO_MANY_CELLS = "its conditions cut the rows into too many cells"
"""Why a line is refused whose columns may still be told apart in another way."""


class Refused(Exception):
    """Why something can't be had from sums of whole numbers; nothing is wrong with the rulebook or the data."""


class NoBoard(ValueError):
    """Why there is no board of a rulebook."""


class NotReadable(ValueError):
    """Why a file is no Parquet file."""
