"""The sentence of each outcome, as it would be forwarded."""

import pytest

from tests.verdicts.asking import row, verdict, verdicts

ABOUT = "On 2015-01-31 “The title” (R; Section 1)"
UNDECIDED = "On 2015-01-31 it could not be decided whether “The title” (R; Section 1) is kept:"
ROWS = row("a", "45"), row("b", "55", kind="stock")


@pytest.mark.parametrize(
    ("rule", "rows", "sentence"),
    [
        (
            "sum where kind = bond <= 40%", ROWS,
            f"{ABOUT} was breached: 45% of portfolio (45 SEK of 100 SEK) where at most "
            "40% of portfolio is allowed, 5 points (5 SEK) too much.",
        ),
        (
            "sum where kind = bond >= 50%", ROWS,
            f"{ABOUT} was breached: 45% of portfolio (45 SEK of 100 SEK) where at least "
            "50% of portfolio is required, 5 points (5 SEK) too little.",
        ),
        (
            "sum where kind = bond should be between 50% and 60%", ROWS,
            f"{ABOUT} was not met, which is a deviation and no breach: 45% of portfolio "
            "(45 SEK of 100 SEK) where between 50% and 60% of portfolio is asked for, 5 points (5 SEK) too little.",
        ),
        (
            "sum where kind = bond <= 50%\n  warn at 40%", ROWS,
            f"{ABOUT} was kept, but its warning threshold of 40% is crossed: 45% of "
            "portfolio (45 SEK of 100 SEK) where at most 50% of portfolio is allowed, 5 points (5 SEK) to spare.",
        ),
        (
            "sum where kind = bond <= 45%", ROWS,
            f"{ABOUT} was kept: 45% of portfolio (45 SEK of 100 SEK) where at most 45% "
            "of portfolio is allowed, nothing to spare.",
        ),
        (
            "sum where duration > 9y <= 40%", ROWS,
            f"{ABOUT} was kept: 0% of portfolio (0 SEK of 100 SEK) where at most 40% of "
            "portfolio is allowed, 40 points (40 SEK) to spare, no row being counted.",
        ),
        (
            "sum where duration > 1y <= 60%", (*ROWS[:1], row("b", "55", duration=None)),
            f"{UNDECIDED} between 45% and 100% of portfolio (between 45 SEK and 100 SEK of 100 SEK) where at most 60% "
            "of portfolio is allowed; still needed: `duration` of b.",
        ),
        (
            "share where kind = bond <= undecided", ROWS,
            f"{UNDECIDED} nobody has decided its "
            "bound, the figure being 45% of portfolio (45 SEK of 100 SEK).",
        ),
        (
            "portfolio >= 90% of asked", ROWS,
            f"{UNDECIDED} its bound is not known, "
            "the figure being 100 SEK; still needed: the value of `asked`.",
        ),
        (
            "average duration where duration > 9y <= 1y", ROWS,
            f"{ABOUT} was not applied: there is nothing to take the figure from.",
        ),
        (
            "each holding: kind = stock", ROWS,
            f"{ABOUT} was breached by 1 of 2 holdings: a.",
        ),
        (
            "each holding: duration <= 3y", ROWS,
            f"{ABOUT} was kept by all 2 holdings that it speaks of.",
        ),
        (
            "each holding: kind = stock unless kind = bond", ROWS,
            f"{ABOUT} was kept by all 2 holdings that it speaks of, 1 of them by an "
            "exemption: a.",
        ),
        (
            "each holding where duration > 9y: kind = stock", ROWS,
            f"{ABOUT} was kept: there is no row that it speaks of.",
        ),
        (
            "each holding: duration <= 3y", (*ROWS, row("c", duration=None)),
            f"{UNDECIDED} 1 holding may fail it; "
            "still needed: `duration` of c.",
        ),
        (
            "portfolio > 100 SEK and count of holdings > 1", ROWS,
            f"{ABOUT} was breached: it is not so that `portfolio > 100 SEK and (count of "
            "holdings) > 1`.",
        ),
        (
            "portfolio >= 100 SEK and count of holdings > 1", ROWS,
            f"{ABOUT} was kept.",
        ),
        (
            "when as_of < 2015-01-01: portfolio > 100 SEK", ROWS,
            f"{ABOUT} was not applied: it applies when `as_of < 2015-01-01`, which is "
            "not so.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 60 else "",
)  # fmt: skip
def test_sentence(rule, rows, sentence):
    assert verdict(rule, *rows).sentence.replace("\u00a0", " ") == sentence


def test_what_was_found_of_rows_that_meet_their_rule_is_told_without_the_rule():
    kept = verdict("each holding: duration <= 3y", *ROWS)
    exempt = verdict("each holding: kind = stock unless kind = bond", *ROWS)
    assert kept.finding.replace("\u00a0", " ") == "met by all 2 holdings that it speaks of"
    assert exempt.finding.replace("\u00a0", " ").endswith(
        "met by all 2 holdings that it speaks of, 1 of them by an exemption: a"
    )


def test_of_a_group_and_without_a_title():
    first, second = verdicts("rule R:\n  per issuer: sum <= 50%\n", row("a", "60"), row("b", "40", issuer="Y"))
    assert first.sentence.startswith(
        "On 2015-01-31 “per issuer: sum value of holdings must be <= 50% of portfolio” (R) for issuer X was breached"
    )
    assert second.sentence.startswith("On 2015-01-31 “per issuer: sum value")


def test_without_a_day():
    assert verdict("portfolio <= 1 SEK", row("a"), as_of=None).sentence.startswith(
        "“The title” (R; Section 1) was breached"
    )


def test_many_rows_are_counted_and_the_first_named():
    rows = [row(f"row {n}", duration=None) for n in range(9)]
    assert verdict("each holding: duration <= 1y", *rows).sentence.endswith(
        "still needed: `duration` of row 0, row 1, row 2, row 3, row 4 and 4 more."
    )
