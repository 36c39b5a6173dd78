"""A process of the program's own that does something beside it: started, and waited for."""

import contextlib
import subprocess
from collections.abc import Callable
from typing import Any, Final

from moebelcirkel import paths

_BEAT_SECONDS: Final = 0.1
_MUTE: Final[dict[str, Any]] = {
    **dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL),
    # On Windows a terminal would open over the window.
    "creationflags": getattr(subprocess, "CREATE_NO_WINDOW", 0),
}


def start(*words: str) -> subprocess.Popen[bytes]:
    """Start the program with these words; what it says nobody reads."""
    return subprocess.Popen([*paths.program(), *words], **_MUTE)


def attend(child: subprocess.Popen[bytes], step: Callable[[], object]) -> None:
    """Wait until it ends; ``step`` may raise and leave it alone meanwhile."""
    while child.poll() is None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(_BEAT_SECONDS)
        step()
