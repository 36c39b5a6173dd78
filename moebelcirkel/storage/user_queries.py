"""What is asked about people outside the register of users."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from moebelcirkel.storage.institutions import Institution


def institution_name(session: Session, institution_id: int) -> str:
    """The name of one institution; empty when it is gone."""
    query = select(Institution.name).where(Institution.id == institution_id)
    return session.scalar(query) or ""
