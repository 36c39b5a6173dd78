"""The settings of one PC: defaults, what is kept, and a file that is damaged or not writable."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from moebelcirkel import paths, settings
from moebelcirkel.domain.errors import Unavailable
from moebelcirkel.language import refusal
from moebelcirkel.settings import COLUMNS, DATABASE, LANGUAGE, SCALE, SCHEME, Setting, Settings

TABLE = [each for each in vars(settings).values() if isinstance(each, Setting)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "settings.json"


def test_without_a_file_all_is_as_declared(file: Path) -> None:
    fresh = Settings(file)
    assert [fresh.get(setting) for setting in TABLE] == [setting.default for setting in TABLE]
    assert not file.exists()


def test_the_table_declares_each_key_once_with_a_default_that_fits() -> None:
    assert len({setting.key for setting in TABLE}) == len(TABLE)
    assert all(setting.fits(setting.default) for setting in TABLE)


def test_the_file_is_the_persons_own() -> None:
    assert Settings().file == paths.user_data() / "settings.json"


def test_what_is_decided_for_the_pc_holds_for_everybody(file: Path, tmp_path: Path) -> None:
    machine = tmp_path / "machine.json"
    machine.write_text(json.dumps({"database": "postgresql://db/moebler", "language": "xx"}))
    own = Settings(file, machine)
    assert own.is_fixed(DATABASE)
    assert not own.is_fixed(LANGUAGE)
    with pytest.raises(Unavailable) as refused:
        own.set(DATABASE, "min.sqlite")
    assert "pc" in refusal(refused.value)
    own.set(LANGUAGE, "en")
    own.put({DATABASE.key: "min.sqlite"})
    again = Settings(file, machine)
    assert (again.get(DATABASE), again.get(LANGUAGE)) == ("postgresql://db/moebler", "en")


def test_a_look_that_is_decided_is_worn_whoever_comes(file: Path, tmp_path: Path) -> None:
    machine = tmp_path / "machine.json"
    machine.write_text(json.dumps({"scale": 1.5}))
    own = Settings(file, machine)
    own.enter("x.sqlite", "eva")
    assert own.get(SCALE) == 1.5
    with pytest.raises(Unavailable):
        own.choose(SCALE, 1.0)
    assert own.get(SCALE) == 1.5


@pytest.mark.parametrize("damage", [b"{", b"[1]", b"\xff\xfe"])
def test_a_damaged_decision_fixes_nothing_and_is_left_alone(
    file: Path, tmp_path: Path, damage: bytes
) -> None:
    machine = tmp_path / "machine.json"
    machine.write_bytes(damage)
    assert not Settings(file, machine).is_fixed(DATABASE)
    assert machine.read_bytes() == damage


def test_values_are_there_at_the_next_start(file: Path) -> None:
    first = Settings(file)
    first.set(DATABASE, "Åse Bjørn")
    first.set(COLUMNS, {"stock": ["label", "place"]})
    again = Settings(file)
    assert again.get(DATABASE) == "Åse Bjørn"
    assert again.get(COLUMNS) == {"stock": ["label", "place"]}
    assert [path.name for path in file.parent.iterdir()] == ["settings.json"]


def test_what_another_window_stored_is_kept(file: Path) -> None:
    one, other = Settings(file), Settings(file)
    one.set(SCHEME, "dark")
    other.set(LANGUAGE, "en")
    assert Settings(file).get(SCHEME) == "dark"


def test_columns_of_one_table_leave_those_of_another_as_another_window_stored_them(
    file: Path,
) -> None:
    one, other = Settings(file), Settings(file)
    one.add(COLUMNS, "stock", ["label"])
    other.add(COLUMNS, "orders", ["number"])
    one.add(COLUMNS, "stock", ["label", "place"])
    expected = {"stock": ["label", "place"], "orders": ["number"]}
    assert Settings(file).get(COLUMNS) == one.get(COLUMNS) == expected


_MANY = """
import sys
from pathlib import Path
from moebelcirkel.settings import COLUMNS, Settings

file, who = Path(sys.argv[1]), sys.argv[2]
kept = Settings(file, file.with_name("none.json"))
for number in range(40):
    kept.add(COLUMNS, f"{who}{number}", [who])
    kept.enter(f"{number}.sqlite", who)
    kept.put({f"{who}{number}": number})
"""


def test_two_programs_that_write_at_once_lose_nothing_of_each_other(file: Path) -> None:
    started = [subprocess.Popen([sys.executable, "-c", _MANY, str(file), who]) for who in "ab"]
    assert [each.wait() for each in started] == [0, 0]
    kept = json.loads(file.read_text("utf-8"))
    for number in range(40):
        for who in "ab":
            assert kept["columns"][f"{who}{number}"] == [who]
            assert kept[f"{who}{number}"] == number
            assert any(key.endswith(f"{number}.sqlite|{who}") for key in kept["looks"])
    assert [path.name for path in file.parent.iterdir()] == ["settings.json"]


def test_a_value_that_does_not_fit_is_the_default(file: Path) -> None:
    file.parent.mkdir()
    file.write_text(json.dumps({"language": "xx", "scheme": 7, "columns": {"stock": "label"}}))
    loaded = Settings(file)
    assert (loaded.get(LANGUAGE), loaded.get(SCHEME), loaded.get(COLUMNS)) == ("da", "system", {})
    with pytest.raises(ValueError, match="scheme"):
        loaded.set(SCHEME, "pink")


def test_what_a_newer_program_stored_stays(file: Path) -> None:
    file.parent.mkdir()
    file.write_text(json.dumps({"later": [1, 2]}))
    Settings(file).set(LANGUAGE, "en")
    assert json.loads(file.read_text("utf-8")) == {"later": [1, 2], "language": "en"}


@pytest.mark.parametrize("damage", [b"", b"{", b'["no table"]', b"\xff\xfe\x00"])
def test_a_damaged_file_is_set_aside(file: Path, damage: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(damage)
    loaded = Settings(file)
    assert loaded.get(LANGUAGE) == "da"
    assert file.with_name("settings.damaged.json").read_bytes() == damage
    loaded.set(LANGUAGE, "en")
    assert Settings(file).get(LANGUAGE) == "en"


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("a file, not a folder")
    blocked = Settings(tmp_path / "in the way" / "settings.json")
    with pytest.raises(Unavailable) as caught:
        blocked.set(LANGUAGE, "en")
    assert refusal(caught.value).startswith("Indstillingerne kunne ikke gemmes i ")


def test_a_full_disk_leaves_the_old_file_whole(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Settings(file)
    kept.set(DATABASE, "Åse")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(settings.os, "fsync", full)
    with pytest.raises(Unavailable) as caught:
        kept.set(DATABASE, "Bo")
    assert refusal(caught.value).endswith(
        "Tjek, at der er plads på drevet, og at du må skrive der."
    )
    assert Settings(file).get(DATABASE) == "Åse"
    assert [path.name for path in file.parent.iterdir()] == ["settings.json"]


# --- what belongs to a person --------------------------------------------------------------------


def test_everybody_has_their_own_look(file: Path) -> None:
    kept = Settings(file)
    kept.set(SCHEME, "dark")
    kept.enter("a.sqlite", "eva")
    assert kept.scheme() == "dark"  # the first person finds what stood here before
    kept.choose(LANGUAGE, "en")
    kept.choose(SCALE, 1.5)
    kept.enter("a.sqlite", "bo")
    assert kept.look() == ("da", "system", 1.0)
    kept.choose(SCHEME, "light")
    kept.enter("a.sqlite", "eva")
    assert kept.look() == ("en", "dark", 1.5)
    assert Settings(file).look() == ("en", "dark", 1.5)  # before log-in the last used


def test_another_window_of_somebody_else_does_not_change_my_look(file: Path) -> None:
    mine, other = Settings(file), Settings(file)
    mine.enter("a.sqlite", "eva")
    other.enter("a.sqlite", "bo")
    other.choose(SCHEME, "dark")
    mine.set(COLUMNS, {"stock": ["label"]})
    assert mine.scheme() == "system"


def test_the_last_user_is_remembered_for_each_database(file: Path) -> None:
    kept = Settings(file)
    kept.enter("postgresql://bo:hemmeligt@server/moebel", "bo")
    kept.enter(str(file.with_name("b.sqlite")), "eva")
    again = Settings(file)
    assert again.last_user("postgresql://bo:andet@server/moebel") == "bo"
    assert again.last_user(str(file.with_name("b.sqlite"))) == "eva"
    assert again.last_user("c.sqlite") == ""
    assert "hemmeligt" not in file.read_text("utf-8")


def test_what_is_remembered_already_is_not_written_again(file: Path) -> None:
    def written() -> tuple[int, int]:
        found = file.stat()
        return found.st_ino, found.st_mtime_ns

    settings = Settings(file)
    settings.enter("moebler.sqlite", "anna")
    first = written()
    settings.enter("moebler.sqlite", "anna")
    Settings(file).enter("moebler.sqlite", "anna")
    assert written() == first
    settings.enter("moebler.sqlite", "bo")
    assert written() != first
    assert Settings(file).last_user("moebler.sqlite") == "bo"


def test_what_is_written_aside_comes_before_what_is_read_or_written_next(file: Path) -> None:
    settings = Settings(file)
    for number in range(20):
        settings.enter("moebler.sqlite", f"anna{number}", wait=False)
        settings.set(SCALE, 1.25 if number % 2 else 1.0)
        again = Settings(file)
        assert (again.last_user("moebler.sqlite"), again.get(SCALE)) == (
            f"anna{number}",
            1.25 if number % 2 else 1.0,
        )
