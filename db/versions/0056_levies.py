"""A hand-over keeps the climate levy that was avoided by it; lines of before had none."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

_LEVIED = sa.text("levy_ore IS NOT NULL")


def upgrade() -> None:
    """Create and change what this step needs."""
    op.add_column("figure_line", sa.Column("levy_ore", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_figure_line_levy",
        "figure_line",
        ["effective_on", "booked_at", "institution_id", "levy_ore"],
        sqlite_where=_LEVIED,
        postgresql_where=_LEVIED,
    )
