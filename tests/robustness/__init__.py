"""Bad input: a clear message or a right answer, within ten seconds and a gigabyte."""
