"""Typed rows: what the engines measure."""
