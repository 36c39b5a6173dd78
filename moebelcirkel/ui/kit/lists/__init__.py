"""Tables, cards, boards and other lists."""
