"""People's text as text: what is shown of a long one."""

from pytestqt.qtbot import QtBot

from moebelcirkel.ui.kit.plain import FoldedText


def test_a_long_text_shows_its_beginning_until_the_rest_is_asked_for(qtbot: QtBot) -> None:
    text = FoldedText()
    qtbot.addWidget(text)
    text.show()
    text.setText("Kort & <b>godt</b>")
    assert (text.label.text(), text.more.isVisible()) == ("Kort & <b>godt</b>", False)
    long = "ord " * 125
    text.setText(long)
    low = text.sizeHint().height()
    assert text.label.text().endswith("ord …")
    assert (text.text(), text.more.text()) == (long, "Vis det hele")
    text.more.click()
    assert (text.label.text(), text.more.text()) == (long, "Vis mindre")
    assert text.sizeHint().height() > low
    text.setText(long)  # read again: it stays open
    assert text.label.text() == long
    text.setText(f"en\nto\ntre\nfire\nfem\n{long}")
    assert text.label.text() == "en\nto\ntre\nfire\nfem …"
