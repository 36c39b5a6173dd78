"""A drive without room, for one process: the system itself says no to every larger file."""

import contextlib
import os
from collections.abc import Iterator

import pytest

needs_limits = pytest.mark.skipif(os.name == "nt", reason="Windows limits no process's files")


@contextlib.contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """No file of this process grows above so many bytes."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
