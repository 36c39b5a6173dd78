"""The names the system itself knows this process by; never taken from the environment.

A Windows account is told with its domain: one of the same name made on a PC is somebody else.
"""

import ctypes
import os
import sys

#: What secur32 calls the forms ``KOMMUNE\\abc`` and ``abc@kommune.dk``.
_FORMS = (2, 8)
_LONGEST = 1_024


def names() -> tuple[str, ...]:
    """All forms of the one user's name, the most usual first; none where the system tells none."""
    if sys.platform == "win32":
        found = [_windows_name(form) for form in _FORMS]
        return tuple(name for name in found if name)
    import pwd

    try:
        return (pwd.getpwuid(os.getuid()).pw_name,)
    except KeyError:  # a number without a name, as in a container
        return ()


def _windows_name(form: int) -> str:
    size = ctypes.c_ulong(_LONGEST)
    room = ctypes.create_unicode_buffer(_LONGEST)
    tell = ctypes.WinDLL("secur32").GetUserNameExW  # type: ignore[attr-defined,unused-ignore]
    tell.restype = ctypes.c_ubyte
    return room.value if tell(form, room, ctypes.byref(size)) else ""
