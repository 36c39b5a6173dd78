"""Every write that can be undone: its undoing meets the write it was paired with.

The undoing looks before it acts, and so must look where nobody writes any more: in both orders one
wins or both come one after the other, and nothing acknowledged is overwritten unseen.
"""

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.services import changes, check
from moebelcirkel.services.context import Done
from tests.services import beside
from tests.services.beside import Call
from tests.services.pairs import PAIRS
from tests.services.working_day import Copies, Day

_EITHER_WAY = [pair[::way] for pair in PAIRS for way in (1, -1)]
#: Each write once, with whoever it is last paired with. Undoing has pairs of its own, and no
#: password is undone.
BESIDE = {
    first.name: (first, second)
    for first, second in _EITHER_WAY
    if not first.name.startswith(("changes.", "start.login."))
}


@pytest.mark.parametrize("name", BESIDE)
def test_undoing_a_write_beside_one_that_relies_on_it(days: Copies, name: str) -> None:
    first, second = BESIDE[name]
    done: list[int] = []

    def begun() -> Day:
        day = days()
        answer = first(day)
        assert isinstance(answer, Done), answer
        done.append(answer.change_id or 0)
        return day

    undo = Call(changes.undo, first.who, lambda _day: (done[0],))
    for calls in ((undo, second), (second, undo)):
        day = begun()
        answers = beside.overlapping(day, *calls)
        report = check.run(day.person("controller"))
        assert [check.text(finding) for finding in report.findings] == []
        if all(isinstance(answer, Done | Refused) for answer in answers):
            beside.assert_one_after_the_other(begun, day, calls, answers)
    assert len(set(done)) == 1
