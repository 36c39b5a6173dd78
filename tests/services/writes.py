"""Every service that writes, found in the code itself, so that a new one cannot be forgotten."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from moebelcirkel import services
from moebelcirkel.domain.roles import Action


class Write(NamedTuple):
    """A service made by ``writes``: its word and name, and the action it was given."""

    name: str
    action: Action | None
    call: Callable[..., Any]


def modules() -> Iterator[Any]:
    """Every module of the services."""
    for info in pkgutil.walk_packages(services.__path__, f"{services.__name__}."):
        yield importlib.import_module(info.name)


def decorated() -> Iterator[Write]:
    """Every function made by ``writes``."""
    for module in modules():
        word = module.__name__.removeprefix(f"{services.__name__}.")
        for name, value in vars(module).items():
            mine = inspect.isfunction(value) and value.__module__ == module.__name__
            if mine and hasattr(value, "__wrapped__"):
                found = inspect.getclosurevars(value).nonlocals
                if "kind" in found:
                    yield Write(f"{word}.{name}", found["action"], value)


def plain() -> Iterator[tuple[str, bool]]:
    """Functions that call ``context.write(kind, action, …)`` themselves, and whether the action is
    None.
    """
    room = Path(services.__path__[0])
    for path in sorted(room.rglob("*.py")):
        word = ".".join(path.relative_to(room).with_suffix("").parts)
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if path.stem == "context" or not isinstance(function, ast.FunctionDef):
                continue
            for node in ast.walk(function):
                if _is_write(node):
                    yield f"{word}.{function.name}", _is_open(node)


def _is_write(node: ast.AST) -> bool:
    called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    return called and node.func.attr == "write" and len(node.args) > 1  # type: ignore[attr-defined]


def _is_open(node: Any) -> bool:
    return isinstance(node.args[1], ast.Constant) and node.args[1].value is None
