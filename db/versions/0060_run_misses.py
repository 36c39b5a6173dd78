"""Why a stop of a run was not done; of older runs nothing is known."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

_WHY = "'nobody', 'no_way_in', 'not_ready', 'no_room', 'no_time', 'other'"


def upgrade() -> None:
    """Create and change what this step needs."""
    op.create_table(
        "run_miss",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("pickup_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("missed_why", sa.String(length=12), nullable=False),
        sa.Column("missed_text", sa.Text(), nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_run_miss_{column}"))
            for column, table in (("run_id", "run"), ("pickup_id", "pickup"))
        ),
        sa.CheckConstraint(f"missed_why IN ({_WHY})", name=op.f("ck_run_miss_missed_why")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_miss")),
        sqlite_autoincrement=True,
    )
    for column in ("run_id", "pickup_id"):
        op.create_index(op.f(f"ix_run_miss_{column}"), "run_miss", [column])
