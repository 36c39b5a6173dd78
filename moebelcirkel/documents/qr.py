"""QR codes as plain squares: which modules are dark, merged to the fewest rectangles."""

from functools import lru_cache

import segno


@lru_cache(maxsize=512)
def runs(text: str) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """Modules per side without the quiet zone, and each dark run as (column, row, length)."""
    # Micro codes save little here and many scanners cannot read them.
    code = segno.make(text, micro=False, error="m", boost_error=True)
    found: list[tuple[int, int, int]] = []
    for row, modules in enumerate(code.matrix):
        start = -1
        for column, module in enumerate((*modules, 0)):
            if module and start < 0:
                start = column
            elif not module and start >= 0:
                found.append((start, row, column - start))
                start = -1
    return len(code.matrix), tuple(found)
