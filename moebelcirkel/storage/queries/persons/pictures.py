"""Pictures that people sent in with reports and complaints, and where each of them hangs."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import String, func, literal, select, union_all
from sqlalchemy.orm import Session

from moebelcirkel.storage import rows
from moebelcirkel.storage.tables.complaints import Complaint, ComplaintPhoto
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.photos import PhotoBlob
from moebelcirkel.storage.tables.pickups import Pickup, PickupLine, PickupPhoto


@dataclass(frozen=True, slots=True)
class SentPicture:
    """A picture that is not erased; ``sender`` is an institution, or a firm by its name."""

    id: str
    entity: str
    number: str
    sender: str
    sha256: str
    at: dt.datetime


def sent(session: Session) -> list[SentPicture]:
    """All of them with every place where they hang, the newest first."""
    reported = (
        select(
            (literal("pickup ") + PickupPhoto.id.cast(String)).label("id"),
            literal(Pickup.__tablename__).label("entity"),
            Pickup.number.label("number"),
            func.coalesce(Institution.name, Pickup.firm).label("sender"),
            PickupPhoto.sha256.label("sha256"),
            Pickup.reported_at.label("at"),
        )
        .join(PickupLine, PickupLine.id == PickupPhoto.line_id)
        .join(Pickup, Pickup.id == PickupLine.pickup_id)
        .outerjoin(Institution, Institution.id == Pickup.institution_id)
    )
    complained = (
        select(
            (literal("complaint ") + ComplaintPhoto.id.cast(String)).label("id"),
            literal(Complaint.__tablename__).label("entity"),
            Complaint.number.label("number"),
            Institution.name.label("sender"),
            ComplaintPhoto.sha256.label("sha256"),
            Complaint.reported_at.label("at"),
        )
        .join(Complaint, Complaint.id == ComplaintPhoto.complaint_id)
        .join(Institution, Institution.id == Complaint.institution_id)
    )
    found = union_all(reported, complained).subquery()
    query = (
        select(found)
        .join(PhotoBlob, PhotoBlob.sha256 == found.c.sha256)
        .where(PhotoBlob.jpeg.is_not(None))
        .order_by(found.c.at.desc(), found.c.id)
    )
    return rows.fill(SentPicture, session, query)
