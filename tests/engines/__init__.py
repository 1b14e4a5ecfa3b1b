"""Engines: each against the meaning."""
