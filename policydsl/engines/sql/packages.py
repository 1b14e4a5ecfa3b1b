"""What the engines that work in a database need besides."""

from importlib.util import find_spec

from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic

_PACKAGES = {"duckdb": ("duckdb", "sql"), "postgres": ("psycopg", "sql"), "spark": ("pyspark", "spark")}
"""A package, and the extra of this one that brings it."""


def not_installed(engine: str) -> Diagnostic | None:
    """Says which package an engine lacks, if any."""
    package, extra = _PACKAGES[engine]
    return None if find_spec(package) else say("PD760", engine=engine, package=package, extra=extra)
