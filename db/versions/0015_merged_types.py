"""Types that were merged into another one know which."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    # As one statement, since SQLite takes a constraint only with its column.
    op.execute(
        "ALTER TABLE article ADD COLUMN merged_into_id INTEGER"
        " CONSTRAINT fk_article_merged_into_id REFERENCES article (id)"
    )
    op.create_index("ix_article_merged_into_id", "article", ["merged_into_id"])
