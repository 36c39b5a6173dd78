"""Where things lie: one rule for checkout, wheel and bundle, one variable for the rest."""

from pathlib import Path

import pytest
from platformdirs import PlatformDirs

from moebelcirkel import paths


def test_in_a_checkout_everything_lies_beside_the_package(tmp_path: Path) -> None:
    package = tmp_path / "moebelcirkel"
    package.mkdir()
    (tmp_path / "db").mkdir()
    assert paths.shipped_root(package) == tmp_path


def test_in_a_wheel_or_bundle_everything_lies_in_the_package(tmp_path: Path) -> None:
    package = tmp_path / "moebelcirkel"
    (package / "db").mkdir(parents=True)
    assert paths.shipped_root(package) == package


def test_what_ships_is_found() -> None:
    assert paths.database_files("versions").is_dir()
    assert paths.database_files("reference").is_dir()
    assert paths.resources("translations", "da").is_dir()


def test_one_variable_moves_all_that_is_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path))
    assert paths.user_data() == tmp_path
    assert paths.program_data() == tmp_path / "shared"
    assert paths.logs() == tmp_path / "log"


@pytest.mark.parametrize("value", [None, "", "  "])
def test_without_it_the_systems_folders_are_used(
    value: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(paths.HOME_VARIABLE)
    if value is not None:
        monkeypatch.setenv(paths.HOME_VARIABLE, value)
    found = [paths.user_data(), paths.program_data(), paths.logs()]
    assert all(path.is_absolute() and "Moebelcirklen" in path.parts for path in found)


@pytest.mark.parametrize("named", [None, "", "/srv/folders", "elsewhere"])
def test_the_systems_folders_are_those_that_platformdirs_names(
    named: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(paths.HOME_VARIABLE)
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_DIRS"):
        monkeypatch.delenv(variable, raising=False)
        if named is not None:
            monkeypatch.setenv(variable, named)
    system = PlatformDirs("Moebelcirklen", appauthor=False, roaming=False)
    assert paths.user_data() == Path(system.user_data_dir)
    assert paths.machine_settings() == Path(system.site_config_dir) / "settings.json"


def test_made_creates_parents_and_says_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    assert paths.made(folder) == folder
    assert paths.made(folder).is_dir()
