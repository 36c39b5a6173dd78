"""More people and furniture for tests of the shop and of orders."""

from typing import Any

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.orders import Wishes
from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import orders, shop
from moebelcirkel.services.context import Actor, Context, Saved, Work
from moebelcirkel.services.shop import CardKey
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.users import User, UserRole
from tests import trade
from tests.world import World


def person(world: World, login: str, *grants: tuple[Role, int | None]) -> Context:
    """Someone new with these roles."""

    def fill(work: Work) -> Saved:
        user = User(login=login, name=login.capitalize(), created_at=work.now)
        work.session.add(user)
        work.session.flush()
        for role, institution_id in grants:
            work.session.add(
                UserRole(user_id=user.id, role=role.value, institution_id=institution_id)
            )
        return Saved(id=user.id)

    user_id = world.context.write("setup", None, fill).id
    held = frozenset(Grant(role, institution_id) for role, institution_id in grants)
    return world.context.as_actor(Actor(user_id, login.capitalize(), held, login))


def neighbour(world: World) -> Context:
    """The leader of the other institution."""
    return person(world, "naboleder", (Role.LEADER, world.home))


def article(world: World, name: str, category: str, **more: Any) -> int:
    """A new furniture type."""

    def fill(work: Work) -> Saved:
        row = Article(name=name, category_key=category, **more)
        work.session.add(row)
        work.session.flush()
        return Saved(id=row.id)

    return int(world.context.write("article.save", None, fill).id)


def limit(world: World, institution_id: int, limit_ore: int | None) -> None:
    """Give an institution its own limit."""

    def fill(work: Work) -> None:
        work.get(Institution, institution_id).limit_ore = limit_ore

    world.context.write("institution.save", None, fill)


def close(world: World, institution_id: int) -> int:
    """Close an institution behind the back of whoever is at work there."""

    def fill(work: Work) -> None:
        work.get(Institution, institution_id).active = False

    return int(world.context.write("institution.save", None, fill).change_id or 0)


def key(world: World, condition: str = "B", price_ore: int = trade.PRICE) -> CardKey:
    """The card of the chairs that ``trade.put_on_sale`` puts on sale."""
    return CardKey(world.chair, condition, price_ore)


def send(
    context: Context, institution_id: int, note: str = "", wishes: Wishes | None = None
) -> orders.OrderSent:
    """Send the basket; where its question is still open, with "don't know"."""
    if shop.basket(context, institution_id).answer is None:
        shop.set_answer(context, institution_id, Answer.UNKNOWN)
    return orders.send(context, institution_id, note, wishes or Wishes())


def rows_written(context: Context, *said: tuple[type[Any], int, dict[str, Any]]) -> int:
    """Rows changed as the services change them; answers the change."""

    def fill(work: Work) -> None:
        for model, key, values in said:
            row = work.get(model, key)
            for name, value in values.items():
                setattr(row, name, value)

    change_id = context.write("unit.save", None, fill).change_id
    assert change_id is not None
    return change_id
