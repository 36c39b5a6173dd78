"""Rules over plain values; this room imports the standard library only."""
