"""Example data: a layer of its own that makes a municipality through the services."""
