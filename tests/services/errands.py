"""What people do beside the way of the furniture: corrections, prices, registers, settings, people.

Each act takes whose hands do it and the dice that choose among the rows that are there.
"""

import dataclasses
import datetime as dt
import random
import uuid

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import (
    articles,
    cases,
    changes,
    factors,
    imports,
    institutions,
    parameters,
    photos,
    places,
    reports,
    stock,
    tasks,
    users,
)
from moebelcirkel.services.articles.values import ArticleValues
from moebelcirkel.services.intake import corrections as intake_corrections
from moebelcirkel.services.start import login
from moebelcirkel.services.units.values import UnitValues
from moebelcirkel.services.units.values import save as save_piece
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.cases import Case, CaseTask, CaseUnit
from moebelcirkel.storage.tables.factors import FactorSet
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.photos import Photo
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.tasks import HourRate, TaskTypeRow
from moebelcirkel.storage.tables.users import User
from tests.services import working_day
from tests.services.hands import Hands

_MOST = 10_000
_FREE = "received", "ready", "listed"


def _n(dice: random.Random) -> int:
    return dice.randrange(_MOST)


# --- pieces --------------------------------------------------------------------------------------


def edit(hands: Hands, dice: random.Random) -> None:
    """A note on a piece that another may be writing on."""
    if unit := hands.unit(_n(dice), *_FREE):
        values = UnitValues(note=f"Set {_n(dice)}", codes=(f"X{dice.randrange(9)}",))
        hands.attempt(hands.hall, save_piece, unit.id, values, unit.version)


def move(hands: Hands, dice: random.Random) -> None:
    """A piece is put where another may be deleting the shelf."""
    place = hands.some(_n(dice), Place, Place.active.is_(True))
    if (unit := hands.unit(_n(dice), *_FREE, "ordered", "picked")) and place:
        hands.attempt(hands.hall, stock.move, [unit.id], place.id)


def price(hands: Hands, dice: random.Random) -> None:
    """A price of its own, or the rule's again."""
    if unit := hands.unit(_n(dice), *_FREE):
        own = dice.choice([None, 20_000, 45_000])
        hands.attempt(hands.hall, stock.set_price, [unit.id], own)


def grade(hands: Hands, dice: random.Random) -> None:
    """Another condition, better ones with a reason."""
    if unit := hands.unit(_n(dice), *_FREE):
        hands.attempt(hands.hall, stock.set_condition, [unit.id], dice.choice("ABCD"), "mistyped")


def correct(hands: Hands, dice: random.Random) -> None:
    """A piece was registered wrongly."""
    if unit := hands.unit(_n(dice), *_FREE, "workshop", "ordered"):
        article = dice.choice([None, hands.world.chair])
        right = intake_corrections.BatchCorrection(
            condition=dice.choice("ABCD"), article_id=article
        )
        hands.attempt(hands.hall, intake_corrections.correct, unit.id, right, unit.version)


def take_out(hands: Hands, dice: random.Random) -> None:
    """A piece was counted that was never there."""
    if unit := hands.unit(_n(dice), *_FREE, "workshop"):
        hands.attempt(hands.hall, intake_corrections.remove, unit.id)


def redo(hands: Hands, _dice: random.Random) -> None:
    """What was undone is done again."""
    if not hands.undone:
        return
    who, change_id = hands.undone.pop()
    hands.attempt(who, changes.redo, change_id)


# --- the workshop --------------------------------------------------------------------------------


def bench(hands: Hands, dice: random.Random) -> None:
    """A case is moved, noted, divided, or one of its tasks changed."""
    case = hands.some(_n(dice), Case, Case.state.in_(["assess", "working"]))
    if case is None:
        return
    who = hands.world.person("bench")
    task = hands.some(_n(dice), CaseTask, CaseTask.case_id == case.id)
    piece = hands.some(_n(dice), CaseUnit, CaseUnit.case_id == case.id)
    turn = dice.randrange(5)
    if turn == 0:
        hands.attempt(who, cases.move, case.id, dice.choice(["assess", "working"]), case.version)
    elif turn == 1:
        hands.attempt(who, cases.set_note, case.id, f"Note {_n(dice)}", None, case.version)
    elif turn == 2 and piece:
        hands.attempt(who, cases.split, case.id, [piece.unit_id])
    elif turn == 3 and task:
        hands.attempt(who, cases.remove_task, task.id)
    elif task:
        hands.attempt(who, cases.set_task, task.id, minutes=dice.randrange(90), done=True)


# --- registers -----------------------------------------------------------------------------------


def article(hands: Hands, dice: random.Random) -> None:
    """A new type of few numbers, or another name for one."""
    key = f"N-{dice.randrange(9)}"
    form = ArticleValues(name=f"Bord {dice.randrange(9)}", category_key="desk_fixed", key=key)
    if dice.random() < 0.5:
        hands.attempt(hands.hall, articles.add, form)
    elif row := hands.some(_n(dice), Article, Article.key.like("N-%")):
        hands.attempt(hands.hall, articles.save, form, row.id, row.version)


def picture(hands: Hands, dice: random.Random) -> None:
    """A picture of few, added to a type, or one taken away."""
    owner = hands.some(_n(dice), Article)
    if dice.random() < 0.6 and owner:
        new = [working_day.picture(str(dice.randrange(6)))]
        hands.attempt(hands.hall, photos.add, new, article_id=owner.id)
    elif row := hands.some(_n(dice), Photo):
        hands.attempt(hands.hall, photos.remove, row.id)


def price_list(hands: Hands, dice: random.Random) -> None:
    """A price list of few, that another may be reading in."""
    lines = "".join(f"K-{line};Bord {line};Skrivebord;{_n(dice)}\n" for line in range(5))
    source = imports.read(f"nummer;navn;kategori;pris\n{lines}".encode(), "liste.csv")
    admin = hands.world.person("admin")
    basis = imports.PriceBasis(price_date=dt.date(2026, 1, 1), price_source="Prisliste")
    choices = dataclasses.replace(imports.suggest(admin, source), basis=basis)
    hands.attempt(admin, imports.run, source, choices)


def place(hands: Hands, dice: random.Random) -> None:
    """A new place, a series of them that may be there already, or one less."""
    admin, number = hands.world.person("admin"), dice.randrange(30)
    turn = dice.randrange(3)
    if turn == 0:
        hands.attempt(admin, places.save, places.PlaceForm(f"8-{number:02d}-A"))
    elif turn == 1:
        hands.attempt(admin, places.create_series, f"Hal 8, Reol {number + 1}, hylde A–D")
    elif row := hands.some(number, Place, Place.code.like("8-%")):
        hands.attempt(admin, places.delete, row.id, row.version)


def institution(hands: Hands, dice: random.Random) -> None:
    """A new institution of few names, or one less."""
    admin, name = hands.world.person("admin"), f"Institution {dice.randrange(20)}"
    if dice.random() < 0.7:
        hands.attempt(admin, institutions.save, institutions.InstitutionForm(name))
    elif row := hands.some(_n(dice), Institution, Institution.name == name):
        hands.attempt(admin, institutions.delete, row.id, row.version)


def task_type(hands: Hands, dice: random.Random) -> None:
    """A new kind of task or rate of few names, or one less."""
    admin, name = hands.world.person("admin"), f"Opgave {dice.randrange(20)}"
    turn = dice.randrange(4)
    if turn == 0:
        hands.attempt(admin, tasks.save_task, tasks.TaskForm(name))
    elif turn == 1:
        hands.attempt(admin, tasks.save_rate, tasks.RateForm(name))
    elif turn == 2 and (
        kind := hands.some(_n(dice), TaskTypeRow, TaskTypeRow.name.like("Opgave%"))
    ):
        hands.attempt(admin, tasks.delete_task, kind.id, kind.version)
    elif rate := hands.some(_n(dice), HourRate, HourRate.name.like("Opgave%")):
        hands.attempt(admin, tasks.delete_rate, rate.id, rate.version)


def setting(hands: Hands, dice: random.Random) -> None:
    """A setting that another may have changed since it was shown."""
    admin = hands.world.person("admin")
    known = {"hold_minutes": admin.parameter("hold_minutes")}
    wanted = {"hold_minutes": dice.randint(10, 60)}
    hands.attempt(admin, parameters.save, wanted, known)


def factor_set(hands: Hands, dice: random.Random) -> None:
    """A set of factors is copied under one of few names, or a draft thrown away."""
    admin, row = hands.world.person("admin"), hands.some(_n(dice), FactorSet)
    if row and dice.random() < 0.5:
        day = dt.date(2030, 1, 1) + dt.timedelta(days=dice.randrange(9))
        hands.attempt(admin, factors.copy, row.id, f"2030.{dice.randrange(5)}", day)
    elif row:
        hands.attempt(admin, factors.delete, row.id, row.version)


def report(hands: Hands, _dice: random.Random) -> None:
    """A report of the year so far."""
    controller = hands.world.person("controller")
    today = controller.today()
    hands.attempt(controller, reports.record, today.replace(month=1, day=1), today)


# --- people --------------------------------------------------------------------------------------


def person(hands: Hands, dice: random.Random) -> None:
    """Somebody of few names is taken on, made inactive, or deleted."""
    admin, name = hands.world.person("admin"), f"storm{dice.randrange(6)}"
    roles = frozenset({Grant(dice.choice([Role.CONTROLLER, Role.WAREHOUSE]))})
    form = users.UserForm(name, name.title(), grants=roles, password=working_day.PASSWORD)
    row = hands.some(0, User, User.login == name)
    turn = dice.randrange(3)
    if row is None:
        hands.attempt(admin, users.save, form)
    elif turn == 0:
        hands.attempt(admin, users.delete, row.id, row.version)
    else:
        changed = dataclasses.replace(form, active=turn == 1, password="")
        hands.attempt(admin, users.save, changed, row.id, row.version)


def visitor(hands: Hands, dice: random.Random) -> None:
    """One of them logs in and works a little, as long as that is allowed."""
    try:
        name = f"storm{dice.randrange(6)}"
        actor = login.log_in(hands.world.context, name, working_day.PASSWORD)
    except Refused:
        hands.refused += 1
        return
    who = hands.world.context.as_actor(actor).with_request(uuid.uuid4().hex)
    if unit := hands.unit(_n(dice), *_FREE):
        hands.attempt(who, stock.move, [unit.id], hands.world.shelf)


ERRANDS = (
    edit,
    move,
    price,
    grade,
    correct,
    take_out,
    redo,
    bench,
    article,
    picture,
    price_list,
    place,
    institution,
    task_type,
    setting,
    factor_set,
    report,
    person,
    visitor,
)
