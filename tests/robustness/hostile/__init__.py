"""What is handed in by mistake or ill will, and what each gets: the cases behind docs/hostile-inputs.md."""
