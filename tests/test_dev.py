"""The parts of dev.py that decide something: what is missing, what is stale, which step failed."""

import os
import sys
from pathlib import Path

import pytest

import dev


def test_only_missing_packages_are_named(tmp_path: Path) -> None:
    (tmp_path / "libEGL.so.1").touch()
    wanted = {"libEGL.so.1": "libegl1", "libGL.so.1": "libgl1"}
    assert dev.missing_packages(wanted, [tmp_path / "none", tmp_path]) == ["libgl1"]


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


def test_a_missing_venv_module_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda _name: None)  # type: ignore[attr-defined]
    monkeypatch.setattr(dev, "may_install", lambda: False)
    with pytest.raises(dev.Stop, match=r"cannot make virtual environments.*apt-get install"):
        dev.check_venv_module()


@pytest.mark.skipif(os.name == "nt", reason="apt-get is Debian's")
def test_where_we_may_not_install_the_command_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev.sys, "platform", "linux")  # type: ignore[attr-defined]
    monkeypatch.setattr(dev, "missing_packages", lambda *_: ["libegl1"])
    monkeypatch.setattr(dev, "has_program", lambda _name: False)
    monkeypatch.setattr(dev, "may_install", lambda: False)
    monkeypatch.setattr(dev.shutil, "which", lambda _name: "/usr/bin/apt-get")  # type: ignore[attr-defined]
    dev.system_packages("initdb")
    assert "sudo apt-get install -y libegl1 postgresql" in capsys.readouterr().out


def test_an_old_python_is_told_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev.sys, "version_info", (3, 9, 0))  # type: ignore[attr-defined]
    assert dev.main(["run"]) == 1
    assert "Python 3.11 or newer" in capsys.readouterr().err


def test_every_command_says_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        dev.main(["--help"])
    said = capsys.readouterr().out
    assert all(name in said and command.__doc__ for name, command in dev.COMMANDS.items())
