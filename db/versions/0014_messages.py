"""Messages to people, and how it is with the mail of each."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_CAUSES = (
    "order_sent",
    "order_waits",
    "order_approved",
    "order_refused",
    "order_cancelled",
    "order_ready",
    "order_delivered",
    "order_reminder",
    "want_found",
    "want_ending",
    "pickup_accepted",
    "pickup_question",
    "pickup_planned",
    "pickup_refused",
    "pickup_home",
    "undone",
)
_WAITING = sa.text("mail = 'waiting'")


def upgrade() -> None:
    """Create and change what this step needs."""
    causes = ", ".join(f"'{cause}'" for cause in _CAUSES)
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("entity", sa.String(length=20), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=True),
        sa.Column("once", sa.String(length=80), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.Column("mail", sa.String(length=10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_by", sa.String(length=40), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.CheckConstraint(f"cause IN ({causes})", name=op.f("ck_message_cause")),
        sa.CheckConstraint(
            "mail IN ('kept', 'waiting', 'sent', 'failed', 'withdrawn')",
            name=op.f("ck_message_mail"),
        ),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_message_tries")),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["app_user.id"], name=op.f("fk_message_recipient_id")
        ),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_message_change_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("once", name=op.f("uq_message_once")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_message_recipient", "message", ["recipient_id", "id"])
    op.create_index(op.f("ix_message_change_id"), "message", ["change_id"])
    op.create_index(op.f("ix_message_created_at"), "message", ["created_at"])
    op.create_index(
        "ix_message_waiting",
        "message",
        ["next_at"],
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    )
