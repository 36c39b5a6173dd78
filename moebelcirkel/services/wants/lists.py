"""Reading wants: the list within one's reach, one of them with what is held, and counts."""

from dataclasses import dataclass, replace

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.categories import ReferenceCategory
from moebelcirkel.domain.facts import SHOP_FACTS, ShopFacts
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.wants import (
    TYPES,
    Wanted,
    WantStanding,
    WantState,
    read_within,
    standing,
    words_of,
)
from moebelcirkel.language import _, current_language, ngettext
from moebelcirkel.services import pickups
from moebelcirkel.services.articles.register import all_categories
from moebelcirkel.services.context import Context
from moebelcirkel.services.pickups import Coming
from moebelcirkel.storage.queries import orders as order_queries
from moebelcirkel.storage.queries import shop as shop_search
from moebelcirkel.storage.queries import wants as want_queries
from moebelcirkel.storage.queries.orders import Payer
from moebelcirkel.storage.queries.wants import HeldPiece, WantRow
from moebelcirkel.storage.rows import like
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.institutions import CostBearer
from moebelcirkel.storage.tables.wants import Want
from moebelcirkel.storage.work import Session, gone

#: So many wants a list shows at most; an institution has some tens.
MOST = 500


@dataclass(frozen=True, slots=True)
class ListedWant(WantRow):
    """A want in a list, and how it stands today; ``until`` is when the first hold ends."""

    what: str
    standing: WantStanding


@dataclass(frozen=True, slots=True)
class WantDetail(ShopFacts):
    """Everything about one want, its form's values among it.

    ``dearer`` counts free pieces that would fit but for the ceiling. ``coming`` was reported and
    may fit when it has come. ``kept_to`` says the filters ``within``. ``orders`` are ids and
    numbers of what was ordered through it.
    """

    row: ListedWant
    institution_id: int
    words: str
    category_key: str | None
    article_id: int | None
    answer: Answer
    note: str
    cost_bearer_id: int | None
    payer: str
    held: tuple[HeldPiece, ...]
    orders: tuple[tuple[int, str], ...]
    dearer: int
    within: str | None
    kept_to: str
    coming: tuple[Coming, ...]
    may_change: bool


def listed(context: Context, *, text: str = "", open_only: bool = False) -> tuple[ListedWant, ...]:
    """Wants within reach, newest first."""
    context.require(Action.ORDER)
    now = context.now()
    with context.read() as session:
        found = want_queries.listed(
            session, now, context.reach(Action.ORDER), text=text, limit=MOST
        )
    rows = tuple(_row(row, context) for row in found)
    alive = (WantStanding.OPEN, WantStanding.FOUND)
    return tuple(row for row in rows if not open_only or row.standing in alive)


def found_count(context: Context) -> int:
    """Wants within reach that pieces are held for, for the badge in the rail."""
    if not context.allows(Action.ORDER):
        return 0
    with context.read() as session:
        return want_queries.found(session, context.now(), context.reach(Action.ORDER))


def detail(context: Context, want_id: int) -> WantDetail:
    """One want with what is held for it."""
    now = context.now()
    with context.read() as session:
        want = session.get(Want, want_id)
        if want is None or want.state == WantState.VOID:
            raise gone()
        context.require(Action.ORDER, want.institution_id)
        row = want_queries.one(session, now, want_id)
        if row is None:
            raise gone()
        return _detail(context, session, want, row)


def _detail(context: Context, session: Session, want: Want, row: WantRow) -> WantDetail:
    payer = session.get(CostBearer, want.cost_bearer_id) if want.cost_bearer_id else None
    own = want.asker_id == context.actor.user_id
    may = own or context.allows(Action.APPROVE, want.institution_id)
    return like(
        WantDetail,
        want,
        row=_row(row, context),
        payer=f"{payer.code} {payer.name}".strip() if payer else "",
        held=tuple(want_queries.held_pieces(session, context.now(), want.id)),
        orders=tuple(want_queries.orders_of(session, want.id)),
        kept_to=_kept_to(session, want.within),
        dearer=_dearer(context, session, want),
        coming=_coming(context, session, want),
        may_change=want.state == WantState.OPEN and may,
    )


def _dearer(context: Context, session: Session, want: Want) -> int:
    """Free pieces that would fit if the ceiling were higher."""
    if want.ceiling_ore is None or want.state != WantState.OPEN:
        return 0
    wanted = replace(like(Wanted, want), ceiling_ore=None)
    wish = wanted.wish(shop_search.alike(session, words_of([wanted])))
    dearer = [
        offer.unit_id
        for offer in want_queries.free(session, context.now(), None)
        if offer.price_ore > want.ceiling_ore and wanted.fits(offer, wish)
    ]
    return len(want_queries.known_as(session, dearer, wanted))


def _coming(context: Context, session: Session, want: Want) -> tuple[Coming, ...]:
    """Reported furniture that the asker may know of and that would fit."""
    if want.state != WantState.OPEN or not context.allows(Action.SHOP):
        return ()
    wanted = like(Wanted, want)
    wish = wanted.wish(shop_search.alike(session, words_of([wanted])))
    reported = pickups.coming(context, institution_id=want.institution_id)
    return tuple(each for each in reported if wanted.fits(pickups.as_offer(each), wish))


def _kept_to(session: Session, within: str | None) -> str:
    """The shop's filters that it keeps to, each with the values of which one will do."""
    english = current_language() == "en"
    names = {
        each.key: each.name_en if english else each.name_da for each in all_categories(session)
    }
    names |= {"1": _("One person"), "2": _("Two people")}
    said = []
    for name, values in read_within(within).items():
        if name in SHOP_FACTS:
            fact = SHOP_FACTS[name]
            chosen = [_(fact.label(fact.kept(key))) for key in sorted(values)]
            said.append(f"{_(fact.name)}: {' / '.join(chosen)}")
        elif name == TYPES:
            text = ngettext("{count} furniture type", "{count} furniture types", len(values))
            said.append(text.format(count=len(values)))
        else:
            said.append(" / ".join(sorted(names.get(key, key) for key in values)))
    return " · ".join(said)


def _row(row: WantRow, context: Context) -> ListedWant:
    return like(
        ListedWant,
        row,
        what=what(row),
        standing=standing(
            row.state, row.pieces, row.ordered, row.held, row.use_by, context.today()
        ),
    )


def what(row: WantRow) -> str:
    """What is wanted, in one line: the type, else the words, else the category."""
    category = row.category_en if current_language() == "en" else row.category_da
    known = (
        f"{_(fact.name)}: {_(fact.label(kept))}"
        for column, fact in SHOP_FACTS.items()
        if (kept := getattr(row, column)) is not None
    )
    called = (row.article,) if row.article else (row.words, category)
    return " · ".join(part for part in (*called, *known) if part)


@dataclass(frozen=True, slots=True)
class WantChoices:
    """What a want's form chooses from, and the category of its type where it is of one."""

    categories: tuple[ReferenceCategory, ...]
    payers: tuple[Payer, ...]
    of_type: str | None = None


def choices(context: Context, institution_id: int, article_id: int | None = None) -> WantChoices:
    """The categories, and the accounts of the institution."""
    context.require(Action.ORDER, institution_id)
    with context.read() as session:
        payers = order_queries.cost_bearers(session, institution_id)
        article = None if article_id is None else session.get(Article, article_id)
        of_type = None if article is None else article.category_key
        return WantChoices(tuple(all_categories(session)), tuple(payers), of_type)
