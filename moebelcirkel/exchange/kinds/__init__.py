"""The kinds of file that fill the registers: what a line of each holds, and how it is read."""
