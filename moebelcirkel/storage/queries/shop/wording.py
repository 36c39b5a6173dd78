"""Words that somebody may have meant, in the shop, in wants and in planned purchases alike."""

from collections.abc import Iterable, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.shop import meant, read_synonyms, spoken, stems
from moebelcirkel.storage.queries.shop.register import is_known
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.work import load_parameter

#: Where a connection remembers what was meant by words that no type has, with its newest type.
_SEEN = "meant_words"


def alike(session: Session, words: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """What means the same: the municipality's words, and what was meant by one that no type has.

    ``words`` are folded. What was meant only adds to what a word finds, so that it does no harm to
    remember it until there is a new type.
    """
    same = dict(read_synonyms(str(load_parameter(session, "synonyms"))))
    for word, right in _meant(session, set(words)).items():
        for form in filter(None, (right,)):
            same[word] = (*same.get(word, ()), form, *stems(form))
    return same


def right(word: str, spoken: Iterable[str]) -> str | None:
    """The known word that was meant by this one, or by it as a plural; all are folded."""
    known = list(spoken)
    found = (meant(form, known) for form in (word, *stems(word)))
    return next(filter(None, found), None)


def _meant(session: Session, words: set[str]) -> dict[str, str | None]:
    newest = session.scalar(select(func.max(Article.id)))
    info = session.connection().info
    if info.get(_SEEN, (None, {}))[0] != newest:
        info[_SEEN] = (newest, {})
    seen: dict[str, str | None] = info[_SEEN][1]
    strange = [
        word for word in words - seen.keys() if len(word) > 1 and not is_known(session, word)
    ]
    seen.update(dict.fromkeys(words - seen.keys()))
    if strange:
        spoken = _spoken(session)
        seen.update({word: right(word, spoken) for word in strange})
    return {word: seen[word] for word in words}


def _spoken(session: Session) -> set[str]:
    """Every word that a type or a category is called by."""
    names = (*session.scalars(select(Article.name)), *session.scalars(select(Category.name_da)))
    return {folded for name in names for folded, _written in spoken(name)}
