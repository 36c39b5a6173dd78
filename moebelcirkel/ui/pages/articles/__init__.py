"""Møbeltyper: their list, and one of them to look at and correct."""
