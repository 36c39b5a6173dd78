"""What stands on the papers of picking."""

from moebelcirkel.services import deliveries
from moebelcirkel.services.context import Context
from tests import world
from tests.documents import reading
from tests.services.delivering import picked


def test_the_list_of_a_receiver_with_all_picked_still_names_it(context: Context) -> None:
    town = world.build(context)
    picked(town, 2)
    text = reading.whole_text(deliveries.pick_list_pdf(town.person("lager"), town.school))
    assert "Alle modtagere" not in text
    assert "All receivers" not in text
    assert deliveries.pick_list(town.person("lager"), town.school)[0].institution in text
