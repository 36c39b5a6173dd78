"""Indstillinger: the municipality's registers, settings, factor sets and roles."""
