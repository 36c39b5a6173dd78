"""Loans: what is out until when, and what is overdue."""
