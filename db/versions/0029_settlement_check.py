"""What extracts of the finance system had of batches that were settled."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    op.create_table(
        "settlement_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("matched", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("differing", sa.Integer(), nullable=False),
        sa.Column("foreign_lines", sa.Integer(), nullable=False),
        sa.Column("voucher", sa.String(length=40), nullable=False),
        sa.Column("headers", sa.String(length=64), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["settlement_batch.id"], name="fk_settlement_check_batch_id"
        ),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name="fk_settlement_check_change_id"),
        sa.PrimaryKeyConstraint("id", name="pk_settlement_check"),
    )
    op.create_index("ix_settlement_check_change_id", "settlement_check", ["change_id"])
    op.create_index("ix_settlement_check_batch_id", "settlement_check", ["batch_id"])
