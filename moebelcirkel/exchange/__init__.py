"""Files in: spreadsheets and pictures become plain records and a list of errors; no database."""
