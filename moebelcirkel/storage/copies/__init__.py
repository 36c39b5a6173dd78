"""Copies of a SQLite database: taking, keeping and listing them, and putting one back."""
