"""Messages: what one is told, and the way to what it is about."""
