"""What a board leaves to the judge of reports."""


class Refused(Exception):
    """Why something can't be had from sums of whole numbers; nothing is wrong with the rulebook or the data."""
