"""Generated pairs of a rulebook's text and a table's rows, and what must be true of every one of them."""
