"""Two who rely on each other, at the same moment: one wins, or both do in a right order.

The second begins while the first has written all it will and has kept nothing yet. In the other
order too, and on both engines; nobody is told to try again later.
"""

import datetime as dt

import pytest

from moebelcirkel.domain.errors import Refused, Stale
from moebelcirkel.services import changes, check, deliveries, intake, orders, reports, stock
from moebelcirkel.services.context import Done
from moebelcirkel.services.deliveries import returns
from moebelcirkel.services.deliveries.returns import Returned
from moebelcirkel.services.units import values as unit_values
from tests import trade
from tests.services import beside
from tests.services.beside import Call
from tests.services.working_day import Copies, Day


def undo(change: str, who: str = "lager") -> Call:
    """Taking back one of the day's changes."""
    return Call(changes.undo, who, lambda day: (day[change],))


def returned(day: Day) -> tuple[list[Returned]]:
    """The pieces that are out, as they come back."""
    return ([Returned(trade.number(day.context, unit), "B") for unit in day["out"]],)


HAND_OVER = Call(deliveries.hand_over, "lager", named=lambda day: {"line_ids": day["picked"]})
HAND_OVER_NOTE = Call(deliveries.hand_over, "lager", named=lambda day: {"delivery_id": day["note"]})
TAKE_BACK = Call(returns.take_back, "lager", returned, lambda day: {"place_id": day.shelf})
SEND = Call(orders.send, "leader", lambda day: (day.school,))
PICK_SENT = Call(deliveries.pick, "lager", lambda day: (day["sent_lines"],))
SELL = Call(stock.put_on_sale, "lager", lambda day: (day["ready"],))
EDIT = Call(
    unit_values.save,
    "lager",
    lambda day: (day["edited"], unit_values.UnitValues(note="poleret"), day["edit_version"]),
)
PICK = Call(deliveries.pick, "lager", lambda day: (day["open"],))
CANCEL = Call(orders.cancel, "leader", lambda day: (day["order"],))

RECEIVE = Call(
    intake.register,
    "lager",
    lambda day: (
        intake.Batch(
            giver_id=day.home, article_id=day.chair, parts=(intake.Part("B", 2, "sale", day.shelf),)
        ),
    ),
)

#: Pairs of which only one can be done, and those of which both can.
ONE_WINS = {
    "a hand-over beside undo of its pick": (HAND_OVER, undo("pick")),
    "taking back beside undo of the hand-over": (TAKE_BACK, undo("hand_over")),
    "sending beside undo of the intake": (SEND, undo("intake")),
    "picking beside undo of sending": (PICK_SENT, undo("sent", "leader")),
    "a sale beside undo of finishing the case": (SELL, undo("finish", "bench")),
    "an edit beside undo of an edit": (EDIT, undo("edit")),
    "picking beside cancelling": (PICK, CANCEL),
    "two who hand over one note": (HAND_OVER_NOTE, HAND_OVER_NOTE),
    "two who undo one change": (undo("hand_over"), undo("hand_over")),
    "two who cancel one order": (CANCEL, CANCEL),
}
RECORD = Call(reports.record, "controller", lambda _: (dt.date(2026, 1, 1), dt.date(2026, 12, 31)))
BOTH = {
    "two who pick different pieces": (PICK, PICK_SENT),
    "two who receive": (RECEIVE, RECEIVE),
    "picking beside a hand-over": (PICK, HAND_OVER),
    "sending beside a sale": (SEND, SELL),
    "recording a report beside picking": (RECORD, PICK),
}


def whole(day: Day) -> None:
    """Nothing to find."""
    report = check.run(day.person("controller"))
    assert [check.text(finding) for finding in report.findings] == []


@pytest.mark.parametrize("turned", [False, True], ids=["", "turned"])
@pytest.mark.parametrize("pair", ONE_WINS)
def test_the_first_wins_and_the_second_is_told_why(days: Copies, pair: str, turned: bool) -> None:
    first, second = ONE_WINS[pair][::-1] if turned else ONE_WINS[pair]
    day = days()
    done, refused = beside.overlapping(day, first, second)
    assert isinstance(done, Done), done
    assert isinstance(refused, Refused)
    whole(day)


@pytest.mark.parametrize("turned", [False, True], ids=["", "turned"])
@pytest.mark.parametrize("pair", BOTH)
def test_both_are_done_one_after_the_other(days: Copies, pair: str, turned: bool) -> None:
    calls = BOTH[pair][::-1] if turned else BOTH[pair]
    day = days()
    answers = beside.overlapping(day, *calls)
    assert all(isinstance(answer, Done) for answer in answers), answers
    whole(day)
    beside.assert_one_after_the_other(days, day, calls, answers)


def test_a_hand_over_that_is_not_kept_yet_is_in_the_report_or_it_is_tried_again(
    days: Copies,
) -> None:
    handed, recorded = beside.overlapping(days(), HAND_OVER, RECORD)
    assert isinstance(handed, Done)
    assert isinstance(recorded, Stale)
    assert "very moment" in str(recorded)
    recorded, handed = beside.overlapping(days(), RECORD, HAND_OVER)
    assert isinstance(recorded, Done)
    assert isinstance(handed, Done)
