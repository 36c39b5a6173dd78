"""The workshop of this project: makes `.venv`, runs the program, its tests and its builds.

Standard library only, on Linux, macOS and Windows: `python3 dev.py run`, `python3 dev.py test`;
`python3 dev.py --help` names the rest.
"""

from __future__ import annotations  # an older Python shall get as far as saying it is too old

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
BUILD = ROOT / "build"
OLDEST = (3, 11)
EXTRAS = {"dev": "dev,postgres", "bundle": "bundle,postgres"}
EXE = ".exe" if os.name == "nt" else ""

# What a bare Debian or Ubuntu lacks, by the library that tells whether it is there.
QT_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxkbcommon.so.0": "libxkbcommon0",
}
SCREEN_PACKAGES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# What the README shows: its own name, and the picture as the tour calls it.
README_PICTURES = {
    "butik": "leader-shop-light-1440x900",
    "modtagelse": "warehouse-intake-light-1440x900",
    "vaerksted": "warehouse-cases-light-1440x900",
    "lager": "warehouse-stock-light-1440x900",
    "moebelpas": "warehouse-units-light-1440x900",
    "levering": "warehouse-deliveries-light-1440x900",
    "koeretur": "warehouse-runs-light-1440x900",
    "afregning": "controller-settlement-light-1440x900",
    "godkendelse": "leader-approvals-light-1440x900",
    "overblik": "controller-overview-light-1440x900",
    "overblik-moerk": "controller-overview-dark-1440x900",
}
PROGRAM_PACKAGES = {"initdb": "postgresql", "objcopy": "binutils"}


class Stop(Exception):  # noqa: N818 - an answer to the person at the keyboard
    """Work cannot go on; the text says what to do."""


# --- the environment ---------------------------------------------------------------------------


def python_of(environment: Path) -> Path:
    """The interpreter of a virtual environment."""
    inside = "Scripts/python.exe" if os.name == "nt" else "bin/python"
    return environment / inside


def stamp_text(extras: str, root: Path = ROOT) -> str:
    """What an environment was made from; when it differs, the environment is refreshed."""
    digest = hashlib.sha256(f"{sys.version_info[:3]} {extras} {root}".encode())
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def environment(folder: Path, purpose: str) -> Path:
    """The interpreter of an up-to-date virtual environment, made or refreshed where needed."""
    python, stamp = python_of(folder), folder / "stamp"
    wanted = stamp_text(EXTRAS[purpose])
    if python.exists() and stamp.exists() and stamp.read_text("utf-8") == wanted:
        return python
    if not (python.exists() and runs(python)):
        check_venv_module()
        say(f"making {shown(folder)}")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
    say(f"installing into {shown(folder)}; the first time this takes some minutes")
    install(python, EXTRAS[purpose])
    stamp.write_text(wanted, "utf-8")
    return python


def runs(python: Path) -> bool:
    """Whether an interpreter starts and has pip: an interrupted making may leave half a one."""
    asked = [str(python), "-c", "import pip"]
    return subprocess.run(asked, check=False, capture_output=True).returncode == 0


def install(python: Path, extras: str) -> None:
    """Install the program in place with its libraries, at the versions of constraints.txt."""
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--constraint", str(ROOT / "constraints.txt"), "--editable", f".[{extras}]"]
    if subprocess.run(command, check=False, cwd=ROOT).returncode:
        raise Stop("The libraries could not be installed; pip says why above. Is there a network?")


def venv_package() -> list[str]:
    """What Debian lacks to make virtual environments: its Python comes without some parts."""
    if all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        return []
    return [f"python{sys.version_info.major}.{sys.version_info.minor}-venv"]


def check_venv_module() -> None:
    """Say plainly that no virtual environment can be made, before Python says it at length."""
    if missing := venv_package():
        raise Stop(f"This Python cannot make virtual environments. {install_hint(missing)}")


# --- system packages ---------------------------------------------------------------------------


def missing_packages(wanted: Mapping[str, str]) -> list[str]:
    """The packages whose library this machine does not have."""
    return [package for library, package in wanted.items() if not has_library(library)]


def has_library(name: str) -> bool:
    """Whether a shared library is here: nobody knows all its places but the one who loads it."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_program(name: str) -> bool:
    """Whether a program is here; Debian keeps PostgreSQL's outside the path."""
    kept = any(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return kept or shutil.which(name) is not None


def may_install() -> bool:
    """Whether we are root on a Debian kind of system."""
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_hint(packages: Sequence[str]) -> str:
    """The one command that installs what is missing; a new machine has no lists of packages yet."""
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        return f"Debian calls what is missing {names}."
    return f"Run this once: sudo apt-get update && sudo apt-get install -y {names}"


def apt_install(packages: Sequence[str]) -> None:
    """Install system packages as root; the lists are fetched first, as images come without."""
    say(f"installing system packages: {' '.join(packages)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False, env=quiet)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    # Its errors are for the reader, its hundred lines of progress are not.
    if subprocess.run(command, check=False, env=quiet, stdout=subprocess.DEVNULL).returncode:
        raise Stop(f"apt-get could not install {' '.join(packages)}; it says why above.")


def system_packages(*programs: str) -> None:
    """Make sure of Qt's libraries and of some programs; elsewhere than on Linux Qt brings all."""
    if sys.platform != "linux":
        return
    needed = missing_packages(QT_PACKAGES)
    if not python_of(ROOT / ".venv").exists():
        needed += venv_package()
    useful = missing_packages(SCREEN_PACKAGES) if has_screen(os.environ) else []
    useful += [PROGRAM_PACKAGES[name] for name in programs if not has_program(name)]
    if not needed + useful:
        return
    if may_install():
        apt_install(needed + useful)
    elif needed:
        raise Stop(f"Some system packages are missing. {install_hint(needed + useful)}")
    else:
        say(f"some system packages seem to be missing. {install_hint(useful)}")


def has_screen(variables: Mapping[str, str]) -> bool:
    """Whether a window could be seen here."""
    if sys.platform != "linux":
        return True
    return bool(variables.get("DISPLAY") or variables.get("WAYLAND_DISPLAY"))


# --- steps -------------------------------------------------------------------------------------


def say(text: str) -> None:
    """A line to the person at the keyboard, before whatever the next program prints."""
    print(f"dev: {text}", flush=True)


def shown(path: Path) -> str:
    """A path as one would type it here."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def call(command: Sequence[object], **variables: str) -> int:
    """Run a program in the project's folder and return its exit code."""
    parts = [str(part) for part in command]
    return subprocess.run(parts, check=False, cwd=ROOT, env={**os.environ, **variables}).returncode


def steps(listed: Sequence[tuple[str, Sequence[object]]], **variables: str) -> int:
    """Run programs in turn, each with its time; the first failure ends it."""
    for name, command in listed:
        begun = time.monotonic()
        code = call(command, **variables)
        say(f"{name}: {'failed' if code else 'ok'} ({time.monotonic() - begun:.1f} s)")
        if code:
            return code
    return 0


def offscreen() -> dict[str, str]:
    """No window is shown, and what each of many processes reads is compiled once for all."""
    return {"QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": ""}


def program_python() -> Path:
    """The interpreter that has the program, compiled as an installed one is, and its tests."""
    python = environment(ROOT / ".venv", "dev")
    call([python, "-m", "compileall", "-qq", "moebelcirkel"])  # where this folder may be written
    return python


# --- the commands ------------------------------------------------------------------------------


def run(_arguments: Sequence[str]) -> int:
    """Open the program on a demonstration database; without a screen do its main job instead."""
    system_packages()
    python = program_python()
    program = [python, "-m", "moebelcirkel"]
    if not has_screen(os.environ):
        say("no screen here: the main job runs without one")
        code = call([*program, "tour", "--out", BUILD], **offscreen())
        if not code:
            say(f"report and pictures lie in {shown(BUILD)}")
        return code
    database = BUILD / "demo.sqlite"
    if not database.exists():
        BUILD.mkdir(exist_ok=True)
        say(f"making the demonstration database {shown(database)}")
        if code := call([*program, "demo", "--create", database]):
            return code
    return call([*program, "--database", database])


def test(arguments: Sequence[str]) -> int:
    """All checks and all tests, without a screen; `test orders` runs only the tests of one word."""
    system_packages("initdb")
    python = program_python()
    # What a file shares is made once, as each begins with its third; one often waits for a server.
    pytest = [python, "-m", "pytest", "-q", "-rfER", "-n", "3", "--dist", "worksteal"]
    if arguments and arguments[0].isidentifier() and not (ROOT / arguments[0]).exists():
        listed = [("tests", [*pytest, *files_of(arguments[0]), *arguments[1:]])]
    else:
        listed = [*checks(python), ("tests", [*pytest, *arguments])]
    return steps(listed, **offscreen())


def check(_arguments: Sequence[str]) -> int:
    """Lint, format, types, layers, translations and the house rules, without the other tests."""
    system_packages()
    python = program_python()
    house = [python, "-m", "pytest", "-q", "-n", "0", "tests/test_house.py"]
    return steps([*checks(python), ("house", house)], **offscreen())


def checks(python: Path) -> list[tuple[str, list[object]]]:
    """What is looked at without running the program."""
    return [
        ("lint", [python, "-m", "ruff", "check", "."]),
        ("format", [python, "-m", "ruff", "format", "--check", "."]),
        ("types", [python, "-m", "mypy"]),
        ("layers", [python.parent / f"lint-imports{EXE}"]),
        ("translations", [python, "dev.py", "translations", "--check"]),
    ]


def files_of(word: str) -> list[Path]:
    """The files of tests of one word in all rooms."""
    from tests import words

    if not (files := words.tests_of(word)):
        raise Stop(f"No tests are named after {word}; pages have {', '.join(words.pages())}.")
    return files


def bench(arguments: Sequence[str]) -> int:
    """Measure speed beside the bare libraries and print the ratios."""
    system_packages("initdb")
    return call([program_python(), "-m", "tests.bench", *arguments], **offscreen())


def storm(arguments: Sequence[str]) -> int:
    """Ten people at once for two minutes; --seconds, --clients, --database sqlite."""
    system_packages(*([] if "sqlite" in arguments else ["initdb"]))
    return call([program_python(), "-m", "tests.storm", *arguments], **offscreen())


def shots(arguments: Sequence[str]) -> int:
    """Pictures of every page per role, light and dark, in build/shots; the README's beside it."""
    system_packages()
    command = ["-m", "moebelcirkel", "tour", "--shots", BUILD / "shots"]
    if code := call([program_python(), *command, *arguments], **offscreen()):
        return code
    target = ROOT / "resources" / "screenshots"
    for name, taken in README_PICTURES.items():
        shutil.copy(BUILD / "shots" / f"{taken}.png", target / f"{name}.png")
    say(f"the README's pictures lie in {shown(target)}")
    return 0


def bundle(_arguments: Sequence[str]) -> int:
    """Build the program with PyInstaller in an environment of its own and let it test itself."""
    system_packages("objcopy")
    python = environment(BUILD / "bundle-venv", "bundle")
    output = BUILD / "bundle"
    quiet = ["--noconfirm", "--clean", "--log-level", "WARN"]
    places = ["--distpath", output, "--workpath", BUILD / "bundle-work"]
    code = steps(
        [
            ("build", [python, "-m", "PyInstaller", *quiet, *places, ROOT / "build.spec"]),
            ("self-test", [output / "moebelcirkel" / f"moebelcirkel{EXE}", "self-test"]),
        ],
        **offscreen(),
        MOEBELCIRKEL_HOME=str(BUILD / "bundle-home"),
    )
    if not code:
        say(f"the program lies in {shown(output / 'moebelcirkel')}")
    return code


def translations(arguments: Sequence[str]) -> int:
    """Compile .po to .mo; --check only looks, --missing lists texts without Danish."""
    python = sys.executable if importlib.util.find_spec("babel") else program_python()
    return call([python, ROOT / "tests" / "catalogues.py", *arguments])


COMMANDS = {
    "run": run,
    "test": test,
    "check": check,
    "bench": bench,
    "storm": storm,
    "shots": shots,
    "bundle": bundle,
    "translations": translations,
}


def main(arguments: Sequence[str]) -> int:
    """Find the command and run it; what follows its name is handed on."""
    parser = argparse.ArgumentParser(prog="dev.py", description="Run, test and build this project.")
    known = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        known.add_parser(name, help=(command.__doc__ or "").splitlines()[0], add_help=False)
    chosen, rest = parser.parse_known_args(arguments)
    try:
        if sys.version_info[:2] < OLDEST:
            raise Stop(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed to run this.")
        return COMMANDS[chosen.command](rest)
    except Stop as reason:
        print(f"dev: {reason}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        print(f"dev: {error}", file=sys.stderr)
        return error.returncode or 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
