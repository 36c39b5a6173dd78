"""The command line: one module per command, thin over services.

``running.run`` is where a command begins; it is not imported here, so that reading the arguments
costs a starting window nothing.
"""
