"""What the help says, page by page, in the words of the screen; the window lists keys itself."""

from __future__ import annotations

from typing import Final

from moebelcirkel.language import N_
from moebelcirkel.ui.window.help_topic import (
    ASKED,
    HOME,
    MESSAGES,
    OF_NO_PAGE,
    OUT,
    REGISTERS,
    RUNS,
    SETTLEMENT,
    SHOP_WORDS,
    Topic,
)

#: The topics that belong to no page and so are for everybody.
GENERAL: Final = ("program", "scanner", "login", "begin")

TOPICS: Final = (
    Topic(
        "getting_started",
        N_("Getting started"),
        (
            (
                N_("From nothing to the first piece"),
                N_(
                    "Each line says what is done and what is missing, and its button leads there."
                    " The municipality, one place and somebody who may receive furniture are "
                    "enough to begin. The rest can be made along the way."
                ),
            ),
        ),
    ),
    HOME,
    Topic(
        "intake",
        N_("Intake"),
        (
            (
                N_("Receive a batch"),
                N_(
                    "Choose who hands in, write the furniture type, and take a known one or make "
                    "a new one. Write how many there are in each condition, choose the place, and"
                    " create them. Each piece gets its own number and label."
                ),
            ),
            (
                N_("Count in each condition"),
                N_(
                    "A is as new, B good, C has signs of use, D is worn. Type the number on the "
                    "card, or use plus and minus. The space bar chooses where these pieces go: to"
                    " the shelf, straight on sale, or to the workshop."
                ),
            ),
            (
                N_("Wrong or interrupted"),
                N_(
                    "The latest batch can be undone from the foot of the page, an earlier one "
                    "from the list of today. What you were filling in is kept on this PC, also "
                    "when the power goes."
                ),
            ),
        ),
    ),
    Topic(
        "pickups",
        N_("Pickups"),
        (
            (
                N_("Report, plan and fetch"),
                N_(
                    "A giver reports what should go, and follows it here. The warehouse asks, "
                    "accepts or turns it down, plans the day, and finishes it when the furniture "
                    "is received."
                ),
            ),
            (
                N_("On sale where it stands"),
                N_(
                    "What is put on sale at its giver has numbers and prices at once. The giver's "
                    "own department may have it first; whoever waits for it gets a hold and a "
                    "message, and what is ordered is driven straight there. When the rest comes, "
                    "say how many and in which condition: what did not come leaves the shop."
                ),
            ),
        ),
    ),
    Topic(
        "cases",
        N_("Workshop"),
        (
            (
                N_("The board"),
                N_(
                    "Each card is a case with one or more alike pieces. Drag it to the next "
                    "column, or move it with Ctrl and the arrow keys. Return opens it. Scanning a"
                    " label opens the case of that piece, or takes it in."
                ),
            ),
            (
                N_("Work on a case"),
                N_(
                    "Add a task, tick it off when it is done, and write minutes and parts. What "
                    "it costs, and whether the repair pays, is shown at once. Pieces that differ "
                    "are split into a case of their own."
                ),
            ),
            (
                N_("Finish"),
                N_(
                    "Make ready asks for the condition now and for the place. The cost of the "
                    "case goes to its pieces, to the øre. Cannot be repaired, or adapted, says "
                    "why to whoever ordered it."
                ),
            ),
        ),
    ),
    Topic(
        "stock",
        N_("Stock"),
        (
            (
                N_("Find"),
                N_(
                    "Write words in any order, a label number or a place. The filters at the side"
                    " count what each of them would leave. Several rows are chosen with Shift or "
                    "Ctrl."
                ),
            ),
            (
                N_("Act on many"),
                N_(
                    "Move, put on sale, correct price or condition, print labels, send to the "
                    "workshop or scrap: all rows chosen at once, and all of it can be undone."
                ),
            ),
        ),
    ),
    Topic(
        "units",
        N_("Furniture passport"),
        (
            (
                N_("One piece"),
                N_(
                    "Everything known of a piece: facts, pictures, its history, and how each "
                    "figure is worked out, with its sources. Scan its label, or open it from the "
                    "stock."
                ),
            ),
        ),
    ),
    Topic(
        "articles",
        N_("Furniture type"),
        (
            (
                N_("What alike pieces share"),
                N_(
                    "Name, maker, measures, weight and price of new belong to the type and hold "
                    "for all its pieces. A price of new with date and source counts as "
                    "documented; without one the usual price of the category is used, as an "
                    "estimate."
                ),
            ),
            (
                N_("Several that are one"),
                N_(
                    "Choose types of the same category in the list and merge them. What stays and "
                    "what changes is shown before. Furniture, orders, pictures and wants follow, "
                    "booked figures stay, and the old names and numbers find the one that stayed. "
                    "It can be undone while nothing has been built upon it."
                ),
            ),
        ),
    ),
    Topic(
        "deliveries",
        N_("Picking and delivery"),
        (
            (
                N_("Pick"),
                N_(
                    "Choose the receiver, and scan the pieces as you fetch them. Any alike piece "
                    "will do, unless the order says exactly this one. Return picks the chosen "
                    "rows."
                ),
            ),
            (
                N_("Hand over"),
                N_(
                    "Print the delivery notes, and hand over when the furniture is at its "
                    "receiver. Then what it saved is counted. Scanning a delivery note opens its "
                    "hand-over."
                ),
            ),
            (
                N_("Take back"),
                N_(
                    "Furniture that comes back is scanned, gets a condition and a place, and is "
                    "received once more."
                ),
            ),
        ),
    ),
    RUNS,
    Topic(
        "shop",
        N_("Find furniture"),
        (
            (
                N_("Search"),
                N_(
                    "Write what you need as you would say it: “12 chairs, height 80-82”. The "
                    "number asks for that many alike, the measures are taken into account, and "
                    "the filters at the side narrow it further, also by where it stands and, of "
                    "toys, by age, complete and cleaned."
                ),
            ),
            *SHOP_WORDS,
            (
                N_("Basket"),
                N_(
                    "What you take is reserved for your institution for a while. Choose who pays,"
                    " answer whether you would otherwise have bought new, and send. The basket "
                    "says whether somebody must approve it first, and whether it comes in time."
                ),
            ),
        ),
    ),
    *ASKED,
    Topic(
        "overview",
        N_("Overview"),
        (
            (
                N_("The figures"),
                N_(
                    "What reuse saved in the period, in kroner and CO₂e, beside the same period a"
                    " year before. The saving is an estimate: below each figure stands how much "
                    "of it is documented. Excel gets every line behind every total."
                ),
            ),
        ),
    ),
    Topic(
        "reports",
        N_("Reports"),
        (
            (
                N_("Draft and saved report"),
                N_(
                    "A new report is a draft until it is saved and printed. Then it has a number "
                    "and a seal, and prints the same for ever. What is booked later comes in the "
                    "next one, said beside the result."
                ),
            ),
        ),
    ),
    MESSAGES,
    Topic(
        "wants",
        N_("Wants"),
        (
            (
                N_("Say what you need"),
                N_(
                    "Write words as in the shop, or choose a category. What fits is held for you as"
                    " soon as it is free, for some days, and you order it by one click."
                ),
            ),
        ),
    ),
    *OUT,
    Topic(
        "orders",
        N_("Orders"),
        (
            (
                N_("How far it is"),
                N_(
                    "Each order shows what is approved, picked and delivered, and its history. "
                    "What is not picked yet can be cancelled, as a whole or single lines; the "
                    "furniture is then on sale again. The promised week was fixed when it was sent."
                ),
            ),
        ),
    ),
    Topic(
        "approvals",
        N_("To approve"),
        (
            (
                N_("Decide"),
                N_(
                    "Orders above a limit wait here. Approve, or refuse with a reason that the "
                    "sender reads. Nobody approves their own order above the limit. A decision "
                    "holds for the order that was shown when you pressed."
                ),
            ),
            (
                N_("Change it first, and deputies"),
                N_(
                    "Under Change you keep fewer of something, or let another account pay. Under "
                    "Deputies you choose who decides in your stead: in certain days, or always."
                ),
            ),
            (
                N_("Budget ceilings"),
                N_(
                    "What an institution may order for in a year, in all or of a group, is set "
                    "under Settings. What waits counts. Above it an approver decides."
                ),
            ),
        ),
    ),
    SETTLEMENT,
    Topic(
        "imports",
        N_("Import"),
        (
            (
                N_("A price list"),
                N_(
                    "Choose a CSV or Excel file, say what its columns and categories mean, and "
                    "see a dry run before anything is saved. Lines that cannot be read are listed"
                    " with the reason. An import can be undone while nothing uses what it made."
                ),
            ),
        ),
    ),
    Topic(
        "changes",
        N_("History"),
        (
            (
                N_("Who changed what"),
                N_(
                    "Every change with person and time, and what it did to each row. A change can"
                    " be undone while nothing later rests on it; the undo is itself a change."
                ),
            ),
        ),
    ),
    Topic(
        "settings",
        N_("Settings"),
        (
            *REGISTERS,
            (
                N_("Figures and factors"),
                N_(
                    "The price rule and how savings are worked out stand under their own parts. A"
                    " published factor set is not changed: copy it, correct the draft, and "
                    "publish that from a date."
                ),
            ),
            (
                N_("Copies"),
                N_(
                    "A checked copy is taken every day. Choose another drive for them; how old the"
                    " last one is stands at the bottom to the left. Putting one back keeps the "
                    "present file beside it."
                ),
            ),
        ),
    ),
    *OF_NO_PAGE,
)


def topic(word: str) -> Topic:
    """The topic of a page; of a page without one, that of the program."""
    known = {each.word: each for each in TOPICS}
    return known.get(word, known["program"])
