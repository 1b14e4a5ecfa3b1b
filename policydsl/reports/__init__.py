"""Reports and messages, one format a file."""

from policydsl.reports.diagnostics_text import diagnostics_text
from policydsl.reports.report import Report, report_of

__all__ = ["Report", "diagnostics_text", "report_of"]
