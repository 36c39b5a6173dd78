"""Making, correcting and ending a want, and what must hold when that is undone."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from moebelcirkel.domain import limits
from moebelcirkel.domain.answers import CHOICES, Answer
from moebelcirkel.domain.categories import guess_category
from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.facts import SHOP_FACTS, ShopFacts
from moebelcirkel.domain.fields import Fields, long_text, short_text, whole_number
from moebelcirkel.domain.prices import MAX_PRICE_ORE
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.shop import Query
from moebelcirkel.domain.wants import (
    MOST_DAYS,
    MOST_PIECES,
    TYPES,
    Wanted,
    WantState,
    read_within,
    want_number,
    words_of,
    write_within,
)
from moebelcirkel.services.articles.register import all_categories
from moebelcirkel.services.context import Done, Work, writes
from moebelcirkel.services.orders import approval as order_approval
from moebelcirkel.storage import shop_holds, undo, want_serving
from moebelcirkel.storage.kinds import Kind
from moebelcirkel.storage.queries import changes as change_queries
from moebelcirkel.storage.queries import orders as order_queries
from moebelcirkel.storage.queries import shop as shop_queries
from moebelcirkel.storage.queries import wants as want_queries
from moebelcirkel.storage.rows import like
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.storage.tables.shop import Hold
from moebelcirkel.storage.tables.wants import Want
from moebelcirkel.storage.work import Session, not_allowed


@dataclass(frozen=True, slots=True)
class WantForm(ShopFacts):
    """All that can be filled in about a want; ``condition`` is the worst that will do.

    ``ceiling_ore`` is the most that one piece may cost; none lets every price through. What is
    asked of single pieces counts where it is known of such: of the category that is chosen, of the
    type, or of what the words mean.
    """

    use_by: dt.date | None
    answer: Answer | None
    words: str = ""
    category_key: str | None = None
    article_id: int | None = None
    condition: str = Condition.C.value
    pieces: int = 1
    ceiling_ore: int | None = None
    within: str | None = None
    cost_bearer_id: int | None = None
    note: str = ""


def narrowed(session: Session, form: WantForm, within: Query) -> WantForm:
    """The same want, kept to the shop's filters; not to where and when pieces are.

    What its own fields cannot say is kept beside them.
    """
    single: dict[str, Any] = {
        column: fact.kept(*chosen)
        for column, fact in SHOP_FACTS.items()
        if len(chosen := getattr(within, column)) == 1
    }
    form = replace(
        form,
        condition=max(within.conditions, default=form.condition),
        ceiling_ore=within.max_price_ore if form.ceiling_ore is None else form.ceiling_ore,
        within=write_within(_beside(session, form, within)),
        **single,
    )
    if form.article_id is not None:
        return form
    if form.category_key is None and len(within.categories) == 1:
        form = replace(form, category_key=next(iter(within.categories)))
    words = f"{form.words} {within.in_words()}".strip()
    return replace(form, words=words) if len(words) <= limits.WANT_WORDS else form


def _beside(session: Session, form: WantForm, within: Query) -> dict[str, frozenset[str]]:
    """The filters of which one of several must be, by name."""
    found = {name: chosen for name in SHOP_FACTS if len(chosen := getattr(within, name)) > 1}
    # Up to the worst that will do, all are let through.
    worst = max(within.conditions, default="")
    if within.conditions != {each.value for each in Condition if each.value <= worst}:
        found["condition"] = within.conditions
    if form.article_id is None:
        found |= {"hands": within.hands, "category_key": _categories(session, within)}
        found |= {"ecolabel": _labels(session, within)}
        found[TYPES] = frozenset(map(str, within.types or ()))
    return found


def _categories(session: Session, within: Query) -> frozenset[str]:
    known = shop_queries.categories(session)
    keys = {row.key for row in known if row.group_key in within.groups} | within.categories
    return frozenset(keys if within.groups or len(keys) > 1 else ())


def _labels(session: Session, within: Query) -> frozenset[str]:
    """The ecolabels of which one will do; a single one is a word of the want."""
    if not within.type_1:
        return within.ecolabels if len(within.ecolabels) > 1 else frozenset()
    green = frozenset(name for name, yes in shop_queries.type_1_of(session).items() if yes)
    return within.ecolabels & green or green


@dataclass(frozen=True, slots=True)
class Wrote(Done):
    """The want that was written."""

    id: int
    number: str


@writes("want.create", Action.ORDER)
def create(work: Work, institution_id: int, form: WantForm) -> Wrote:
    """Say what an institution needs; what is free already is held for it at once."""
    row = make(work, institution_id, form)
    return Wrote(id=row.id, number=row.number)


def make(work: Work, institution_id: int, form: WantForm) -> Want:
    """A new want of the asker's."""
    work.require(Action.ORDER, institution_id)
    if work.actor_id is None:
        raise not_allowed()
    order_approval.orderer(work, institution_id)
    row = Want(institution_id=institution_id, asker_id=work.actor_id, created_at=work.now)
    _fill(work, row, form, ordered=0)
    row.number = want_number(work.next_number("want"))
    work.session.add(row)
    work.session.flush()
    return row


@writes("want.save", Action.ORDER)
def correct(work: Work, want_id: int, form: WantForm, version: int | None = None) -> Wrote:
    """Correct a want; what is held and no longer fits is let go."""
    row = _own(work, want_id, version)
    _fill(work, row, form, ordered=want_queries.ordered_of(work.session, row.id))
    work.refuse_unchanged()
    settle(work, row)
    return Wrote(id=row.id, number=row.number)


def reopen(work: Work, change: Change) -> None:
    """Undo of an ending by what it answered: what went to the next in line stays there."""
    answer = change_queries.answer(work.session, change.id, Wrote)
    row = None if answer is None else work.session.get(Want, answer.id)
    if row is None or row.state != WantState.ENDED:
        raise Refused(N_("It cannot be undone, because it has been changed since."))
    order_approval.orderer(work, row.institution_id)
    row.state = WantState.OPEN


@writes("want.end", Action.ORDER, Kind(own_rule=reopen))
def end(work: Work, want_id: int, version: int | None = None) -> Wrote:
    """End a want; what is held for it goes to the next in line."""
    row = _own(work, want_id, version)
    row.state = WantState.ENDED
    settle(work, row)
    return Wrote(id=row.id, number=row.number)


def _own(work: Work, want_id: int, version: int | None) -> Want:
    """An open want of one's own; those of others are changed by who may approve there."""
    row = work.get(Want, want_id, version)
    work.require(Action.ORDER, row.institution_id)
    if row.asker_id != work.actor_id:
        work.require(Action.APPROVE, row.institution_id)
    if row.state != WantState.OPEN:
        raise Refused(N_("{number} is ended already. Make a new one."), number=row.number)
    return row


def _fill(work: Work, row: Want, form: WantForm, *, ordered: int) -> None:
    """Check everything before the row is touched, so that all errors are said at once."""
    fields = Fields()
    values: dict[str, object] = {"ceiling_ore": form.ceiling_ore}
    category = _category(work, form)
    for column, fact in SHOP_FACTS.items():
        asked = category in fact.categories
        with fields.field(column):
            values[column] = fact.offered(getattr(form, column)) if asked else None
    with fields.field("within"):
        read_within(form.within)
        values["within"] = form.within
    with fields.field("words"):
        values["words"] = _words(form)
    for name, key in (("category_key", form.category_key), ("article_id", form.article_id)):
        with fields.field(name):
            values[name] = _known(work, key)
    with fields.field("condition"):
        values["condition"] = _one_of(form.condition, [grade.value for grade in Condition])
    with fields.field("pieces"):
        values["pieces"] = whole_number(form.pieces, 1, MOST_PIECES)
        _refuse_fewer(form.pieces, ordered)
    with fields.field("ceiling_ore"):
        if form.ceiling_ore is not None and not 0 <= form.ceiling_ore <= MAX_PRICE_ORE:
            raise Refused(N_("The price must be from 0 to 1 million kroner."))
    with fields.field("use_by"):
        values["use_by"] = _day(work, form.use_by)
    with fields.field("answer"):
        values["answer"] = _answer(form.answer)
    with fields.field("cost_bearer_id"):
        values["cost_bearer_id"] = _payer(work, row.institution_id, form.cost_bearer_id)
    with fields.field("note"):
        values["note"] = long_text(form.note, limits.NOTE)
    fields.finish()
    for name, value in values.items():
        setattr(row, name, value)


def _category(work: Work, form: WantForm) -> str | None:
    """The category of what is wanted: the chosen one, its type's, or what its words mean."""
    if form.category_key is not None:
        return form.category_key
    if form.article_id is None:
        return guess_category(form.words, all_categories(work.session))
    article = work.session.get(Article, form.article_id)
    return None if article is None else article.category_key


def _words(form: WantForm) -> str:
    words = short_text(form.words, limits.WANT_WORDS)
    nothing = not Wanted(words, form.condition).wish().asks
    if nothing and form.category_key is None and form.article_id is None:
        raise Refused(N_("Write what you need, or choose a category."))
    return words


def _known(work: Work, key: str | int | None) -> str | int | None:
    model = Article if isinstance(key, int) else Category
    row = None if key is None else work.session.get(model, key)
    if key is not None and (row is None or (isinstance(row, Article) and not row.active)):
        raise Refused(N_("Choose from the list."))
    return key


def _one_of(code: str, codes: Sequence[str]) -> str:
    if code not in codes:
        raise Refused(N_("Choose from the list."))
    return code


def _refuse_fewer(pieces: int, ordered: int) -> None:
    if pieces < ordered:
        raise Refused(
            N_("{count} are ordered already, so it cannot be fewer. End the want instead."),
            count=ordered,
        )


def _day(work: Work, day: dt.date | None) -> dt.date:
    if day is None:
        raise Refused(N_("Choose the last day on which you can use it."))
    if day < work.today:
        raise Refused(N_("The day is past. Choose today or later."))
    if day > work.today + dt.timedelta(days=MOST_DAYS):
        raise Refused(N_("The day is too far away. Choose one within two years."))
    return day


def _answer(answer: Answer | None) -> Answer:
    if answer not in CHOICES:
        raise Refused(N_("Choose one of the answers."))
    return answer


def _payer(work: Work, institution_id: int, cost_bearer_id: int | None) -> int | None:
    known = [row.id for row in order_queries.cost_bearers(work.session, institution_id)]
    if cost_bearer_id is None or cost_bearer_id in known:
        return cost_bearer_id
    raise Refused(N_("This account does not belong to the institution."))


# --- what is held -------------------------------------------------------------------------------


def settle(work: Work, row: Want) -> None:
    """Let go what is held elsewhere, no longer fits, is too much, or is for an ended want."""
    work.session.flush()
    holds = want_queries.holds_of(work.session, row.id)
    if not holds:
        return
    held = [hold.unit_id for hold in holds]
    kept: list[int] = []
    if row.state == WantState.OPEN:
        wanted = like(Wanted, row)
        offers = want_queries.offers_of(work.session, held)
        wish = wanted.wish(shop_queries.alike(work.session, words_of([wanted])))
        room = max(0, row.pieces - want_queries.ordered_of(work.session, row.id))
        basket = shop_holds.basket_id(work.session, row.institution_id)
        own = [hold.unit_id for hold in holds if hold.basket_id == basket]
        known = want_queries.known_as(work.session, own, wanted)
        kept = [each for each in own if each in known and wanted.fits(offers[each], wish)][:room]
    want_serving.let_go(work, row.id, set(held) - set(kept))


# --- undo ---------------------------------------------------------------------------------------


def _settle_wants(work: Work, events: Sequence[undo.Turned]) -> None:
    """What is held follows the want, whatever was undone of it."""
    unmade(work, work.rows(Want, [int(event.entity_id) for event in events]))


def unmade(work: Work, wants: Sequence[Want]) -> None:
    """What is held follows the want; one that was ordered for can be ended, but not unmade."""
    for row in wants:
        if row.state == WantState.VOID and want_queries.ordered_of(work.session, row.id):
            raise Refused(
                N_(
                    "It cannot be undone, because furniture has been ordered for {number}. End the "
                    "want instead."
                ),
                number=row.number,
            )
        settle(work, row)


def _settle_lines(work: Work, events: Sequence[undo.Turned]) -> None:
    """What is ordered again needs nothing held in its place."""
    lines = work.rows(OrderLine, [int(event.entity_id) for event in events])
    for row in work.rows(Want, {line.want_id for line in lines if line.want_id is not None}):
        settle(work, row)


def _forget_ended(work: Work, events: Sequence[undo.Turned]) -> None:
    """What comes back into a basket is for its want only while that is open and lacks it."""
    for event in events:
        hold = work.session.get(Hold, int(event.entity_id)) if event.after is None else None
        if hold is None or hold.want_id is None:
            continue
        ended = work.get(Want, hold.want_id).state != WantState.OPEN
        if ended or want_queries.has_too_many(work.session, hold.want_id, work.now):
            hold.want_id = None
            work.session.flush()


undo.AFTERWARDS[Want.__tablename__].append(_settle_wants)
undo.AFTERWARDS[OrderLine.__tablename__].append(_settle_lines)
undo.AFTERWARDS[Hold.__tablename__].append(_forget_ended)
