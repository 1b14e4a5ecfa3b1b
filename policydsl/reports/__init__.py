"""Reports and messages, one format a file."""
