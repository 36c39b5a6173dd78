"""Intake: a batch of alike pieces becomes units with labels, on the shelf, on sale or at work."""

from moebelcirkel.services.intake.batches import (
    Batch,
    Destination,
    Part,
    Registered,
    batch,
    batches_today,
    givers,
    register,
    registered,
    undone,
    write_batch,
)
from moebelcirkel.services.pickups.receiving import ReportOrigin
from moebelcirkel.storage.queries.intake import (
    GiverRow,
    IntakeBatchDetail,
    IntakeBatchRow,
    PieceRow,
)
