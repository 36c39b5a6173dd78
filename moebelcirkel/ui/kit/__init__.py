"""What pages are built of: theme, jobs, tables, cards, forms, messages."""
