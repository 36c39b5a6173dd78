"""The year a piece was bought new: four digits, and not ahead."""

from moebelcirkel.domain.errors import N_, Refused

FIRST_YEAR = 1900


def year_bought(year: int, this_year: int) -> int:
    """Return the year, or say what is wrong with it."""
    if not FIRST_YEAR <= year <= 9999:
        raise Refused(N_("Write the year with four digits, e.g. 2016."))
    if year > this_year:
        raise Refused(N_("{year} lies ahead. Write the year the piece was bought new."), year=year)
    return year
