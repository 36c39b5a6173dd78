"""What reports add up lies in an index of its own, beside the long inputs of each line."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    op.drop_index("ix_figure_line_period", "figure_line")
    op.create_index(
        "ix_figure_line_period",
        "figure_line",
        [
            *("effective_on", "kind", "institution_id", "booked_at", "change_id", "corrects_id"),
            *("unit_id", "loop", "category_key", "factor_set_id", "own_epd", "documented"),
            *("count", "new_value_ore", "cash_ore", "lifetime_ore", "price_paid_ore"),
            *("net_g", "low_g", "high_g", "gross_g", "bound_low_g", "bound_high_g"),
            *("cash_d27_ore", "cash_d50_ore", "cash_d70_ore", "cash_d100_ore"),
            *("net_d27_g", "net_d50_g", "net_d70_g", "net_d100_g", "id"),
        ],
        unique=False,
    )
