"""What the thread of the window does, so that no other thread does it beside painting.

It collects garbage. Python collects wherever it happens to be, also on a thread that reads the
database. A Qt object in that garbage is then destroyed there: it holds a lock of Qt's while it asks
for Python's, and the thread of the window, which holds Python's, may be waiting for Qt's. Both wait
for ever.

It makes room for the classes of all pages before another thread defines any. What belongs to a
class, Shiboken finds in a table that it does not lock while Qt paints. Where a thread reads the
code of a page meanwhile and the table has to grow, what is painted reads memory that is gone, and
the program ends. A table does not shrink again when the classes in it go.

It lets go of signals nobody has asked for. PySide gives each object one more object for each of its
signals, and a widget has ten, a quarter of a kilobyte each; asked for later, it is made again.
"""

import functools
import gc
import sys
from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

#: Often enough that little has gathered, seldom enough that nobody notices.
INTERVAL_MS = 1_000
#: Classes there is room for: the program and what it uses of Qt have half as many.
CLASSES: Final = 1_200


class Collector(QObject):
    """Collects now and then while the event loop runs, in place of Python's own collecting."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._known = len(sys.modules)
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the oldest generation of which Python itself would have collected.

        Code that was read meanwhile stays, and is much: it is put aside, where nobody looks at it
        again, instead of being looked through while a page is opened.
        """
        let_signals_go(gc.get_objects(generation=0))
        known, self._known = self._known, len(sys.modules)
        if known != self._known:
            gc.freeze()
            return
        counts, limits = gc.get_count(), gc.get_threshold()
        due = [age for age in range(3) if counts[age] > limits[age]]
        if due:
            gc.collect(max(due))

    def stop(self) -> None:
        """Python collects by itself again."""
        self._timer.stop()
        gc.enable()


def let_signals_go(objects: Iterable[object]) -> None:
    """Take from these objects what PySide made for each signal; what is connected stays so."""
    of_qt = type(QObject)  # asking each object of Python whether it is one of Qt's takes five times
    for item in [item for item in objects if type(type(item)) is of_qt]:
        if not isinstance(item, QObject):
            continue
        kept = vars(item)
        own = [name for name, value in kept.items() if isinstance(value, SignalInstance)]
        for name in own:
            # Under another name than its class gives it, it is another object's.
            if isinstance(getattr(type(item), name, None), Signal):
                del kept[name]
        if not kept:
            kept.clear()  # its table goes too


@functools.cache
def make_room(classes: int = CLASSES) -> None:
    """Let the table of classes grow once, before there is another thread."""
    gc.freeze()  # what is there need not be looked through for the few that go
    made = [type(f"Room{number}", (QObject,), {}) for number in range(classes)]
    del made  # only now: the table grows by how many there are at a time
    gc.collect()
