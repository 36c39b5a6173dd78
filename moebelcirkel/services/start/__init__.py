"""From the program's start to somebody at work: a database found, opened, filled."""
