"""What is to be measured: every aggregate of every rule, once."""
