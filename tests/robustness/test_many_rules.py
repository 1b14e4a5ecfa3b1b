"""A rulebook of 20,000 rules: read and told in time that grows with its length and no faster."""

import gc
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import policydsl
from policydsl import Report

from .limited import RULEBOOK
from .limited import policydsl as command

pytestmark = pytest.mark.measured

SIZES = (5_000, 10_000, 20_000)
FORMS = (
    'sum where issuer = "x{n}" <= 20%',
    "share where amount > {n} SEK <= 20%",
    "per issuer: share where amount between {n} SEK and {m} SEK must be at most 30%",
    'each holding where amount > {n} SEK: issuer != "x{n}"',
)


def text(rules: int) -> str:
    """A rulebook of so many rules."""
    lines = (
        f'rule r{n}: {FORMS[n % len(FORMS)].format(n=n, m=n + 5)}\n  source "paragraph {n}"\n' for n in range(rules)
    )
    return RULEBOOK + "".join(lines)


def seconds(path: Path, rules: int) -> float:
    """How long it takes to read a rulebook of so many rules."""
    path.write_text(text(rules), encoding="utf-8")
    gc.collect()
    began = time.process_time()
    rulebook, told = policydsl.read(path)
    took = time.process_time() - began
    assert rulebook is not None, told[:3]
    assert len(rulebook.rules) == rules + 2
    return took


def test_time_grows_with_the_number_of_rules(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seconds(tmp_path / "warm.policy", 200)
    per_thousand = {size: 1000 * seconds(tmp_path / f"r{size}.policy", size) / size for size in SIZES}
    with capsys.disabled():
        print("\nseconds per 1,000 rules:", ", ".join(f"{took:.3f} of {size:,}" for size, took in per_thousand.items()))
    assert per_thousand[SIZES[-1]] <= 1.6 * per_thousand[SIZES[0]], per_thousand


def test_time_to_tell_what_is_undetermined_grows_with_the_number_of_rules(tmp_path: Path) -> None:
    file, took = tmp_path / "many.policy", {}
    for rules in (200, 2_500, 10_000):
        file.write_text(text(rules), encoding="utf-8")
        report = policydsl.load(file).check({})
        gc.collect()
        began = time.process_time()
        told = report.to_text()
        took[rules] = 1000 * (time.process_time() - began) / rules
        assert f"r{rules - 1} (paragraph {rules - 1})" in told
    assert took[10_000] <= 1.6 * took[2_500], took


def definitions(count: int) -> str:
    """A rulebook of so many definitions, each with a rule."""
    lines = (
        f'define d{n} = sum amount of holdings where issuer = "x{n}"\nrule r{n}: d{n} <= {n + 1} SEK\n'
        for n in range(count)
    )
    return RULEBOOK + "".join(lines)


def limits(count: int) -> str:
    """A rulebook with one table of so many limits."""
    rows = (f'  | "x{n}" | 1% | 5% | 20% |\n' for n in range(count))
    return RULEBOOK + "limits L: share\n  | issuer | min | norm | max |\n" + "".join(rows)


BANDED = RULEBOOK.replace(
    "amount money in SEK", "amount money in SEK, not negative\n  term   term in days\n  kind   one of a, b"
)
ANSWER = "rule most: each holding: most <= 2\n"


def bands(count: int) -> str:
    """A rulebook with one table of limits of so many bands."""
    rows = (f"  | {n} days..<{n + 1} days | 1% | 5% | 20% |\n" for n in range(count))
    return BANDED + "limits L: share\n  | term | min | norm | max |\n" + "".join(rows)


def decide(count: int) -> str:
    """A rulebook with a decision of so many bands, which leaves nothing out and never contradicts itself."""
    rows = (f"  | {n} MSEK..<{n + 1} MSEK | {n % 3} |\n" for n in range(count - 1))
    last = f"  | >= {count - 1} MSEK | 0 |\n"
    return BANDED + "decide most for holdings\n  | amount | -> number |\n" + "".join(rows) + last + ANSWER


def decide_by_steps(count: int) -> str:
    """A rulebook with a decision of two columns and so many steps, of which the first that fits answers."""
    rows = (f"  | {'ab'[n % 2]} | <= {n // 2 + 1} MSEK | {n % 3} |\n" for n in range(count))
    lines = "decide most for holdings: first row that fits\n  | kind | amount | -> number |\n"
    return BANDED + lines + "".join(rows) + "  | - | - | 0 |\n" + ANSWER


def checked(made: Callable[[int], str], file: Path, **more: str) -> dict[int, tuple[float, Report]]:
    """Rulebooks of several lengths, each with its seconds for a thousand of what it has many of, and its report."""
    rows = [{"instrument": "a", "issuer": "x1", "amount": "20"}, {"instrument": "b", "issuer": "y", "amount": "80"}]
    rows = [row | more for row in rows]
    found = {}
    for count in (200, 500, 2_000):
        file.write_text(made(count), encoding="utf-8")
        gc.collect()
        began = time.process_time()
        report = policydsl.load(file).check({"holdings": rows})
        found[count] = (1000 * (time.process_time() - began) / count, report)
    return found


@pytest.mark.parametrize("made", [definitions, limits, bands])
def test_time_grows_with_all_that_there_can_be_many_of(made: Callable[[int], str], tmp_path: Path) -> None:
    found = checked(made, tmp_path / "many.policy")
    assert all(len(report.verdicts) >= count for count, (_, report) in found.items())
    took = {count: seconds for count, (seconds, _) in found.items()}
    assert took[2_000] <= 1.6 * took[500], took


@pytest.mark.parametrize("made", [decide, decide_by_steps])
def test_time_grows_with_the_rows_of_a_decision(made: Callable[[int], str], tmp_path: Path) -> None:
    found = checked(made, tmp_path / "many.policy", kind="b")
    assert all(report.verdicts[-1].outcome == "pass" for _, report in found.values())
    took = {count: seconds for count, (seconds, _) in found.items()}
    assert took[2_000] <= 1.6 * took[500], took


def test_twenty_thousand_rules_are_read_by_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "many.policy"
    file.write_text(text(SIZES[-1]), encoding="utf-8")
    data = tmp_path / "holdings.csv"
    data.write_text("instrument,issuer,amount\na,x,20\nb,y,80\n", encoding="utf-8")
    done = command("check", file, data)
    assert done.code in (1, 3)
    with capsys.disabled():
        print(f"\n{SIZES[-1]:,} rules read, checked and printed in {done.seconds:.1f} s")
