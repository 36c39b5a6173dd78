"""The short way from an empty program to the first piece."""
