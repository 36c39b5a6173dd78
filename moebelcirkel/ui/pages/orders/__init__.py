"""Orders (Bestillinger): the list within one's reach, one order with its history, cancelling."""
