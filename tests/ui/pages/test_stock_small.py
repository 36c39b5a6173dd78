"""What Lager shows where there is little room, and large counts."""

from moebelcirkel.ui.pages.stock.page import StockPage
from moebelcirkel.ui.parts.piece_dialogs import pieces
from tests import trade
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.warehouse import ITEMS, settle
from tests.world import World


def test_a_refurbished_piece_shows_its_letter_whole(open_window: OpenWindow, town: World) -> None:
    trade.put_on_sale(town, 1, condition="A", refurbished=True)
    page = open_window("lager", ITEMS).page
    assert isinstance(page, StockPage)
    settle(page)
    (column,) = [each for each in page.model.columns if each.key == "condition"]
    row = page.model.row_at(0)
    assert row is not None
    assert column.chip is not None
    assert column.tip is not None
    chip = column.chip(row)
    assert chip is not None
    assert (chip.text, column.tip(row)) == ("A", "A · som ny · istandsat")
    assert column.text(row) == "A · istandsat", "as it is copied"


def test_many_pieces_are_written_with_a_thousands_point() -> None:
    assert pieces(2_536) == "2.536 møbler"
