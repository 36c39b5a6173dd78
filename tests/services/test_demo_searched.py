"""The example that search fields show is answered by the example data, in both languages."""

import re
import shutil
from pathlib import Path

import pytest

from moebelcirkel.domain.shop import Query
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.shop import finding
from moebelcirkel.storage.engine import Database
from moebelcirkel.ui.pages.shop.page import ShopPage
from tests import catalogues, templates
from tests.services.test_demo import MORNING


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "example.sqlite"
    return Path(shutil.copy(templates.in_file("example-usual"), path))


@pytest.mark.parametrize("code", ["en", "da"])
def test_what_a_search_field_gives_as_an_example_is_found(example: Path, code: str) -> None:
    hint = ShopPage.search_hint
    shown = hint if code == "en" else catalogues.danish()[hint][0]
    quoted = re.search("[“”](.+)”", shown)
    assert quoted is not None
    context = Context(Database(example), SYSTEM, clock=lambda: MORNING)
    cards = finding.search(context, Query(quoted[1])).cards
    context.database.close()
    assert cards
    assert min(card.available for card in cards) >= 12
