"""Where things lie: what ships with the program, and where one PC keeps what is its own.

One rule finds `db` and `resources` in a checkout, a wheel and a bundle alike: the package folder
if it holds `db`, else its parent. MOEBELCIRKEL_HOME moves everything of one's own to one folder.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from platformdirs import PlatformDirs

HOME_VARIABLE = "MOEBELCIRKEL_HOME"
_NAME = "Moebelcirklen"
_PACKAGE = Path(__file__).resolve().parent


def shipped_root(package: Path = _PACKAGE) -> Path:
    """The folder that holds `db` and `resources`."""
    return package if (package / "db").is_dir() else package.parent


def bundle() -> Path | None:
    """The folder that was installed, where the program runs from one; None under Python."""
    return Path(sys.executable).parent if getattr(sys, "frozen", False) else None


def program() -> list[str]:
    """How this program is started once more, before its arguments."""
    return [sys.executable] if bundle() else [sys.executable, "-m", "moebelcirkel"]


def resources(*parts: str) -> Path:
    """A file or folder that ships in `resources`."""
    return shipped_root().joinpath("resources", *parts)


def database_files(*parts: str) -> Path:
    """A file or folder that ships in `db` (migrations, reference data)."""
    return shipped_root().joinpath("db", *parts)


def user_data() -> Path:
    """What belongs to this person on this PC: settings, a database of one's own, drafts."""
    own = _home() or _customary("XDG_DATA_HOME", "~/.local/share")
    return own or Path(_directories().user_data_dir)


def program_data() -> Path:
    """What everyone on this PC shares: the database of "everybody on this PC"."""
    home = _home()
    return home / "shared" if home else Path(_directories().site_data_dir)


def machine_settings() -> Path:
    """What whoever runs this PC decided for everybody on it; only they may write there."""
    home = _home()
    folder = home / "machine" if home else _customary("XDG_CONFIG_DIRS", "/etc/xdg")
    return (folder or Path(_directories().site_config_dir)) / "settings.json"


def logs() -> Path:
    """Where log files and crash reports are written."""
    home = _home()
    return home / "log" if home else Path(_directories().user_log_dir)


def made(folder: Path) -> Path:
    """The folder, after it has been created with its parents."""
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _home() -> Path | None:
    """The folder named by MOEBELCIRKEL_HOME; an empty variable counts as none."""
    named = os.environ.get(HOME_VARIABLE, "").strip()
    return Path(named).expanduser().absolute() if named else None


def _customary(variable: str, usual: str) -> Path | None:
    """What platformdirs would say on Linux, which it takes as long to say as a tenth of the start.

    Elsewhere, and where the system was told of other folders, it is asked.
    """
    if not sys.platform.startswith("linux") or os.environ.get(variable):
        return None
    return Path(usual).expanduser() / _NAME


def _directories() -> "PlatformDirs":
    """The system's customary folders; local, since a database must not roam over a network."""
    from platformdirs import PlatformDirs

    return PlatformDirs(_NAME, appauthor=False, roaming=False)
