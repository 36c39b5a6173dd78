"""Vehicles, runs of the van, their stops, and what is delivered at each."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_AMOUNT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create and change what this step needs."""
    _vehicle()
    _run()
    _run_stop()
    _run_line()


def _vehicle() -> None:
    op.create_table(
        "vehicle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("volume_l", sa.Integer(), nullable=False),
        sa.Column("payload_kg", sa.Integer(), nullable=False),
        sa.Column("co2e_kg_per_km", sa.String(length=48), nullable=False),
        sa.Column("ore_per_km", _AMOUNT, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle")),
        sa.UniqueConstraint("name", name=op.f("uq_vehicle_name")),
        sqlite_autoincrement=True,
    )


def _run() -> None:
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("driven_on", sa.Date(), nullable=False),
        sa.Column("vehicle_id", sa.Integer(), nullable=False),
        sa.Column("driver", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("km", sa.String(length=48), nullable=True),
        sa.Column("ore_per_km", _AMOUNT, nullable=True),
        sa.Column("co2e_kg_per_km", sa.String(length=48), nullable=True),
        sa.Column("cost_ore", _AMOUNT, nullable=True),
        sa.Column("co2e_g", _AMOUNT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('planned', 'closed', 'void')", name=op.f("ck_run_state")),
        sa.CheckConstraint("(state = 'closed') = (km IS NOT NULL)", name=op.f("ck_run_closed")),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicle.id"], name=op.f("fk_run_vehicle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
        sa.UniqueConstraint("number", name=op.f("uq_run_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_run_driven_on", "run", ["driven_on"])
    op.create_index(op.f("ix_run_vehicle_id"), "run", ["vehicle_id"])


def _run_stop() -> None:
    op.create_table(
        "run_stop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("pickup_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(institution_id IS NULL) <> (pickup_id IS NULL)", name=op.f("ck_run_stop_what")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_run_stop_run_id")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_run_stop_institution_id")
        ),
        sa.ForeignKeyConstraint(["pickup_id"], ["pickup.id"], name=op.f("fk_run_stop_pickup_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_stop")),
        sa.UniqueConstraint("pickup_id", name=op.f("uq_run_stop_pickup_id")),
        sa.UniqueConstraint(
            "run_id", "institution_id", name=op.f("uq_run_stop_run_id_institution_id")
        ),
        sqlite_autoincrement=True,
    )
    for column in ("run_id", "institution_id"):
        op.create_index(op.f(f"ix_run_stop_{column}"), "run_stop", [column])


def _run_line() -> None:
    op.create_table(
        "run_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stop_id", sa.Integer(), nullable=False),
        sa.Column("order_line_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["stop_id"], ["run_stop.id"], name=op.f("fk_run_line_stop_id")),
        sa.ForeignKeyConstraint(
            ["order_line_id"], ["order_line.id"], name=op.f("fk_run_line_order_line_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_line")),
        sa.UniqueConstraint("order_line_id", name=op.f("uq_run_line_order_line_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_run_line_stop_id"), "run_line", ["stop_id"])
