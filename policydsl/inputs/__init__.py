"""Tables from files and frames: every cell an exact value, or a message that says what would be right."""
