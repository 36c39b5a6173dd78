"""Lists of facts: what is shown, and that many of them do not hold up the window."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from moebelcirkel.ui.kit.lists.facts import Fact, FactList


def test_facts_are_replaced(qtbot: QtBot) -> None:
    facts = FactList()
    qtbot.addWidget(facts)
    facts.show_facts([Fact("Pris", "850 kr."), Fact("CO₂e", "21 kg", "skøn", "co2")])
    assert facts.facts() == [("Pris", "850 kr."), ("CO₂e", "21 kg")]
    facts.show_facts([Fact("Pris", "900 kr.", strong=True)])
    assert facts.facts() == [("Pris", "900 kr.")]


def test_many_facts_come_in_turns_and_never_beside_those_before(qtbot: QtBot) -> None:
    def shown() -> list[str]:
        rows = facts.findChildren(QLabel)
        return [row.text() for row in rows if row.isVisibleTo(facts)]

    facts = FactList()
    qtbot.addWidget(facts)
    facts.show_facts([Fact(f"Gammel {number}", "1 kr.") for number in range(40)])
    at_once = len(shown())
    assert 0 < at_once < 80
    new = [(f"Ny {number}", "2 kr.") for number in range(30)]
    facts.show_facts([Fact(*each) for each in new])
    qtbot.waitUntil(lambda: len(shown()) == 60)
    assert shown() == [text for each in new for text in each]
    facts.show_facts([Fact(*each) for each in reversed(new)])
    assert facts.facts() == new[::-1]
