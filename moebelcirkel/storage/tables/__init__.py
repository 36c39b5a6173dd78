"""The tables as declared, one file per word."""
