"""Besparelsesrapport on paper and as a spreadsheet."""
