"""Translations as files: compile .po to .mo, say whether they are up to date, find the msgids.

`python3 dev.py translations [WORD …]` runs this; `--check` writes nothing; `--missing` lists the
texts in the code that have no Danish yet.
"""

import argparse
import datetime as dt
import functools
import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import PoFileError, read_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "moebelcirkel"
FOLDER = ROOT / "resources" / "translations"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}

# Babel would write the present minute into every file.
_NO_DATE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

# A message as the program asks for it: the text, or singular and plural.
MessageId = str | tuple[str, ...]


def sources(folder: Path = FOLDER) -> list[Path]:
    """Every .po of every language."""
    return sorted(folder.glob("*/*.po"))


def read(source: Path) -> Catalog:
    """A .po as a catalogue; a line that is not understood is an error, not a warning."""
    with source.open("rb") as file:
        return read_po(file, locale=source.parent.name, abort_invalid=True)


def compiled(source: Path) -> bytes:
    """What the .mo beside a .po has to hold."""
    catalogue = read(source)
    catalogue.creation_date = catalogue.revision_date = _NO_DATE
    output = io.BytesIO()
    write_mo(output, catalogue)
    return output.getvalue()


def up_to_date(source: Path) -> bool:
    """Whether the .mo beside a .po says the same."""
    try:
        with source.with_suffix(".mo").open("rb") as file:
            told = texts(read_mo(file))
    except (OSError, ValueError):
        return False
    return told == texts(read(source))


def texts(catalogue: Catalog) -> dict[MessageId, tuple[str, ...]]:
    """The finished texts of a catalogue; only they are compiled."""
    return {name: given for name, given, fuzzy in messages(catalogue) if any(given) and not fuzzy}


def messages(catalogue: Catalog) -> Iterator[tuple[MessageId, tuple[str, ...], bool]]:
    """Each message with its translations and whether it is marked fuzzy."""
    for message in catalogue:
        if message.id:
            name = tuple(message.id) if isinstance(message.id, list | tuple) else message.id
            given = message.string
            texts = tuple(given) if isinstance(given, list | tuple) else (given or "",)
            yield name, texts, message.fuzzy


def extracted(package: Path = PACKAGE) -> dict[MessageId, str]:
    """Every message the program can show, with one place where it stands."""
    found: dict[MessageId, str] = {}
    for name, line, message, _comments, _context in extract_from_dir(
        str(package), [("**.py", "python")], keywords=KEYWORDS
    ):
        if message:
            found.setdefault(message, f"{name}:{line}")
    return found


@functools.cache
def danish(folder: Path = FOLDER) -> dict[MessageId, tuple[str, ...]]:
    """Every finished Danish text of all catalogues; read once, which takes half a second."""
    return {
        name: texts
        for source in sources(folder)
        if source.parent.name == "da"
        for name, texts, fuzzy in messages(read(source))
        if all(texts) and not fuzzy
    }


def left_english(shown: Iterable[str]) -> list[str]:
    """The shown texts that are an English msgid although their Danish is another."""
    known = {name: texts[0] for name, texts in danish().items() if isinstance(name, str)}
    return [text for text in shown if known.get(text, text) != text]


def missing() -> list[str]:
    """The texts in the code without Danish, each with its place."""
    known = danish()
    return [f"{place}: {name!r}" for name, place in extracted().items() if name not in known]


def work(folder: Path, words: list[str], *, check: bool) -> list[str]:
    """Compile the catalogues, or only look; what is wrong comes back as one line each."""
    faults = []
    for source in sources(folder):
        if words and source.stem not in words:
            continue
        try:
            if up_to_date(source):
                continue
            if check:
                faults.append(f"{source}: its .mo is out of date; run python3 dev.py translations")
            else:
                source.with_suffix(".mo").write_bytes(compiled(source))
        except (PoFileError, UnicodeDecodeError) as error:
            faults.append(f"{source}: {error}")
    return faults


def main() -> int:
    """The command behind `dev.py translations`."""
    parser = argparse.ArgumentParser(prog="dev.py translations", description=__doc__)
    parser.add_argument("words", nargs="*", metavar="WORD", help="only these catalogues")
    parser.add_argument("--check", action="store_true", help="write nothing, only look")
    parser.add_argument("--missing", action="store_true", help="list texts without Danish")
    asked = parser.parse_args()
    lines = missing() if asked.missing else work(FOLDER, asked.words, check=asked.check)
    for line in lines:
        print(line, file=sys.stderr)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
