"""Outside repairers: the register, what is agreed, and what is sent to them."""

from moebelcirkel.services.repairers.errands import bring_back, invoice, send
from moebelcirkel.services.repairers.register import (
    RepairerChoice,
    RepairerForm,
    RepairerRow,
    choices,
    delete,
    repairers,
    save,
    task_types,
)
from moebelcirkel.storage.queries.repairers import ErrandRow
