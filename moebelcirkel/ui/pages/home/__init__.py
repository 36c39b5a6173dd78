"""The page an institution begins on."""
