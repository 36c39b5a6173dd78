"""Who may be at the window: the open database, and the lock over what somebody left open."""
