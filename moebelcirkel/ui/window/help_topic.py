"""What a topic of the help is, some of them, and those that belong to no page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from moebelcirkel.language import N_


@dataclass(frozen=True, slots=True)
class Topic:
    """One page or matter; ``parts`` are (heading, text), all English msgids."""

    word: str
    title: str
    parts: tuple[tuple[str, str], ...]


LOANS: Final = Topic(
    "loans",
    N_("Loans"),
    (
        (
            N_("What is out until when"),
            N_(
                "Furniture ordered as a loan is returned by its day; what is overdue is marked "
                "and stands first. The warehouse can give a loan another day. What a loan "
                "costs and saves follows the days it has really been out, so it is put right "
                "when the furniture is back. What never comes back is either kept, and charged "
                "as an order of that day, or lost: either way its daily price stops."
            ),
        ),
    ),
)

RECEIPTS: Final = Topic(
    "receipts",
    N_("Deliveries"),
    (
        (
            N_("Confirm what came"),
            N_(
                "Whoever received a delivery looks it through and confirms that all of it came. "
                "What nobody has confirmed after some working days counts as confirmed, and "
                "says so. The list shows what is not confirmed yet."
            ),
        ),
    ),
)

COMPLAINTS: Final = Topic(
    "complaints",
    N_("Complaints"),
    (
        (
            N_("When something is wrong"),
            N_(
                "Under Deliveries whoever received furniture ticks the pieces that something is "
                "wrong with and says what. The warehouse lowers the price, repairs them, lets them "
                "come back or says no. What was charged stays: the difference is a charge of its "
                "own, and a piece that comes back has its price given back when it is taken back. "
                "After the days under Settings, Shop, only the warehouse can complain for them."
            ),
        ),
    ),
)

#: Parts of what is said of the shop.
SHOP_WORDS: Final = (
    (
        N_("Lists of your own"),
        N_(
            "Open a card and put it on a list of your own, as many as you like: they stand above "
            "the cards wherever you log in, and Change the list names, fills and deletes one."
        ),
    ),
    (
        N_("Other words and ecolabels"),
        N_(
            "A word that no furniture has is taken for the one that was meant, and the "
            "page says so. Words that mean the same are written under Settings, Shop, and "
            "which ecolabels there are, and which are of type 1, under Ecolabels."
        ),
    ),
    (
        N_("With an adaptation"),
        N_(
            "Open a card and press Order with an adaptation: another cover, a shorter top, another "
            "height. The price a piece and the weeks it adds are shown before it is sent. The "
            "workshop gets a case with exactly that, you are told when it is done, and it is a "
            "part of the price. Once it has begun, only the warehouse can give it up."
        ),
    ),
)

REPAIRS: Final = Topic(
    "repairs",
    N_("Repairs"),
    (
        (
            N_("Own furniture repaired"),
            N_(
                "Say what is wrong with furniture of your own. The workshop answers with a price "
                "from its task types, or with another repairer's, and nothing is fetched before "
                "you agree. Above the limit an approver decides. It comes back on a delivery note "
                "and is charged then."
            ),
        ),
        (
            N_("In the workshop"),
            N_(
                "When the furniture is received, it gets its labels and a case with the tasks that "
                "were offered. It is never on sale; once it is ready, it waits to be picked."
            ),
        ),
        (
            N_("Take apart for parts"),
            N_(
                "On a piece's own page: write what of it is still good. The piece is gone, and "
                "its parts are in the shop under Spare parts with labels of their own. In the "
                "workshop, the spanner beside a task, or a scan, says which part it used: those "
                "of the same type come first. It leaves the stock, and no new one is counted."
            ),
        ),
        (
            N_("At a repairer"),
            N_(
                "Repairers and what is agreed with them stand under Settings. Send to a repairer "
                "on a case sends all its furniture, and the card says where it is; At a "
                "repairer shows what is out. Write when it is back, and then the invoice: its "
                "amount is what the task costs, shared over the pieces once. An owner pays what "
                "was agreed."
            ),
        ),
    ),
)

#: What has left the stock, or comes back to its owner.
OUT: Final = (RECEIPTS, COMPLAINTS, LOANS, REPAIRS)

RUNS: Final = Topic(
    "runs",
    N_("Runs"),
    (
        (
            N_("Plan a run"),
            N_(
                "A run is a day, a vehicle and a driver. What waits is put on it: an "
                "institution gets all its orders at once, pickups are fetched on the way, and "
                "what still stands with its giver is driven straight on to whoever ordered it. "
                "Drag a stop to where it is driven, or move it with Ctrl and the arrows."
            ),
        ),
        (
            N_("One stop a house"),
            N_(
                "What is brought to a house and fetched there is one stop. “Fetch at the end” "
                "comes back for what is fetched, when there is room."
            ),
        ),
        (
            N_("Scan a stop"),
            N_(
                "Each stop of the driver's sheet has a code. Scanned on any page it opens its run "
                "at that stop, with what is next: hand over what is picked, or open the pickup."
            ),
        ),
        (
            N_("How full the van is"),
            N_(
                "The bars show the moment when there is most on board. A piece without "
                "measures is not counted; how many those are is said beside them."
            ),
        ),
        (
            N_("What came of its orders"),
            N_(
                "The buttons below the stops count the run's orders, each of them whole: what "
                "came in the promised week, what was given up by whom, what is small, and "
                "trips saved. A button opens the orders that it counts."
            ),
        ),
    ),
)


MESSAGES: Final = Topic(
    "messages",
    N_("Messages"),
    (
        (
            N_("What you are told"),
            N_(
                "You get a message when something happens to what you ordered, wanted or "
                "reported, or when an order waits for you. The button below it opens what it "
                "is about. Where the municipality sends mail, it also comes to your address."
            ),
        ),
    ),
)

SETTLEMENT: Final = Topic(
    "settlement",
    N_("Settlement"),
    (
        (
            N_("From what waits to the books"),
            N_(
                "Make a settlement of what is confirmed by its receivers, or by time; somebody else"
                " releases it and saves the file for finance. Fees, repairs and other kinds of"
                " charges may have accounts of their own under Settings, Settlement."
            ),
        ),
    ),
)

#: Parts of what is said of the settings.
REGISTERS: Final = (
    (
        N_("Registers"),
        N_(
            "Institutions, places, users and roles, tasks and hour rates, each in a list."
            " What is in use is made inactive instead of deleted."
        ),
    ),
    (
        N_("Two institutions become one"),
        N_(
            "Open the one that ends and press Merge with another. What is open goes on with the "
            "one that stays: orders, wants, pickups, planned purchases and people. Delivered "
            "orders, loans and figures stay under the old name, where key figures and reports find "
            "them, and the people of the one that stays see and end them. What is not settled goes "
            "to its EAN number. It is shown before it is done, with what must be finished first."
        ),
    ),
)

#: A part of the topic of the program.
LEAVING: Final = (
    N_("When you leave the PC"),
    N_(
        "Lock the window in the menu under your name; where minutes are set, it locks by itself. "
        "What is half typed is there when you unlock it with password or badge. Another person "
        "can take over."
    ),
)

OF_NO_PAGE: Final = (
    Topic(
        "program",
        N_("The program"),
        (
            (
                N_("Undo"),
                N_(
                    "The message at the foot of the window offers to undo what you just did, and "
                    "so do the keys below. Older changes are undone in the history."
                ),
            ),
            LEAVING,
            (
                N_("By keyboard"),
                N_(
                    "Tab goes from field to field and shows a frame where you are. Return presses"
                    " a button as the space bar does. Esc goes back: out of a field, a dialog or "
                    "a page."
                ),
            ),
            (
                N_("Appearance"),
                N_(
                    "Light or dark, text size and language are chosen in the menu under your "
                    "name, and are yours alone."
                ),
            ),
        ),
    ),
    Topic(
        "scanner",
        N_("Scanner"),
        (
            (
                N_("Scan anywhere"),
                N_(
                    "The scanner works on every page without choosing a field first. A high tone "
                    "means that it was understood, a low one that it was not, and the search "
                    "field shows it in colour. A number can be typed in the search field instead."
                ),
            ),
        ),
    ),
    Topic(
        "login",
        N_("Log in"),
        (
            (
                N_("Name and password"),
                N_(
                    "An administrator gives you a user name and a first password, which you "
                    "replace at once. After several wrong tries you have to wait a little. A lost"
                    " password is replaced by an administrator."
                ),
            ),
        ),
    ),
    Topic(
        "begin",
        N_("The first start"),
        (
            (
                N_("Four ways to begin"),
                N_(
                    "Try with example data, where nothing is real. Start empty for your own "
                    "municipality. Open a database file that is there. Or connect to the common "
                    "database on a server, whose address you get from whoever runs it."
                ),
            ),
        ),
    ),
)

HOME: Final = Topic(
    "home",
    N_("Start"),
    (
        (
            N_("I need, and I want to be rid of"),
            N_(
                "Write what you need and search, or report what should go. Below stand your "
                "orders under way, what is held for your wants, what became of what you gave,"
                " and what waits for your answer. Each line opens what it names."
            ),
        ),
    ),
)

PURCHASES: Final = Topic(
    "purchases",
    N_("Before buying new"),
    (
        (
            N_("What is there already"),
            N_(
                "Write or paste what is about to be bought, a line each, with how many and "
                "what one costs. Each line shows alike pieces in the shop, at their givers "
                "and on their way, and beside them the price, the climate levy and the CO₂e "
                "of new, and what a year of use costs. From a line you go on to the shop or "
                "to a want."
            ),
        ),
        (
            N_("What becomes of each line"),
            N_(
                "Keep the plan, and say of each line what becomes of it: not needed after all, "
                "repaired, adapted, a spare part, borrowed, taken, wanted, or new. With fewer "
                "pieces the others wait for an answer of their own. What must be new says why. "
                "The answers are counted under the key figures; they are no part of what was "
                "saved."
            ),
        ),
    ),
)

DEMAND: Final = Topic(
    "demand",
    N_("Demand"),
    (
        (
            N_("What was not there"),
            N_(
                "Each line is something that people asked for and the shop did not have: how often "
                "it was searched for, how many wants wait for it or have expired, and in which "
                "week it was asked for last. A search counts once for each person who paused at "
                "it or pressed Return. Nobody's name is kept, and no search that may be one."
            ),
        ),
        (
            N_("Use it"),
            N_(
                "Choose a line and look for it in stock: perhaps it stands there and is not on "
                "sale yet. The list can be taken along as a spreadsheet. After three years a "
                "search is forgotten."
            ),
        ),
    ),
)

#: What is asked for before it is there.
ASKED: Final = (PURCHASES, DEMAND)
