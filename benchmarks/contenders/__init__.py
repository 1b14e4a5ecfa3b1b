"""The same six rules, each tool as its own users would write them."""
