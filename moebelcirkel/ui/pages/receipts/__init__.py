"""Deliveries (Leverancer): what was handed over, and whether its receiver has confirmed it."""
