"""What the finance system has booked, held against the postings that were sent to it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.named import NamedCode


class MatchOutcome(NamedCode):
    """What became of a posting that was sent, or where a line of the extract belongs."""

    MATCHED = "matched", N_("agrees")
    MISSING = "missing", N_("missing in the extract")
    DIFFERENT = "different", N_("different")
    FOREIGN = "foreign", N_("not ours")


DIFFERENCE_NAMES: dict[str, str] = {
    "amount_ore": N_("Amount"),
    "account": N_("Ledger account"),
    "bearer": N_("Cost bearer"),
}

#: A batch's number, and behind it the voucher's, as the file's references have them.
_REFERENCE = re.compile(r"\bA-(\d{4})-(\d{3,9})(?:-(\d{1,9}))?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SentPosting:
    """A posting of a released batch; signed øre, debit above 0."""

    batch_id: int
    batch: str
    voucher: int
    position: int
    account: str
    bearer: str
    amount_ore: int


@dataclass(frozen=True, slots=True)
class ExtractLine:
    """A line of the extract; ``None`` where it has no such column, and then nothing is compared.

    ``number`` is the finance system's own number of the voucher.
    """

    line: int
    reference: str
    voucher: int | None
    amount_ore: int
    account: str | None = None
    bearer: str | None = None
    number: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A posting with the line that is it; one of them is missing where nothing answers it."""

    outcome: MatchOutcome
    sent: SentPosting | None
    told: ExtractLine | None
    differs: tuple[str, ...] = ()


def plain_code(code: str) -> str:
    """An account or cost bearer as systems agree on it.

    Without the guard before it, without signs between, and without the zeros that a spreadsheet
    takes from the front of a number.
    """
    bare = "".join(filter(str.isalnum, code)).casefold()
    return bare.lstrip("0") if bare.isdigit() else bare


def reference_of(told: ExtractLine) -> tuple[str, int | None] | None:
    """The batch and voucher that a line names; nothing where it names no batch."""
    found = _REFERENCE.search(told.reference)
    if found is None:
        return None
    year, serial, voucher = found.groups()
    return f"A-{year}-{serial}", told.voucher if voucher is None else int(voucher)


def match(sent: Iterable[SentPosting], told: Sequence[ExtractLine]) -> list[Pair]:
    """Every posting and every line exactly once, in the order sent, then what is foreign."""
    by_voucher: dict[tuple[str, int], list[SentPosting]] = {}
    for each in sent:
        by_voucher.setdefault((each.batch, each.voucher), []).append(each)
    batches = {batch for batch, _voucher in by_voucher}
    lines: dict[tuple[str, int], list[ExtractLine]] = {}
    loose: dict[str, list[ExtractLine]] = {}
    foreign: list[ExtractLine] = []
    for line in told:
        batch, voucher = reference_of(line) or ("", None)
        if voucher is not None and (batch, voucher) in by_voucher:
            lines.setdefault((batch, voucher), []).append(line)
        elif voucher is None and batch in batches:
            loose.setdefault(batch, []).append(line)
        else:
            foreign.append(line)
    found: list[Pair] = []
    left: list[SentPosting] = []
    for key, postings in by_voucher.items():
        rest = _equal(postings, lines.get(key, []), found)
        left += _unequal(*rest, found, foreign)
    for batch in batches:
        rest = _equal([each for each in left if each.batch == batch], loose.get(batch, []), found)
        found += [Pair(MatchOutcome.MISSING, each, None) for each in rest[0]]
        foreign += rest[1]
    found.sort(key=lambda pair: _place(pair.sent))
    foreign.sort(key=lambda line: line.line)
    return found + [Pair(MatchOutcome.FOREIGN, None, line) for line in foreign]


def _place(sent: SentPosting | None) -> tuple[int, int]:
    assert sent is not None
    return sent.batch_id, sent.position


def _equal(
    postings: Sequence[SentPosting], lines: Sequence[ExtractLine], found: list[Pair]
) -> tuple[list[SentPosting], list[ExtractLine]]:
    """Pair what is alike in all that is compared; answers what is left of either."""
    if not lines:
        return list(postings), []
    told = lines[0]
    whole = told.account is not None, told.bearer is not None

    def key(each: SentPosting | ExtractLine) -> tuple[int, str, str]:
        account = plain_code(each.account or "") if whole[0] else ""
        return each.amount_ore, account, plain_code(each.bearer or "") if whole[1] else ""

    waiting: dict[tuple[int, str, str], list[ExtractLine]] = {}
    for line in reversed(lines):
        waiting.setdefault(key(line), []).append(line)
    left = []
    for each in postings:
        alike = waiting.get(key(each))
        if alike:
            found.append(Pair(MatchOutcome.MATCHED, each, alike.pop()))
        else:
            left.append(each)
    return left, sorted((line for some in waiting.values() for line in some), key=_line)


def _line(told: ExtractLine) -> int:
    return told.line


def _unequal(
    postings: list[SentPosting],
    lines: list[ExtractLine],
    found: list[Pair],
    foreign: list[ExtractLine],
) -> list[SentPosting]:
    """Pair what stands on the same voucher and is most alike; answers what nothing answers."""
    left = []
    for each in postings:
        if not lines:
            left.append(each)
            continue
        best = min(lines, key=lambda line: (_side(each, line), len(differences(each, line))))
        lines.remove(best)
        found.append(Pair(MatchOutcome.DIFFERENT, each, best, differences(each, best)))
    foreign += lines
    return left


def _side(sent: SentPosting, told: ExtractLine) -> bool:
    """Debit goes with debit first."""
    return (sent.amount_ore > 0) != (told.amount_ore > 0)


def differences(sent: SentPosting, told: ExtractLine) -> tuple[str, ...]:
    """What the finance system has otherwise than it was sent."""
    found = ["amount_ore"] if sent.amount_ore != told.amount_ore else []
    for name, ours, theirs in (
        ("account", sent.account, told.account),
        ("bearer", sent.bearer, told.bearer),
    ):
        if theirs is not None and plain_code(ours) != plain_code(theirs):
            found.append(name)
    return tuple(found)


def counted(pairs: Iterable[Pair]) -> dict[MatchOutcome, int]:
    """How many there are of each outcome."""
    found = dict.fromkeys(MatchOutcome, 0)
    for pair in pairs:
        found[pair.outcome] += 1
    return found


def numbers_of(pairs: Iterable[Pair], most: int) -> str:
    """The finance system's number, or the first and the last of several; empty where too long."""
    numbers = sorted({pair.told.number for pair in pairs if pair.told and pair.told.number})
    text = "–".join(dict.fromkeys((*numbers[:1], *numbers[-1:])))
    return text if len(text) <= most else ""
