"""Each word of services can be the first that is asked for, also by two threads at once."""

import subprocess
import sys
import threading
from pathlib import Path
from types import ModuleType

import pytest

from moebelcirkel import loading
from tests.words import ROOT

#: In processes of their own, as a module is loaded once in each.
_FORKED = """
import os, pkgutil, sys, threading
from moebelcirkel import loading
import moebelcirkel.services.context
sys.setswitchinterval(1e-5)
path = moebelcirkel.services.__path__
words = [each.name for each in pkgutil.iter_modules(path) if each.name != "context"]
strange = []
for place, word in enumerate(words):
    child = os.fork()
    if not child:
        both, wrong = (word, words[place - 7]), []
        def load(name):
            try:
                loading.module("moebelcirkel.services." + name)
            except BaseException as error:
                wrong.append(error)
        if sys.argv[1] == "alone":
            load(word)
        else:
            threads = [threading.Thread(target=load, args=(name,)) for name in both]
            [each.start() for each in threads]
            [each.join() for each in threads]
        os._exit(bool(wrong))
    if os.waitpid(child, 0)[1]:
        strange.append(word)
print(*strange)
"""


def _strange(how: str) -> str:
    run = [sys.executable, "-c", _FORKED, how]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True, timeout=240)
    return done.stdout.strip()


def test_each_word_can_be_the_first() -> None:
    assert _strange("alone") == ""


def test_two_words_can_be_asked_for_at_once() -> None:
    assert _strange("beside") == ""


def test_what_is_there_is_had_while_another_thread_loads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = ModuleType("gate_of_this_test")
    begun, free = threading.Event(), threading.Event()
    gate.begun, gate.free = begun, free  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, gate.__name__, gate)
    code = f"from {gate.__name__} import begun, free\nbegun.set()\nassert free.wait(60)\n"
    (tmp_path / "loads_until_told.py").write_text(code, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(loading, "_LONGEST_SECONDS", 60.0)
    slow = threading.Thread(target=loading.module, args=["loads_until_told"])
    quick = threading.Thread(target=loading.module, args=["moebelcirkel.paths"])
    slow.start()
    assert begun.wait(60)
    quick.start()
    quick.join(30)
    waits = quick.is_alive()
    free.set()
    for thread in (slow, quick):
        thread.join()
    assert not waits


_LATER = """
import sys
import moebelcirkel.storage.engine
assert "sqlalchemy" in sys.modules
print("asyncio.events" in sys.modules, "ssl" in sys.modules)
import asyncio.events
print(asyncio.run(asyncio.sleep(0, "woken")), sys.modules["asyncio"].Queue.__module__)
from sqlalchemy.util import compat, concurrency
print(compat.asyncio.Queue is sys.modules["asyncio"].Queue)
print(concurrency.is_exit_exception(compat.asyncio.CancelledError()))
"""


def test_what_only_other_drivers_use_is_loaded_with_its_first_use() -> None:
    run = [sys.executable, "-c", _LATER]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == ["False", "False", "woken", "asyncio.queues", "True", "True"]


def test_what_is_there_already_stays() -> None:
    there = sys.modules["json"]
    loading.later("json")
    assert sys.modules["json"] is there
