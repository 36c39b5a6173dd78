"""The words of the program, one a feature, and which tests belong to one of them."""

from collections.abc import Collection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

#: Every feature's one word: its package or file in each room, its page, its texts, its tests.
WORDS = frozenset(
    [
        "approvals",
        "articles",
        "badges",
        "cases",
        "ceilings",
        "changes",
        "check",
        "complaints",
        "copies",
        "deliveries",
        "demand",
        "demo",
        "ecolabels",
        "factors",
        "figures",
        "getting_started",
        "home",
        "imports",
        "institutions",
        "intake",
        "loans",
        "messages",
        "orders",
        "overview",
        "parameters",
        "persons",
        "photos",
        "pickups",
        "places",
        "purchases",
        "receipts",
        "repairers",
        "repairs",
        "reports",
        "routines",
        "runs",
        "settings",
        "settlement",
        "shop",
        "start",
        "stock",
        "tasks",
        "units",
        "users",
        "wants",
    ]
)
#: What serves all words, by the room it stands in.
MACHINERY = {
    "moebelcirkel/services": "apart codes context folders labels self_test",
    "moebelcirkel/storage/tables": "base charges",
    "moebelcirkel/storage/queries": "login passport",
    "moebelcirkel/ui/pages": "",
    "moebelcirkel/documents": "charts draw drawings drawn fonts paper qr spreadsheet tables",
    "resources/translations/da": "cli documents domain exchange help kit language window",
    "moebelcirkel/domain": (
        "answers categories charts conditions cpr days errors facts fields fold identifiers labels "
        "limits lifecycle measures money named periods prices roles"
    ),
}
#: Tests of what holds for all words at once, by the first word of their file's name.
ACROSS = frozenset(
    [
        "append",
        "bounds",
        "choosing",
        "commands",
        "dev",
        "discretion",
        "every",
        "going",
        "house",
        "ids",
        "ikea",
        "killed",
        "licences",
        "method",
        "own",
        "postgres",
        "power",
        "released",
        "scans",
        "scenario",
        "searches",
        "sideways",
        "steady",
        "suppliers",
        "translations",
        "twelve",
        "two",
        "typed",
        "unavailable",
        "unsaved",
        "widgets",
    ]
)
#: By one word the others that files of its tests are named after.
ALSO = {
    "approval": ("orders", "sending"),
    "case": ("board", "tasks"),
    "change": ("undo",),
    "delivery": ("picking", "returns"),
    "figure": ("bounds", "method"),
    "getting": ("beginning", "first", "welcome"),
    "import": ("ikea", "mapping", "suppliers", "tabular"),
    "intake": ("registration",),
    "order": ("sending",),
    "photo": ("pictures",),
    "setting": ("institutions", "parameters", "places", "users"),
    "shop": ("cards", "twelve"),
    "unit": ("identifiers", "panels"),
    "user": ("login", "roles"),
}


def strange(room: str) -> list[str]:
    """What stands in a room under a name that is no word of the program."""
    known = {singular(word) for word in (*WORDS, *MACHINERY[room].split())}
    names = {path.stem for path in (ROOT / room).iterdir() if not path.name.startswith("__")}
    return sorted(name for name in names if not _starts(name, known))


def strange_tests() -> list[str]:
    """Files of tests that are named after no word, no module and nothing that holds for all."""
    package = ROOT / "moebelcirkel"
    modules = {path.stem.split("_")[0] for path in package.rglob("*.py")}
    folders = {path.name for path in package.rglob("*") if path.is_dir()}
    known = {singular(word) for word in WORDS | ACROSS | modules | folders}
    return sorted(
        path.name
        for path in (ROOT / "tests").rglob("test_*.py")
        if not _starts(path.stem.removeprefix("test_"), known)
    )


def _starts(name: str, known: Collection[str]) -> bool:
    return singular(name) in known or singular(name.split("_", maxsplit=1)[0]) in known


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
