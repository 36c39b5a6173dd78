"""Types that nothing speaks of are deleted, one or thousands in one change."""

from collections.abc import Sequence

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Done, Work, writes
from moebelcirkel.storage.queries import article_lists as article_list_queries
from moebelcirkel.storage.tables.articles import Article

MOST_AT_ONCE = 10_000


class Deleted(Done):
    """The types are gone; undoing brings them back as they were."""


@writes("article.delete", Action.ARTICLE)
def delete(work: Work, article_ids: Sequence[int]) -> Deleted:
    """Delete types of which there never was a piece, a picture or a paper; all or none of them."""
    if len(article_ids) > MOST_AT_ONCE:
        raise Refused(N_("Delete at most {most} furniture types at once."), most=MOST_AT_ONCE)
    articles = work.rows(Article, article_ids)
    used = article_list_queries.used(work.session, [article.id for article in articles])
    for article in articles:
        if article.id in used:
            raise Refused(
                N_(
                    "{name} is in use: there is furniture of it, a picture or a paper that names"
                    " it. It cannot be deleted."
                ),
                name=article.name,
            )
        work.session.delete(article)
    work.session.flush()
    return Deleted()
