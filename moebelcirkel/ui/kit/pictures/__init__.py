"""What is drawn: icons, photos, charts, and papers in a preview."""
