"""What is no furniture with a factor saves money and tells no CO2e, and toys have a group."""

import datetime as dt

from sqlalchemy import select

from moebelcirkel.domain.factors import WITHOUT_FACTOR
from moebelcirkel.domain.shop import Query
from moebelcirkel.services import articles, check, reports, shop
from moebelcirkel.services.articles.values import ArticleValues
from moebelcirkel.services.context import Work
from moebelcirkel.services.start import setup
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.factors import Category
from tests import trade
from tests.clock import Clock
from tests.documents import reading
from tests.services import shopping
from tests.services.reporting import TODAY, YEAR, at, controller, deliver, preview
from tests.world import World


def test_it_is_handed_over_for_kroner_and_no_co2(world: World, clock: Clock) -> None:
    admin = world.person("admin")
    values = ArticleValues(name="Bogvogn", category_key=WITHOUT_FACTOR, new_price_ore=200_000)
    article = articles.add(admin, values).id
    deliver(world, clock, dt.date(2026, 8, 10), article_id=article)
    trade.put_on_sale(world, 1, article_id=article)
    (card,) = shop.search(world.person("leader"), Query("bogvogn")).cards
    assert (card.new_price_ore, card.net_g, card.low_g) == (200_000, None, None)
    report = preview(world)
    (group,) = report.categories
    assert (group.name, group.totals.co2_known) == ("Andet inventar (uden faktor)", False)
    assert (group.totals.cash_ore, report.coverage.without_factor) == (190_000, 1)
    assert [(each.article, each.lines) for each in report.missing] == [("Bogvogn", 1)]
    paper = " ".join(reading.whole_text(reports.draft(controller(world), *YEAR).data).split())
    assert "uden faktor" in paper
    at(clock, TODAY)
    assert [check.text(each) for each in check.run(admin).findings] == []


def test_an_older_database_gets_the_category_and_toys_their_group(world: World) -> None:
    toys = shopping.article(world, "Byggeklodser", "toys_box")

    def as_before(work: Work) -> None:
        work.session.delete(work.session.get_one(Category, WITHOUT_FACTOR))
        box = work.session.get_one(Category, "toys_box")
        box.group_key, box.group_da, box.group_en = "school", "Skole og dagtilbud", "School"

    world.context.write("setup", None, as_before)
    for _start in range(2):
        setup.load_reference(world.context)
    with world.context.read() as session:
        found = session.get_one(Category, "toys_box")
        assert (found.group_key, found.group_da, found.group_en) == ("toys", "Legetøj", "Toys")
        assert session.get(Category, WITHOUT_FACTOR) is not None
        text = session.scalars(select(Article.search_text).where(Article.id == toys)).one()
    assert " legetoej " in text
    assert " skole " not in text
    assert [check.text(each) for each in check.run(world.person("admin")).findings] == []
