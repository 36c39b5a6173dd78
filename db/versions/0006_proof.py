"""What proves the books: links between changes, digests, larger sums."""

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
