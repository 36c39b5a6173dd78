"""Complaints (Reklamationer): what is wrong with what was delivered, and what is done about it."""
