"""Which tests belong to one word of the program: those with the word in the name of their file."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

#: By one word the others that files of its tests are named after.
ALSO = {
    "approval": ("orders", "sending"),
    "case": ("board", "tasks"),
    "change": ("undo",),
    "delivery": ("deliverynote", "picking", "picklist", "returns"),
    "figure": ("bounds", "method"),
    "getting": ("beginning", "first", "welcome"),
    "import": ("ikea", "mapping", "suppliers", "tabular"),
    "intake": ("registration",),
    "order": ("sending",),
    "photo": ("pictures",),
    "report": ("savings", "spreadsheet"),
    "setting": ("institutions", "parameters", "places", "users"),
    "shop": ("cards", "twelve"),
    "unit": ("identifiers", "panels", "unitpass"),
    "user": ("login", "roles"),
}


def tests_of(word: str) -> list[Path]:
    """The files of tests of one word in all rooms; none where no file is named after it."""
    key = singular(word.split("_", maxsplit=1)[0])
    wanted = {key, *map(singular, ALSO.get(key, ()))}
    return [
        path
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        if wanted & {singular(part) for part in path.stem.split("_")[1:]}
    ]


def singular(word: str) -> str:
    """One of them, so that orders and order are the same word."""
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def pages() -> list[str]:
    """The words that have a page."""
    found = (ROOT / "moebelcirkel" / "ui" / "pages").glob("*/page.py")
    return sorted(page.parent.name for page in found)
