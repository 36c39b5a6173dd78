"""The house's name before the database is opened: told where it can be, silent where it cannot."""

from pathlib import Path

from moebelcirkel.services import parameters
from moebelcirkel.services.start import first_look, opening, workplace
from moebelcirkel.services.start.first_look import Owner


def test_the_look_and_the_open_database_tell_the_same(sqlite_file: Path) -> None:
    context = opening.open_existing(sqlite_file)
    try:
        assert first_look.owner(str(sqlite_file)) == Owner("", demo=False)
        parameters.save(context, {"municipality": "Æbelø Kommune"}, {})
        assert first_look.owner(str(sqlite_file)) == Owner("Æbelø Kommune", demo=False)
        assert workplace.owner(context) == first_look.owner(str(sqlite_file))
    finally:
        opening.close(context)


def test_what_cannot_be_looked_into_is_left_to_the_opening(tmp_path: Path) -> None:
    none, folder = tmp_path / "none.sqlite", tmp_path / "OneDrive"
    empty, text = tmp_path / "empty.sqlite", tmp_path / "text.sqlite"
    folder.mkdir()
    empty.touch()
    text.write_text("not a database " * 100, "utf-8")
    targets = [str(path) for path in (none, empty, text, tmp_path, folder / "house.sqlite")]
    targets.append("postgresql://nowhere.invalid/house")
    assert [first_look.owner(target) for target in targets] == [None] * 6
    assert not none.exists()
    assert text.read_text("utf-8").startswith("not a database")
