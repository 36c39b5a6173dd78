"""The register of ecolabels, filled at the next opening from what the settings said."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    op.create_table(
        "ecolabel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("also", sa.String(200), nullable=False),
        sa.Column("type_1", sa.Boolean(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ecolabel"),
        sa.UniqueConstraint("name", name="uq_ecolabel_name"),
        sqlite_autoincrement=True,
    )
