"""The report as one HTML file: it holds its styles and drawings, asks no network, and runs no script."""

from policydsl.reports.html.page import html_text

__all__ = ["html_text"]
