"""What is looked for and not found."""
