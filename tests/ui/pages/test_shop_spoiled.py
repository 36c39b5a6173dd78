"""What was changed past the program is named above the shop, and the rest is shown."""

from moebelcirkel.storage import remembered
from tests.services.tampering import loosely
from tests.ui.pages.customer import Customer
from tests.world import World


def test_what_was_changed_past_the_program_is_told_of_beside_the_rest(
    customer: Customer, stocked: World
) -> None:
    before = customer.titles()
    loosely(stocked, "UPDATE unit SET condition = 'Z' WHERE id = 1")
    remembered._MEMORIES.clear()
    customer.page.reload()
    customer.settle()
    assert customer.titles() == before
    told = customer.window.messages.notice.text()
    assert "Møbel MC-000001-3: det, der står i Stand, kan ikke bruges." in told
