"""What a leader waits for, on the large example: Start, a plan, a large basket, what is wanted."""

import datetime as dt
from itertools import cycle, islice

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.shop import Query
from moebelcirkel.services import home, intake, orders, places, purchases, shop, stock, wants
from moebelcirkel.services.articles.values import ArticleValues
from moebelcirkel.services.context import Context
from tests.bench.services_bench import person
from tests.bench.table import Table, median, seconds

_LINES, _PIECES, _WANTS, _CAME = 100, 100, 1_000, 200
_THINGS = ("kontorstole", "hæve-sænkeborde", "reoler", "lænestole", "opslagstavler")
#: What nobody has; the first of them comes.
_LACKING = ("søjlebænk", "krukkestativ", "foldevæg", "avishylde", "garderobebro")


def read(table: Table, engine: str, context: Context) -> None:
    """Start, and a planned purchase of so many lines."""
    leader = context.as_actor(person(context, "leder"))
    table.most(f"{engine}: what Start shows", median(lambda: home.home(leader), 5), 0.3)
    plan = "\n".join(
        f"{count} {thing}" for count, thing in zip(range(1, _LINES + 1), cycle(_THINGS))
    )
    looked = median(lambda: purchases.look(leader, plan), 3)
    table.most(f"{engine}: a planned purchase of {_LINES} lines", looked, 1.0)


def write(table: Table, engine: str, context: Context) -> None:
    """A basket of so many pieces sent; so many wants, and pieces that come for some of them."""
    leader, lager = (context.as_actor(person(context, name)) for name in ("leder", "lager"))
    place = shop.institutions(leader)[0].id
    cards = shop.search(leader, Query(text="kontorstol")).cards
    left = _PIECES
    for card in cards:
        left -= shop.hold(leader, place, card.key, left).taken if left else 0
    shop.set_answer(leader, place, Answer.YES)
    sent = seconds(lambda: orders.send(leader, place))
    table.most(f"{engine}: an order of {_PIECES - left} pieces sent", sent, 0.3)
    until = leader.today() + dt.timedelta(days=60)
    for thing in islice(cycle(_LACKING), _WANTS):
        wants.create(leader, place, wants.WantForm(until, Answer.YES, words=thing))
    batch = intake.Batch(
        parts=[intake.Part("B", _CAME, "shelf", places.choices(lager)[0].id)],
        giver_id=intake.givers(lager)[0].id,
        new_article=ArticleValues(name=_LACKING[0].capitalize(), category_key="pouf"),
    )
    came = intake.register(lager, batch)
    served = seconds(lambda: stock.put_on_sale(lager, came.unit_ids))
    table.most(
        f"{engine}: {_CAME} pieces on sale that some of {_WANTS} wants wait for", served, 1.0
    )
