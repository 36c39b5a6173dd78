"""Pieces that are complained of ride on runs: fetched, and brought back repaired."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    op.add_column("complaint", sa.Column("fetch", sa.Boolean(), nullable=True))
    op.create_table(
        "run_errand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stop_id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("way IN ('fetch', 'bring')", name=op.f("ck_run_errand_way")),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_run_errand_complaint_id")
        ),
        sa.ForeignKeyConstraint(["stop_id"], ["run_stop.id"], name=op.f("fk_run_errand_stop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_errand")),
        sa.UniqueConstraint("complaint_id", "way", name=op.f("uq_run_errand_complaint_id_way")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_run_errand_stop_id"), "run_errand", ["stop_id"])
