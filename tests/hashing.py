"""Passwords hashed as the program does, at a small cost: its own takes a tenth of a second each."""

from argon2 import PasswordHasher

from moebelcirkel.services.start import passwords

#: What the program hashes with where no test runs it.
PROGRAM = passwords._HASHER


def cheaply() -> None:
    """From now on, in this process; a program that a test starts pays the full price."""
    passwords._HASHER = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    passwords._NOBODY = passwords._made_up(passwords._HASHER)
