"""Every word of a shipped rulebook, misspelt: an error says so, or a test of the rulebook fails."""
