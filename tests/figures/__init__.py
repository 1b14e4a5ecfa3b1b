"""Figures: exact intervals."""
