"""What is asked of figure lines: sums, extremes, what came late, and what they rest on."""
