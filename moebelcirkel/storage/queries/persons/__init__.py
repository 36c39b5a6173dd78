"""What is asked about one person: what they did, and where their name stands."""
