"""The role matrix against every service that writes: who lacks the right is refused at the door."""

import inspect
import subprocess
import sys

from moebelcirkel.domain.changes.kinds import CHANGE_KINDS
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.roles import MATRIX, Action, Grant, Role
from moebelcirkel.services.changes.kinds import declared
from moebelcirkel.services.context import Actor, Context
from moebelcirkel.services.institutions import InstitutionForm
from moebelcirkel.services.institutions import save as save_institution
from moebelcirkel.services.users import UserForm
from moebelcirkel.services.users import save as save_user
from moebelcirkel.storage import kinds, undo
from tests.services import writes
from tests.services.writes import Write

NO_RIGHT = "You do not have the right to do this"

#: Writes that need no right of the matrix, each with what guards it instead.
OPEN = {
    "changes.history.redo": "the right that the change itself needs",
    "changes.history.undo": "the right that the change itself needs",
    "shop.forgotten.put_back_forgotten": "the program itself",
    "start.clock.confirm": "nothing but the clock: anybody at the PC may say that it is right",
    "start.first_start.begin": "an empty database and the program itself",
    "start.login.change_own_password": "the old password, known",
    "start.login._replace_once": "the one-time password, known",
    "start.login._store_anew": "the password, known",
    "start.login.reset_password": "the program itself, on the machine",
    "start.setup.begin_as_first_version": "an empty database",
    "wants.serving.serve": "nothing but what is everybody's due: the first in line is served",
    "start.setup._bring": "what a newer program knows and the database lacks",
    "start.setup.load_reference": "an empty database, or one that lacks our newest factor set",
}


WRITES = sorted(writes.decorated())
GUARDED = [write for write in WRITES if write.action is not None]


def test_there_are_writes_to_test() -> None:
    assert len(GUARDED) > 15


def _people(context: Context) -> dict[Role, Context]:
    """A real user of each role. The rights are read from the database when it is written to, so
    these actors claim all of them.
    """
    school = save_institution(context, InstitutionForm("Skolen")).id
    everything = frozenset(Grant(role) for role in Role)
    people: dict[Role, Context] = {}
    for role in Role:
        form = UserForm(role.value, role.value, grants=frozenset({Grant(role, school)}))
        user_id = save_user(context, form).id
        people[role] = context.as_actor(Actor(user_id, role.value, everything))
    return people


def _refused(write: Write, someone: Context) -> bool:
    parameters = list(inspect.signature(inspect.unwrap(write.call)).parameters.values())[1:]
    named = {each.name: None for each in parameters if each.kind is each.KEYWORD_ONLY}
    try:
        write.call(someone, *[None] * (len(parameters) - len(named)), **named)
    except Refused as error:
        return str(error).startswith(NO_RIGHT)
    return False


def test_whoever_lacks_the_right_is_refused_before_anything_is_read(context: Context) -> None:
    people = _people(context)
    let_in = [
        f"{write.name} by {role}"
        for write in GUARDED
        for role, someone in people.items()
        if write.action not in MATRIX[role] and not _refused(write, someone)
    ]
    assert let_in == []


def test_writes_without_a_right_are_known_and_guarded_otherwise() -> None:
    without = {write.name for write in WRITES if write.action is None}
    plain = {name for name, is_open in writes.plain() if is_open}
    assert without | plain == set(OPEN)


def test_the_matrix_names_every_role_and_action_and_each_action_has_someone() -> None:
    assert set(MATRIX) == set(Role) == {role for role in Role if role.label}
    assert all(action.label for action in Action)
    assert {action for rights in MATRIX.values() for action in rights} == set(Action)


def test_undoing_a_change_needs_the_right_of_the_change() -> None:
    asked = {inspect.getclosurevars(w.call).nonlocals["kind"]: w.action for w in GUARDED}
    asked |= {"factor.bring": Action.FACTORS}
    imports = [kind for kind in declared() if kind.startswith("import.")]
    asked |= dict.fromkeys(imports, Action.IMPORT)
    undone = {name: kind for name, kind in declared().items() if not kind.stays and kind.right}
    own = {kind: action for kind, action in asked.items() if not declared()[kind].stays}
    assert {name: kind.right for name, kind in undone.items()} == own
    others = {name: kind.others for name, kind in undone.items() if kind.others != kind.right}
    assert others == {
        "article.save": Action.ARTICLE,  # which asks its writer field by field
        # The warehouse takes back what a receiver has confirmed by mistake.
        "delivery.confirm": Action.HAND_OVER,
        # A wrong hand-over can be taken back although somebody has said how it went.
        "order.feedback": Action.HAND_OVER,
        # What a person keeps in the shop is nobody else's: an administrator puts it right.
        **dict.fromkeys(
            ("own.delete", "own.mark", "own.save", "own.search", "own.take_over"), Action.USERS
        ),
        # Who undoes another one's list may what the rows of the list need.
        "import.institutions": Action.SETTINGS,
        "import.places": Action.SETTINGS,
        "import.users": Action.USERS,
    }


def test_every_kind_of_change_says_how_it_is_undone_or_why_not() -> None:
    assert set(declared()) == set(CHANGE_KINDS)
    stays = {name for name, kind in declared().items() if kind.stays}
    assert stays == {
        "badge.make",
        "badge.revoke",
        "clock.confirm",
        "copy.dump",
        "ecolabel.bring",
        "factor.categories",
        "person.anonymise",
        "person.retain",
        "photo.erase",
        "report.record",
        "settlement.compare",
        "settlement.withdraw",
        "setup",
        "shop.expire",
        "undo",
        "user.password",
        "user.rehash",
        "want.serve",
    }


FRESH = """
from moebelcirkel.services.changes import undoable
from moebelcirkel.storage import kinds, undo
assert undoable("unit.move")
print(sorted(kinds.KINDS), sorted(undo.OPPOSITES))
print(sorted((table, len(rules)) for table, rules in undo.AFTERWARDS.items()))
"""


def test_a_program_that_has_just_begun_knows_all_that_must_hold_after_an_undo() -> None:
    list(writes.modules())
    alone = subprocess.run(
        [sys.executable, "-c", FRESH], capture_output=True, text=True, check=True
    )
    rules = sorted((table, len(rules)) for table, rules in undo.AFTERWARDS.items())
    assert alone.stdout == f"{sorted(kinds.KINDS)} {sorted(undo.OPPOSITES)}\n{rules}\n"
