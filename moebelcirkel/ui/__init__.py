"""The window: main_window above pages above kit.

PySide6 looks into the source of every module that is imported after it, whether it asks for Qt's
methods by other names, and Python then keeps all these lines: a third of the time and of the memory
that the program's code takes. Nothing here asks, so modules are imported without that look again.
"""

import builtins

import PySide6.QtCore

if builtins.__import__ is getattr(builtins, "__feature_import__", None):
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
