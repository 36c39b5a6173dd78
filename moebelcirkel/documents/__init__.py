"""Paper and spreadsheets: plain data in, bytes out; no database."""
