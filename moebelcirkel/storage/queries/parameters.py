"""What is asked about the municipality's settings."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from moebelcirkel.storage.tables.parameters import ParameterRow


def stored(session: Session) -> dict[str, object]:
    """Every setting that has been saved, as it is kept."""
    return {row.key: row.value for row in session.scalars(select(ParameterRow))}
