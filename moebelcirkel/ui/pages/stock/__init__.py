"""Lager: the table of all pieces."""
