"""The proof that the books are whole: rows equal their events, figures equal their inputs."""

from moebelcirkel.services.check.whole import (
    PARTS,
    CheckReport,
    Part,
    figures_equal_inputs,
    run,
    text,
)
