"""What is kept about a person, on paper."""
