"""What is installed for running may be passed on with the program: permissive or LGPL, no GPL.

Qt Charts, Graphs and DataVisualization lie in the wheel under unclear terms, so nothing uses them.
"""

import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from moebelcirkel.ui.window import about

PACKAGE = Path(__file__).resolve().parent.parent / "moebelcirkel"
# Offered under LGPL-3.0 by The Qt Company; their metadata lists every licence of every part.
QT = {"pyside6", "pyside6-essentials", "pyside6-addons", "shiboken6"}
UNCLEAR = re.compile(r"\bQt(Charts|Graphs|GraphsWidgets|DataVisualization)\b")
ACCEPTED = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software|LGPL|Lesser General Public|MPL|Mozilla"
    r"|OFL|Open Font|HPND|Zlib|Unlicense|dependency licen[cs]es",
    re.IGNORECASE,
)
FORBIDDEN = re.compile(r"(?<!L)GPL|(?<!Lesser )General Public|Affero", re.IGNORECASE)


def needed_for_running() -> list[str]:
    """The program's requirements and theirs, as far as they apply to this machine."""
    waiting, seen = [Requirement("moebelcirkel[postgres]")], set[str]()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in seen and not requirement.extras:
            continue
        seen.add(name)
        for text in metadata.requires(name) or []:
            child = Requirement(text)
            wanted = [{"extra": extra} for extra in ("", *requirement.extras)]
            if child.marker is None or any(child.marker.evaluate(extra) for extra in wanted):
                waiting.append(child)
    return sorted(seen - {"moebelcirkel"})


def licence_of(name: str) -> str:
    """What a package says of itself: the expression, else the field, else the classifiers."""
    about = metadata.metadata(name)
    given = [about[key] for key in ("License-Expression", "License") if key in about]
    field = next(filter(None, given), "")
    if field and len(field) < 200:
        return field
    classifiers = about.get_all("Classifier") or []
    named = [text.split(" :: ")[-1] for text in classifiers if text.startswith("License ::")]
    return "; ".join(named) or field


def may_be_passed_on(licence: str) -> bool:
    """Whether one of the alternatives is accepted in all its parts."""
    return any(
        ACCEPTED.search(choice) and not FORBIDDEN.search(choice)
        for choice in re.split(r"\bOR\b", licence)
    )


def test_every_library_may_be_passed_on() -> None:
    licences = {name: licence_of(name) for name in needed_for_running() if name not in QT}
    assert len(licences) > 15
    refused = {name: text for name, text in licences.items() if not may_be_passed_on(text)}
    assert refused == {}


def test_the_qt_wheels_are_the_only_exception() -> None:
    assert set(needed_for_running()) >= QT
    assert "LGPL" in licence_of("PySide6-Essentials")


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ("MIT", True),
        ("LGPL-3.0-only", True),
        ("GPL-3.0-or-later", False),
        ("AGPL-3.0-only", False),
        ("GNU General Public License v3", False),
        ("GNU Lesser General Public License v3 (LGPLv3)", True),
        ("GPL-2.0-only OR Apache-2.0", True),
        ("MIT AND GPL-2.0-only", False),
        ("", False),
    ],
)
def test_telling_licences_apart(licence: str, expected: bool) -> None:
    assert may_be_passed_on(licence) is expected


def test_heif_pictures_are_read_without_the_gpl_encoder() -> None:
    files = [str(file) for file in metadata.files("pi-heif") or []]
    assert files
    assert not [file for file in files if "x265" in file]


def test_no_qt_module_of_unclear_licence() -> None:
    users = [
        str(path)
        for path in sorted(PACKAGE.rglob("*.py"))
        if UNCLEAR.search(path.read_text("utf-8"))
    ]
    assert users == []


def test_the_program_names_the_licence_of_all_it_is_passed_on_with() -> None:
    named = {
        canonicalize_name(part.strip(" )"))
        for names in about.LICENCES
        for part in re.split(r"[,(]", names)
    }
    shipped = {re.sub("-(addons|essentials|binary)$", "", name) for name in needed_for_running()}
    assert shipped - named == set()
