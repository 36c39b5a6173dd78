"""The house rules that no tool checks: sizes, docstrings, rooms, and a domain that stands alone."""

import ast
import pkgutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import moebelcirkel
from tests import words

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "moebelcirkel"
LONGEST_FILE = 400
FULLEST_FOLDER = 30
LONGEST_FUNCTION = 50
TOP_LEVEL = {
    "moebelcirkel",
    "resources",
    "db",
    "tests",
    "pyproject.toml",
    "build.spec",
    "README.md",
    "SYSTEMS.md",
    "dev.py",
    "constraints.txt",
    "LICENSE",
    "CHANGELOG.md",
}
MADE_BY_TOOLS = {"build", "dist", "__pycache__"}
DRAWERS = {"utils", "util", "helpers", "helper", "misc", "common", "tools"}
UNFINISHED = ("TO" + "DO", "FIX" + "ME", "XX" + "X")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def files() -> Iterator[Path]:
    """Every Python file of the project."""
    yield ROOT / "dev.py"
    for room in ("moebelcirkel", "db", "tests"):
        yield from sorted((ROOT / room).rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    """A file, parsed once."""
    return ast.parse(path.read_text("utf-8"))


def name(path: Path, node: ast.AST | None = None) -> str:
    """Where a fault is, as an editor opens it."""
    line = f":{node.lineno}" if isinstance(node, Function | ast.ClassDef) else ""
    return f"{path.relative_to(ROOT)}{line}"


def test_every_module_can_be_loaded() -> None:
    """What only types ask for ends a module that does not put its annotations off."""
    for module in pkgutil.walk_packages(moebelcirkel.__path__, "moebelcirkel."):
        assert import_module(module.name).__doc__, module.name


#: Each by itself, as a script or a test that needs nothing else would.
_EACH_FIRST = """
import sys
from importlib import import_module

for name in sys.argv[1:]:
    for known in [key for key in sys.modules if key.startswith("moebelcirkel")]:
        del sys.modules[known]
    import_module(name)
"""


def test_queries_that_ask_each_other_can_be_loaded_before_all_else() -> None:
    names = [f"moebelcirkel.storage.queries.{each}" for each in ("pickups", "repairs", "shop")]
    done = subprocess.run(
        [sys.executable, "-c", _EACH_FIRST, *names], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.returncode == 0


def test_the_top_level_holds_only_what_is_agreed() -> None:
    found = {entry.name for entry in ROOT.iterdir() if not entry.name.startswith(".")}
    assert found - MADE_BY_TOOLS - TOP_LEVEL == set()


def test_no_drawers() -> None:
    assert [name(path) for path in files() if path.stem in DRAWERS] == []
    assert [
        str(path) for path in PACKAGE.rglob("*") if path.is_dir() and path.name in DRAWERS
    ] == []


def test_files_are_short() -> None:
    lengths = {name(path): len(path.read_text("utf-8").splitlines()) for path in files()}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_folders_of_the_program_are_not_crowded() -> None:
    counts = Counter(path.parent for path in files() if path.is_relative_to(PACKAGE))
    assert {str(folder): n for folder, n in counts.items() if n > FULLEST_FOLDER} == {}


@pytest.mark.parametrize("room", words.MACHINERY)
def test_what_stands_in_a_room_is_a_word_of_the_program(room: str) -> None:
    assert words.strange(room) == []


def test_files_of_tests_are_named_after_what_they_test() -> None:
    assert words.strange_tests() == []


def test_the_formatter_formats_everything() -> None:
    unformatted = "fmt: " + "skip", "fmt: " + "off"
    assert [
        name(path) for path in files() if any(w in path.read_text("utf-8") for w in unformatted)
    ] == []


def test_functions_are_short() -> None:
    long = {
        name(path, node): length
        for path in files()
        for node in ast.walk(tree(path))
        if isinstance(node, Function)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert long == {}


def test_every_module_says_what_it_is_for() -> None:
    assert [name(path) for path in files() if not ast.get_docstring(tree(path))] == []


def test_every_class_says_what_it_is_for() -> None:
    without = [
        name(path, node)
        for path in files()
        if path.is_relative_to(PACKAGE)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and not ast.get_docstring(node)
    ]
    assert without == []


def test_a_public_class_has_a_name_of_its_own() -> None:
    """Whoever searches for a class finds one, wherever it is used."""
    places: dict[str, list[str]] = {}
    for path in files():
        if path.is_relative_to(PACKAGE):
            for node in tree(path).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    places.setdefault(node.name, []).append(name(path, node))
    assert {each: found for each, found in places.items() if len(found) > 1} == {}


def test_nothing_is_marked_as_unfinished() -> None:
    marked = [
        f"{name(path)}: {word}"
        for path in [*files(), *(ROOT / "resources").rglob("*.po")]
        for word in UNFINISHED
        if word in path.read_text("utf-8")
    ]
    assert marked == []


def imported(module: ast.Module) -> Iterator[str]:
    """The full names a module imports."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_the_domain_imports_only_the_standard_library() -> None:
    foreign = [
        f"{name(path)}: {module}"
        for path in sorted((PACKAGE / "domain").rglob("*.py"))
        for module in imported(tree(path))
        if not (
            module.split(".")[0] in sys.stdlib_module_names
            or module.startswith("moebelcirkel.domain")
        )
    ]
    assert foreign == []


def test_migrations_import_only_alembic_and_sqlalchemy() -> None:
    """A bundle carries migrations as data, so nothing is in it that only they import."""
    storage = {
        module.split(".")[0]
        for path in sorted((PACKAGE / "storage").rglob("*.py"))
        for module in imported(tree(path))
    }
    known = {"alembic", "sqlalchemy"} | (storage & sys.stdlib_module_names)
    foreign = [
        f"{name(path)}: {module}"
        for path in sorted((ROOT / "db").rglob("*.py"))
        for module in imported(tree(path))
        if module.split(".")[0] not in known
    ]
    assert foreign == []


#: Functions that may take or answer anything, each with its reason; the list only grows shorter.
ANYTHING: dict[str, str] = {}


def public(node: ast.AST) -> Iterator[Function]:
    """Functions of a module that others may call, and those of its classes."""
    for each in ast.iter_child_nodes(node):
        if isinstance(each, Function | ast.ClassDef) and not each.name.startswith("_"):
            if isinstance(each, Function):
                yield each
            else:
                yield from public(each)


def signature(function: Function) -> Iterator[ast.expr]:
    """What a function says of its arguments and of its answer."""
    given = function.args
    several = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    yield from (each.annotation for each in several if each and each.annotation)
    if function.returns:
        yield function.returns


def test_services_and_storage_say_what_they_take_and_answer() -> None:
    """No ``Any`` in a public signature, and no ``dict[str, object]`` in one of the services."""
    vague = {
        f"{path.relative_to(PACKAGE).as_posix()}:{function.name}"
        for room in ("services", "storage")
        for path in sorted((PACKAGE / room).rglob("*.py"))
        for function in public(tree(path))
        for said in signature(function)
        if any(_id(node) == "Any" for node in ast.walk(said))
        or (room == "services" and "dict[str, object]" in ast.unparse(said))
    }
    assert vague == set(ANYTHING)


def test_rows_are_not_made_by_position() -> None:
    """A query's labels are the fields of a row; ``storage.rows`` fills them by name."""
    counted = [
        f"{name(path)}:{node.lineno}"
        for room in ("services", "storage")
        for path in sorted((PACKAGE / room).rglob("*.py"))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and _id(node.func)[:1].isupper()
        and any(isinstance(each, ast.Starred) and _id(each.value) == "row" for each in node.args)
    ]
    assert counted == []


def test_people_s_text_reaches_the_screen_through_one_place() -> None:
    """A label or tooltip that Qt takes for HTML would draw what someone typed, with pictures."""
    wrong = [
        f"{name(path)}:{node.lineno}"
        for path in sorted((PACKAGE / "ui").rglob("*.py"))
        if path.name != "plain.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and _guesses(node)
    ]
    assert wrong == []


GUESSING = {
    "QLabel",
    "QMessageBox",
    "QStaticText",
    "QTextBrowser",
    "QTextDocument",
    "QTextEdit",
    "setHtml",
    "insertHtml",
    "setMarkdown",
    "setTextFormat",
    "setWhatsThis",
    "setStatusTip",
}


def _guesses(call: ast.Call) -> bool:
    """A call that lets Qt decide whether a text is HTML."""
    called = call.func.attr if isinstance(call.func, ast.Attribute) else _id(call.func)
    if called == "setToolTip":
        text = call.args[-1]
        ours = isinstance(text, ast.Call) and _id(text.func) in {"_", "tip"}
        return not (ours or isinstance(text, ast.Constant))
    return called in GUESSING


def _id(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def test_no_blanket_star_imports_from_qt() -> None:
    """They cost 70 ms at start, as every lazy class is built."""
    stars = [
        name(path)
        for path in files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
    ]
    assert stars == []
