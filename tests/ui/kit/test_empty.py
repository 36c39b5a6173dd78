"""What stands where a list is empty."""

from pytestqt.qtbot import QtBot

from moebelcirkel.ui.kit.lists.empty import EmptyState


def test_a_very_long_word_does_not_make_the_empty_state_wide(qtbot: QtBot) -> None:
    empty = EmptyState("Ingen møbler")
    qtbot.addWidget(empty)
    title = f"Intet passer til “{'kontorstol' * 19}”"
    empty.say(title, "Prøv færre ord.")
    assert empty.minimumSizeHint().width() < 400
    assert empty.accessibleName() == f"{title} Prøv færre ord."
