"""The command line: one module per command, thin over services."""

from moebelcirkel.cli.running import run

__all__ = ["run"]
