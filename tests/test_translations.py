"""The Danish is complete, agrees with itself, and its compiled files are those of its sources."""

import re
import string
from collections import defaultdict

import pytest

from tests import catalogues

# Words that are wrong on our screens, and what they are wrong for.
WRONG_WORDS = {
    r"\benhed(er|en|erne)?\b": "møbel",
    r"\b[Aa]nnuller\b": "annullér",
    r"\b[Ll]abels?\b": "mærkat",
    r"\b[Dd]ashboard": "overblik",
    r"\b[Ss]krot": "kassér",
    r"\b[Aa]ssets?\b": "møbel",
    r"\b[Hh]vorvidt\b": "om",
    r"\b[Ss]amtlige\b": "alle",
    r"\b[Kk]ostbærer": "betalingssted",
    r"\b[Nn]ettogevinst": "sparet indkøb, før drift",
    r"\bkommandolinje": "hvad man gør i vinduet",
    "“": "”",
    r"\w…$": "et mellemrum før …",
}


def danish_texts() -> list[tuple[str, catalogues.MessageId, tuple[str, ...], bool]]:
    """Every Danish entry with the file it stands in."""
    return [
        (source.name, *entry)
        for source in catalogues.sources()
        if source.parent.name == "da"
        for entry in catalogues.messages(catalogues.read(source))
    ]


def as_texts(name: catalogues.MessageId) -> tuple[str, ...]:
    """A message's English: one text, or singular and plural."""
    return name if isinstance(name, tuple) else (name,)


def placeholders(text: str) -> set[str]:
    """The names in braces."""
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


def test_every_text_in_the_code_has_danish() -> None:
    assert catalogues.missing() == []


def test_no_text_is_empty_or_fuzzy() -> None:
    unfinished = [
        f"{file}: {name!r}"
        for file, name, texts, fuzzy in danish_texts()
        if fuzzy or not all(texts)
    ]
    assert unfinished == []


def test_the_same_text_is_the_same_danish_everywhere() -> None:
    found = defaultdict(set)
    for _file, name, texts, _fuzzy in danish_texts():
        found[name].add(texts)
    assert {name: texts for name, texts in found.items() if len(texts) > 1} == {}


def test_placeholders_are_those_of_the_english() -> None:
    different = [
        f"{file}: {name!r}"
        for file, name, texts, _fuzzy in danish_texts()
        for text in texts
        if placeholders(text) != placeholders(as_texts(name)[-1])
        and placeholders(text) != placeholders(as_texts(name)[0])
    ]
    assert different == []


def test_no_sentence_ends_on_an_amount() -> None:
    """An amount ends on "kr." already: one more full stop would make two."""
    wrong = [
        f"{file}: {text}"
        for file, _, texts, _ in danish_texts()
        for text in texts
        if re.search(r"\{(amount|money|price|fee|paid)\}\.(?!\S)", text)
    ]
    assert wrong == []


def test_an_amount_and_its_unit_stay_on_one_line() -> None:
    apart = [
        name
        for _file, name, danish, _fuzzy in danish_texts()
        if any("} kr." in each for each in danish)
    ]
    assert apart == []


def test_plurals_have_both_forms() -> None:
    single = [
        f"{file}: {name!r}"
        for file, name, texts, _fuzzy in danish_texts()
        if len(as_texts(name)) != len(texts)
    ]
    assert single == []


def test_compiled_files_are_up_to_date() -> None:
    assert catalogues.work(catalogues.FOLDER, [], check=True) == []


def test_no_compiled_file_without_its_source() -> None:
    compiled = catalogues.FOLDER.glob("*/*.mo")
    assert [path.name for path in compiled if not path.with_suffix(".po").exists()] == []


@pytest.mark.parametrize("wrong", WRONG_WORDS)
def test_words_that_are_wrong_on_our_screens(wrong: str) -> None:
    found = [
        f"{file}: {text!r} (write {WRONG_WORDS[wrong]})"
        for file, _name, texts, _fuzzy in danish_texts()
        for text in texts
        if re.search(wrong, text)
    ]
    assert found == []


def test_what_the_window_says_quotes_no_command() -> None:
    quoting = [
        f"{file}: {text!r}"
        for file, _name, texts, _fuzzy in danish_texts()
        for text in texts
        if file != "cli.po" and re.search(r"\bmoebelcirkel [a-z]|python3? ", text)
    ]
    assert quoting == []


def test_english_left_on_a_screen_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogues, "danish", lambda: {"Save": ("Gem",), "Status": ("Status",)})
    assert catalogues.left_english(["Gem", "Save", "Status", "Rådhuset"]) == ["Save"]
