"""Pictures of what is complained of."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    op.create_table(
        "complaint_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_photo_complaint_id")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["photo_blob.sha256"], name=op.f("fk_complaint_photo_sha256")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_photo")),
        sqlite_autoincrement=True,
    )
    for column in ("complaint_id", "sha256"):
        op.create_index(op.f(f"ix_complaint_photo_{column}"), "complaint_photo", [column])
