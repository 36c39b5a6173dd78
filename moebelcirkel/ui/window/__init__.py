"""The window around the pages: rail, header, keys, start and log-in."""
