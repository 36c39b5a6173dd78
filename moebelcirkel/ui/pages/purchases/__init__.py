"""Before buying new: a plan, and what is there already."""
