"""Picking and delivery: what is fetched from which shelf for whom, notes, hand-over, returns."""
