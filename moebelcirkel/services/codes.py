"""What a scanned or typed code stands for: a piece by its label or by another code it carries."""

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.labels import parse_label
from moebelcirkel.storage.queries import places as place_queries
from moebelcirkel.storage.queries import units as unit_queries
from moebelcirkel.storage.work import Session, load_parameter


def unit_id(session: Session, code: str) -> int | None:
    """The piece with this label number, or with this code on it."""
    number = parse_label(code, str(load_parameter(session, "label_prefix")))
    found = unit_queries.id_by_number(session, number or code.strip().upper())
    if found is None:
        found = unit_queries.id_by_code(session, code.strip())
    return found


def need_unit_id(session: Session, code: str) -> int:
    """The same; an unknown code is refused with what to do about it."""
    found = unit_id(session, code)
    if found is None:
        in_use = place_queries.in_use(session, code)
        if in_use is not None:
            message = (
                N_("{code} is a place. Scan the label of a piece here.")
                if in_use
                else N_("The place {code} is not in use any more. Choose another one.")
            )
            raise Refused(message, code=code.strip().upper())
        raise Refused(
            N_("No piece carries the code {code}. Check the label, or type its number."),
            code=code.strip(),
        )
    return found
