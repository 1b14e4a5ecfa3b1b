"""Rulebooks built on one another: what each changes in those below, and the proof that what is tightened is tighter."""

from policydsl.model.layers.origins import with_origins
from policydsl.model.layers.proving import prove
from policydsl.model.layers.stack import Stack
from policydsl.model.layers.whole import stacked

__all__ = ["Stack", "prove", "stacked", "with_origins"]
