"""Reports ("Rapporter"): drafts, recorded savings reports, and their spreadsheets."""
