"""What was measured: exact values, or exact intervals where rows or amounts are unknown."""
