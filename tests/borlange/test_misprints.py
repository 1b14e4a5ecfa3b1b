"""No number of Borlänge's rulebook can be misprinted by one in its last place without a test of it noticing."""

import policydsl
from policydsl.testing.moves import moves

from .reading import RULEBOOK


def test_every_move_is_noticed():
    unnoticed = [
        f"{one.of}: {one.moved} instead of {one.written}" for one in moves(policydsl.load(RULEBOOK)) if not one.noticed
    ]
    assert unnoticed == []
