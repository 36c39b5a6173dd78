"""Factor sets: look at one with all its sources, copy it to a draft, edit the draft, release it."""

from moebelcirkel.services.factors.register import (
    FIGURES,
    Difference,
    FactorRow,
    SetRow,
    compare,
    copy,
    delete,
    factors,
    release,
    save,
    save_set,
    sets,
)
