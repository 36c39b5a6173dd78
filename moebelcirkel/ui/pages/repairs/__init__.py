"""What institutions own is repaired and brought back."""
