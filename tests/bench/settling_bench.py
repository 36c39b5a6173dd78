"""A month of many charges settled, and the vouchers under it, on the large example."""

from moebelcirkel.services import parameters, settlement
from moebelcirkel.services.context import Context
from moebelcirkel.services.settlement import Made, SettlementScope
from tests.bench.services_bench import person
from tests.bench.table import Table, median, seconds
from tests.services import settling

_CHARGES = 20_000


def settled(table: Table, engine: str, written: Context) -> None:
    """What waits in the example, and so many charges more."""
    controller = written.as_actor(person(written, "oekonomi"))
    admin = written.as_actor(person(written, "admin"))
    parameters.save(admin, {"settlement_confirmed": False})
    settling.charged_again(written, _CHARGES)
    today, done = controller.today(), list[Made]()

    def make() -> None:
        done.append(settlement.make(controller, SettlementScope(today.replace(day=1), today)))

    table.most(f"{engine}: a settlement of {_CHARGES} charges made", seconds(make), 5.0)
    whole = median(lambda: settlement.vouchers_pdf(controller, done[0].id), 3)
    table.most(f"{engine}: its vouchers as PDF", whole, 10.0)
