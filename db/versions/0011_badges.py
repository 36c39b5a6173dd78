"""Badges by which somebody takes over at a shared PC."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    op.create_table(
        "user_badge",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("secret_digest", sa.String(length=64), nullable=False),
        sa.Column("pin_hash", sa.Text(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_user_badge_user_id")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_user_badge")),
        sa.UniqueConstraint("secret_digest", name=op.f("uq_user_badge_secret_digest")),
    )
