"""The kinds of file that fill the house: what a line of each holds, and how it is read."""
