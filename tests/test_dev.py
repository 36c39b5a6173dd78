"""The parts of dev.py that decide something: what is missing, what is stale, which step failed."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import dev
from tests import words


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt brings all its libraries")
def test_only_missing_packages_are_named() -> None:
    wanted = {"libc.so.6": "libc6", "libmoebelcirkel.so.1": "libmoebelcirkel1"}
    assert dev.missing_packages(wanted) == ["libmoebelcirkel1"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux may lack a screen")
@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, False),
        ({"DISPLAY": ""}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
    ],
)
def test_telling_a_screen(variables: dict[str, str], expected: bool) -> None:
    assert dev.has_screen(variables) is expected


def test_the_stamp_follows_what_is_installed(tmp_path: Path) -> None:
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_text("one")
    first = dev.stamp_text("dev", tmp_path)
    assert dev.stamp_text("dev", tmp_path) == first
    assert dev.stamp_text("bundle", tmp_path) != first
    (tmp_path / "constraints.txt").write_text("two")
    assert dev.stamp_text("dev", tmp_path) != first


def test_an_up_to_date_environment_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = dev.python_of(tmp_path)
    python.parent.mkdir()
    python.touch()
    (tmp_path / "stamp").write_text(dev.stamp_text(dev.EXTRAS["dev"]))
    monkeypatch.setattr(dev, "install", lambda *_: pytest.fail("installed again"))
    assert dev.environment(tmp_path, "dev") == python


def test_an_interrupted_installation_is_begun_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = dev.python_of(tmp_path)
    python.parent.mkdir()
    python.touch()
    installed: list[str] = []
    monkeypatch.setattr(dev, "runs", lambda _python: True)
    monkeypatch.setattr(dev, "install", lambda _python, extras: installed.append(extras))
    dev.environment(tmp_path, "bundle")
    dev.environment(tmp_path, "bundle")
    assert installed == [dev.EXTRAS["bundle"]]


def test_steps_end_at_the_first_failure(capfd: pytest.CaptureFixture[str]) -> None:
    def python(code: str) -> list[str]:
        return [sys.executable, "-c", code]

    listed = [
        ("first", python("print('one')")),
        ("second", python("raise SystemExit(3)")),
        ("third", python("print('never')")),
    ]
    assert dev.steps(listed) == 3
    said = capfd.readouterr().out
    assert "first: ok" in said
    assert "second: failed" in said
    assert "never" not in said


def test_variables_reach_the_program() -> None:
    code = "import os, sys; sys.exit(0 if os.environ['WORD'] == 'æble' else 1)"
    assert dev.call([sys.executable, "-c", code], WORD="æble") == 0


def bare_machine(patch: pytest.MonkeyPatch, libraries: set[str], *, apt: bool = True) -> None:
    """A Linux where we may install nothing and everything is missing but some libraries."""
    patch.setattr(dev.sys, "platform", "linux")
    patch.setattr(dev, "has_library", libraries.__contains__)
    patch.setattr(dev, "has_program", lambda _name: False)
    patch.setattr(dev, "has_screen", lambda _variables: False)
    patch.setattr(dev, "may_install", lambda: False)
    patch.setattr(dev.shutil, "which", lambda _name: "/usr/bin/apt-get" if apt else None)
    patch.setattr(dev.importlib.util, "find_spec", lambda _name: None)


def test_a_missing_venv_module_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    bare_machine(monkeypatch, set(dev.QT_PACKAGES))
    with pytest.raises(dev.Stop, match=r"cannot make virtual environments.*apt-get install"):
        dev.check_venv_module()


def test_where_we_may_not_install_one_command_names_everything(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bare_machine(monkeypatch, set(dev.QT_PACKAGES) - {"libEGL.so.1"})
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    python = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    told = f"sudo apt-get update && sudo apt-get install -y libegl1 {python} postgresql"
    with pytest.raises(dev.Stop, match=re.escape(told)):
        dev.system_packages("initdb")


def test_what_is_only_useful_does_not_stop_the_work(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare_machine(monkeypatch, set(dev.QT_PACKAGES))
    python = dev.python_of(tmp_path / ".venv")
    python.parent.mkdir(parents=True)
    python.touch()
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    dev.system_packages("initdb")
    assert "sudo apt-get install -y postgresql" in capsys.readouterr().out


def test_elsewhere_than_on_debian_no_command_is_promised(monkeypatch: pytest.MonkeyPatch) -> None:
    bare_machine(monkeypatch, set(), apt=False)
    with pytest.raises(dev.Stop, match=r"Debian calls what is missing .*libegl1") as stopped:
        dev.system_packages()
    assert "sudo" not in str(stopped.value)


def test_the_program_is_compiled_before_it_opens_a_page(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kept = compiled_tree(monkeypatch, tmp_path)
    assert dev.program_python() == Path(sys.executable)
    assert [path.name.split(".")[0] for path in kept.iterdir()] == ["page"]


def test_a_program_in_a_folder_of_others_runs_uncompiled(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    kept = compiled_tree(monkeypatch, tmp_path)
    kept.touch()  # no folder can be made there
    assert dev.program_python() == Path(sys.executable)
    assert capfd.readouterr() == ("", "")


def compiled_tree(monkeypatch: pytest.MonkeyPatch, root: Path) -> Path:
    """A program of one page that this Python runs, and where what is compiled of it is kept."""
    package = root / "moebelcirkel"
    package.mkdir()
    (package / "page.py").write_text("title = 'Lager'\n", "utf-8")
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    monkeypatch.setattr(dev, "ROOT", root)
    monkeypatch.setattr(dev, "environment", lambda *_: Path(sys.executable))
    return package / "__pycache__"


def test_a_demonstration_that_could_not_be_made_is_not_opened(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    called: list[str] = []

    def fail(command: list[object]) -> int:
        called.append(str(command[3]))
        return 1

    monkeypatch.setattr(dev, "BUILD", tmp_path / "build")
    monkeypatch.setattr(dev, "system_packages", lambda: None)
    monkeypatch.setattr(dev, "program_python", lambda: Path("python"))
    monkeypatch.setattr(dev, "has_screen", lambda _variables: True)
    monkeypatch.setattr(dev, "call", fail)
    assert dev.run([]) == 1
    assert called == ["demo"]


def test_a_word_has_its_tests_in_every_room() -> None:
    found = {path.relative_to(dev.ROOT / "tests").as_posix() for path in words.tests_of("orders")}
    assert found >= {
        "domain/test_orders.py",
        "services/test_orders_race.py",
        "services/test_order_news.py",
        "ui/pages/test_orders_page.py",
        "ui/pages/test_sending.py",
    }
    assert words.tests_of("order") == words.tests_of("orders")
    assert words.tests_of("delivery") == words.tests_of("deliveries")


@pytest.mark.parametrize("word", words.pages())
def test_every_page_has_tests_under_its_own_word(word: str) -> None:
    assert any("ui" in path.parts for path in words.tests_of(word))


def test_words_with_other_names_are_those_of_files() -> None:
    names = {
        words.singular(part)
        for path in (dev.ROOT / "tests").rglob("test_*.py")
        for part in path.stem.split("_")[1:]
    }
    assert {words.singular(name) for others in words.ALSO.values() for name in others} <= names


def test_a_word_without_tests_is_told_the_words_there_are() -> None:
    with pytest.raises(dev.Stop, match="named after sofas.*articles, cases"):
        dev.files_of("sofas")


@pytest.mark.parametrize(
    ("command", "asked", "expected"),
    [
        (dev.test, ["shop", "-x"], ["tests"]),
        (dev.test, ["-x"], ["lint", "format", "types", "layers", "translations", "tests"]),
        (
            dev.test,
            ["tests/test_dev.py"],
            ["lint", "format", "types", "layers", "translations", "tests"],
        ),
        (dev.check, [], ["lint", "format", "types", "layers", "translations", "house"]),
    ],
)
def test_what_is_run(
    monkeypatch: pytest.MonkeyPatch,
    command: Callable[[list[str]], int],
    asked: list[str],
    expected: list[str],
) -> None:
    run: list[str] = []

    def steps(listed: list[tuple[str, object]], **_variables: str) -> int:
        run.extend(name for name, _command in listed)
        return 0

    monkeypatch.setattr(dev, "system_packages", lambda *_programs: None)
    monkeypatch.setattr(dev, "program_python", lambda: Path("python"))
    monkeypatch.setattr(dev, "steps", steps)
    assert command(asked) == 0
    assert run == expected


def test_an_old_python_is_told_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev.sys, "version_info", (3, 9, 0))
    assert dev.main(["run"]) == 1
    assert "Python 3.11 or newer" in capsys.readouterr().err


def test_every_command_says_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        dev.main(["--help"])
    said = capsys.readouterr().out
    assert all(name in said and command.__doc__ for name, command in dev.COMMANDS.items())
