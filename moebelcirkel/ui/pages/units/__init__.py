"""Møbelpas: all of one piece."""
