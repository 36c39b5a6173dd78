"""Words that somebody may have meant, in the shop, in wants and in planned purchases alike."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.shop import meant, read_synonyms, spoken, stems
from moebelcirkel.domain.wants import Sought, sought, words_in
from moebelcirkel.storage.queries.shop.register import is_known
from moebelcirkel.storage.rows import Ready
from moebelcirkel.storage.session_rows import ask_before, asked_before
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.work import expect_parameters, load_parameter

#: Where a connection remembers what was meant by words that no type has, with its newest type.
_SEEN = "meant_words"
#: And what lines asked for, with its newest type and the municipality's words.
_ASKED = "lines_asked"
_NEWEST = Ready(select(func.max(Article.id)))


def alike(session: Session, words: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """What means the same: the municipality's words, and what was meant by one that no type has.

    ``words`` are folded. What was meant only adds to what a word finds, so that it does no harm to
    remember it until there is a new type.
    """
    return _with(str(load_parameter(session, "synonyms")), _meant(session, set(words)))


def _with(synonyms: str, meant: Mapping[str, str | None]) -> Mapping[str, tuple[str, ...]]:
    same = dict(read_synonyms(synonyms))
    for word, right in meant.items():
        for form in filter(None, (right,)):
            same[word] = (*same.get(word, ()), form, *stems(form))
    return same


def asked(session: Session, lines: Collection[str]) -> Mapping[str, Sought]:
    """What lines ask for, each as if it were searched for alone; read once while that stays so.

    The lines of all open wants are looked at after every change that makes a piece free.
    """
    synonyms, info = str(load_parameter(session, "synonyms")), session.connection().info
    now = (_newest(session), synonyms)
    if info.get(_ASKED, (None, {}))[0] != now:
        info[_ASKED] = (now, {})
    known: dict[str, Sought] = info[_ASKED][1]
    new = {line: words_in(line) for line in lines if line not in known}
    if new:
        right = _meant(session, {word for words in new.values() for word in words})
        for line, words in new.items():
            known[line] = sought(line, _with(synonyms, {word: right[word] for word in words}))
    return known


def _newest(session: Session) -> int | None:
    session.flush()
    ((newest,),) = asked_before(session, _NEWEST, {})
    known: int | None = newest
    return known


def expect_asked(session: Session) -> None:
    """Ask for what ``asked`` looks at together with what else is asked."""
    expect_parameters(session)
    ask_before(session, _NEWEST, {})


def right(word: str, spoken: Iterable[str]) -> str | None:
    """The known word that was meant by this one, or by it as a plural; all are folded."""
    known = list(spoken)
    found = (meant(form, known) for form in (word, *stems(word)))
    return next(filter(None, found), None)


def _meant(session: Session, words: set[str]) -> dict[str, str | None]:
    newest = _newest(session)
    info = session.connection().info
    if info.get(_SEEN, (None, {}))[0] != newest:
        info[_SEEN] = (newest, {})
    seen: dict[str, str | None] = info[_SEEN][1]
    strange = [
        word for word in words - seen.keys() if len(word) > 1 and not is_known(session, word)
    ]
    seen.update(dict.fromkeys(words - seen.keys()))
    if strange:
        known = _spoken(session)
        seen.update({word: right(word, known) for word in strange})
    return {word: seen[word] for word in words}


def _spoken(session: Session) -> Iterable[str]:
    """Every word that a type or a category is called by."""
    names = (*session.scalars(select(Article.name)), *session.scalars(select(Category.name_da)))
    return spoken(names)
