"""Wants: what one needs and the shop does not have."""
