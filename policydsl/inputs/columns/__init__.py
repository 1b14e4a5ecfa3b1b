"""Columns that have types already, in rows that a program or a file holds: read by column, and not cell by cell."""
