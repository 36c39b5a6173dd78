"""Workshop cases: pieces come in, tasks are done, pieces leave in a better condition."""

from moebelcirkel.services.cases.agreed import AgreedTask, open_agreed
from moebelcirkel.services.cases.giving_up import give_up
from moebelcirkel.services.cases.parts import take_part_out, usable, use_part
from moebelcirkel.services.cases.reading import (
    COLUMNS,
    Board,
    BoardCase,
    CaseDetail,
    Scanned,
    at_code,
    board,
    detail,
    waiting_count,
)
from moebelcirkel.services.cases.work import (
    CaseFinished,
    CaseSaved,
    add_task,
    finish,
    move,
    open_case,
    remove_task,
    send,
    set_note,
    set_task,
    split,
    workshop_place,
)
from moebelcirkel.storage.queries.cases import CasePiece, CaseTaskRow, NotDone
from moebelcirkel.storage.queries.repairs.used import UsablePart, UsedPart
