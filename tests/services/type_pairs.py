"""Pairs of writes about types that are corrected or merged, in the middle of a day."""

from moebelcirkel.services import articles, intake, photos
from moebelcirkel.services.articles import merging
from moebelcirkel.services.articles.values import ArticleValues
from tests.services import working_day
from tests.services.beside import Call
from tests.services.working_day import Day


def _into_desk(day: Day) -> tuple[int, list[int]]:
    return day["desk"], [day["bare"]]


def _received(day: Day, article_id: int) -> tuple[intake.Batch]:
    parts = (intake.Part("B", 2, "shelf", day.shelf),)
    return (intake.Batch(giver_id=day.home, article_id=article_id, parts=parts),)


def _longer(day: Day) -> tuple[ArticleValues, int, int]:
    return ArticleValues(name="Langbord", category_key="desk_fixed", key="B-1"), day["desk"], 1


TYPES: tuple[tuple[Call, Call], ...] = (
    (
        Call(articles.save, "lager", _longer),
        Call(intake.register, "lager", lambda day: _received(day, day["desk"])),
    ),
    (Call(merging.merge, "lager", _into_desk), Call(articles.save, "lager2", _longer)),
    (
        Call(merging.merge, "lager", _into_desk),
        Call(merging.merge, "lager2", lambda day: (day["bare"], [day["desk"]])),
    ),
    (
        Call(merging.merge, "lager", _into_desk),
        Call(intake.register, "lager2", lambda day: _received(day, day["bare"])),
    ),
    (
        Call(merging.merge, "lager", _into_desk),
        Call(
            photos.add,
            "lager2",
            lambda _: ([working_day.picture("ny")],),
            lambda day: {"article_id": day["bare"]},
        ),
    ),
)
