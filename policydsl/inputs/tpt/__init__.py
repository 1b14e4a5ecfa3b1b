"""Holdings of funds in the Tripartite Template (TPT) of FinDatEx."""

CATEGORY = "12 category"
"""The heading of the column that says in a word what the CIC code means; only files that were read as such have it."""
