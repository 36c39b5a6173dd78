"""Articles (furniture types): suggest while typing, look at, create and correct."""

from moebelcirkel.services.articles.register import (
    ArticleDetail,
    ArticleHit,
    FigureSuggestion,
    add,
    all_categories,
    categories,
    colours,
    create,
    get,
    price_rule,
    save,
    suggest,
    suggestion,
)
from moebelcirkel.services.articles.removing import delete
