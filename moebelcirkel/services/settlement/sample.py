"""An example of the posting file with settings as they are typed."""

import datetime as dt
from collections.abc import Mapping

from moebelcirkel.documents.settlement.posting_file import FilePosting, posting_file
from moebelcirkel.domain import settlement as rules
from moebelcirkel.domain.parameters import Value
from moebelcirkel.domain.settlement import CREDIT, DEBIT, Profile

_DAY = dt.date(2026, 11, 20)
_PLACE, _EXCHANGE, _ORDER = "Søndervangskolen", "Møbelcirklen", "B-00041"


def sample(values: Mapping[str, Value]) -> str:
    """The first lines of a file, and of each kind that has accounts; refuses settings of none."""
    how = rules.profile_of(values)
    for each in ("", *(own.kind for own in how.kinds)):
        rules.check_text(how.of(each).text)
    shown = [
        _posting(how, voucher, kind, pays=pays)
        for voucher, kind in enumerate(("", *(each.kind for each in how.kinds)), 1)
        for pays in (True, False)
    ]
    data = posting_file(how, shown)
    return data.decode("cp1252" if how.windows else "utf-8-sig").rstrip()


def _posting(how: Profile, voucher: int, kind: str, *, pays: bool) -> FilePosting:
    own = how.of(kind)
    words = {"ordre": _ORDER, "institution": _PLACE, "møbelbørs": _EXCHANGE}
    return FilePosting(
        batch="A-2026-011",
        voucher=voucher,
        line=2 * voucher - pays,
        voucher_on=_DAY,
        posting_on=_DAY,
        period=_DAY.month,
        fiscal_year=_DAY.year,
        account=own.pays if pays else own.gets,
        bearer="4300" if pays else how.bearer_gets,
        ean="5799999000010" if pays else "",
        counterpart=_EXCHANGE if pays else _PLACE,
        side=DEBIT if pays else CREDIT,
        amount_ore=134_050,
        vat=how.vat_own,
        text=rules.text_of(how, words, kind),
        order=_ORDER,
        institution=_PLACE,
        approved_by="Marianne Fjord",
        reference=f"A-2026-011-{voucher}",
        cvr="99999985" if pays else "",
    )
