"""Use cases, a word each: check the role, open the unit of work, ask the domain, save.

A word is loaded when it is first asked for, so that ``services.orders.detail(…)`` costs no start.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from moebelcirkel.services import (
        articles,
        badges,
        cases,
        changes,
        check,
        codes,
        complaints,
        context,
        copies,
        deliveries,
        ecolabels,
        factors,
        figures,
        home,
        imports,
        institutions,
        intake,
        labels,
        loans,
        messages,
        orders,
        overview,
        parameters,
        persons,
        photos,
        pickups,
        places,
        purchases,
        receipts,
        repairers,
        repairs,
        reports,
        routines,
        runs,
        self_test,
        settlement,
        shop,
        start,
        stock,
        tasks,
        units,
        users,
        wants,
    )
else:
    from moebelcirkel.loading import module as _load

    def __getattr__(name):
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return _load(f"{__name__}.{name}")
        except ModuleNotFoundError as error:
            raise AttributeError(name) from error
