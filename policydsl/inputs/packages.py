"""Packages that some forms of data need, which are not installed with policydsl."""

from importlib import import_module

from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic


def missing(package: str, extra: str, form: str, name: str) -> Diagnostic | None:
    """None where a package can be imported; else what to install to read the file `name`, which has this form."""
    try:
        import_module(package)
    except ImportError:
        return say("PD810", DataPlace(name), form=form, package=package, extra=extra)
    return None
