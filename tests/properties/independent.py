"""How hypothesis is to look for cases: each by itself.

By itself hypothesis begins with small cases and then tries five variants of every one that it makes, in which a choice
or two is repeated. Here that would be five sixths of all pairs: two thousand of them would be some three hundred.
"""

from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider


class Independent(HypothesisProvider):
    """Hypothesis's own way of drawing; only that it is not hypothesis's own keeps variants away."""


AVAILABLE_PROVIDERS["independent"] = f"{__name__}.Independent"


def independently(most: int, shrink: bool = True, **more: Any) -> settings:
    """Settings for so many cases, none of them a variant of another."""
    return settings(
        max_examples=most,
        deadline=None,
        database=None,
        backend="independent",
        phases=[Phase.generate, *([Phase.shrink] if shrink else [])],
        suppress_health_check=list(HealthCheck),
        print_blob=False,
        report_multiple_bugs=False,
        **more,
    )
