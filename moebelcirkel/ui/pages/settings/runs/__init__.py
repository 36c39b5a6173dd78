"""What the municipality drives furniture in."""
