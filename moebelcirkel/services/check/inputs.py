"""A figure line's inputs and figures made again, once for all lines that share them.

Alike pieces handed over together have the same inputs to the letter, so most lines of a check were
looked at before.
"""

import functools
from typing import Any

from moebelcirkel.domain import figures as rules
from moebelcirkel.domain.figures import CORRECTING, Figures, LineKind
from moebelcirkel.domain.figures.inputs import FigureInputs
from moebelcirkel.services.figures.lines import FEE_BACK, stored_figures
from moebelcirkel.services.figures.transport import driven_again
from moebelcirkel.storage.tables.figures import FigureLine

_MOST = 10_000
Stored = tuple[tuple[str, Any], ...]


def inputs_of(line: FigureLine) -> FigureInputs:
    """The inputs of a hand-over or late cost; ``TypeError`` or ``ValueError`` if they are none."""
    return _inputs(_stored(line))


def recomputed(line: FigureLine, corrected: FigureLine | None) -> Figures:
    """The line's figures computed again from its frozen inputs, or from the line it corrects."""
    if line.kind == LineKind.REVERSAL:
        assert corrected is not None
        return rules.reversal(stored_figures(corrected))
    if line.kind == LineKind.ADJUSTMENT:
        assert corrected is not None
        days, fee_kept = int(line.inputs["days_in_use"]), not line.inputs.get(FEE_BACK)
        return rules.returned(inputs_of(corrected), days, fee_kept=fee_kept)[0]
    if line.kind == LineKind.TRANSPORT:
        return driven_again(line.inputs, inputs_of(corrected) if corrected else None)
    if line.kind == LineKind.COMPLAINT:
        assert corrected is not None
        return rules.complained(inputs_of(corrected), line.inputs)
    return (
        _late_cost(_stored(line)) if line.kind == LineKind.LATE_COST else _hand_over(_stored(line))
    )


def is_broken(line: FigureLine, corrected: FigureLine | None) -> bool:
    """Whether a line's figures do not follow from what it rests on."""
    fetched = line.kind == LineKind.TRANSPORT and line.corrects_id is None
    if line.kind in CORRECTING and corrected is None and not fetched:
        return True
    try:
        again = recomputed(line, corrected)
    except (AttributeError, KeyError, TypeError, ValueError, ArithmeticError):
        # Inputs that were tampered with need not even be inputs any more.
        return True
    return again != stored_figures(line)


def _stored(line: FigureLine) -> Stored:
    return tuple(line.inputs.items())


@functools.lru_cache(_MOST)
def _inputs(stored: Stored) -> FigureInputs:
    return FigureInputs.from_dict(dict(stored))


@functools.lru_cache(_MOST)
def _hand_over(stored: Stored) -> Figures:
    return rules.hand_over(_inputs(stored))


@functools.lru_cache(_MOST)
def _late_cost(stored: Stored) -> Figures:
    return rules.late_cost(_inputs(stored))
