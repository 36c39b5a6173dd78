"""Who lives in the example municipality: institutions, their people, and the places of the hall."""

from dataclasses import dataclass, replace

from moebelcirkel.demo.logins import ADMIN, LOGINS, PASSWORD
from moebelcirkel.demo.stage import DemoStage, rows
from moebelcirkel.domain.identifiers import ean_check_digit
from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import institutions, parameters, places, tasks, users
from moebelcirkel.services.context import Context, Done, Work
from moebelcirkel.services.start import first_start, passwords
from moebelcirkel.storage.tables.parameters import ParameterRow

MUNICIPALITY = "Eksempel Kommune"
#: A number that passes the check, of no enterprise we know of.
CVR = "99999985"
MAIL = "eksempelkommune.example"

#: Warehouse colleagues who do most of the work, without a password of their own.
COLLEAGUES = {"lager2": Role.WAREHOUSE, "vaerksted2": Role.WORKSHOP}

#: The van comes on Tuesdays and Thursdays, to every second institution each.
DRIVING_DAYS = (2, 4)
#: Weeks in which nobody is at a school.
_HOLIDAYS = "7, 28-31, 42, 52"
#: How the example's finance system is posted to; made up, as all of it.
ACCOUNTS = {
    "settlement_account_pays": "22901010",
    "settlement_account_gets": "97001010",
    "settlement_bearer_gets": "XG-4300001221-00140",
    "settlement_kinds": "gebyr = 22901020; 97001020; Gebyr {ordre}{måned} {institution}",
}


@dataclass(frozen=True, slots=True)
class Customer:
    """An institution as the story needs it: who orders, leads and approves there."""

    id: int
    kind: str
    weight: int
    leader: str
    employee: str
    approver: str


@dataclass(frozen=True, slots=True)
class Hall:
    """Where furniture stands."""

    shelves: tuple[int, ...]
    floor: int
    workshop: int


@dataclass
class _Names:
    """Made-up names, each used once; the hundreds do not run out."""

    first: list[str]
    last: list[str]
    used: int = 0

    def next(self) -> str:
        """The next name: first and last names shifted against each other."""
        turn, place = divmod(self.used, len(self.first))
        self.used += 1
        return f"{self.first[place]} {self.last[(place * 7 + turn * 11 + 3) % len(self.last)]}"


@passwords.known_to_all()
def settle(stage: DemoStage) -> tuple[list[Customer], Hall]:
    """The first administrator, then everybody and everything else in the registers."""
    admin = first_start.FirstStart(
        municipality=MUNICIPALITY,
        cvr=CVR,
        name="Grethe Mosegaard",
        login=ADMIN,
        password=PASSWORD,
        email=f"{ADMIN}@{MAIL}",
    )
    made = stage.act("", first_start.begin, admin)
    stage.engage(ADMIN, made.id, admin.name, [Grant(Role.ADMINISTRATOR)])
    stage.act("", _mark_as_example)
    said = {
        "warehouse_address": "Genbrugsvej 4, Eksempel By",
        "delivery_words": "Vi kører ud tirsdag og torsdag.",
        "world_goals": "8, 11, 12, 13",
        "levy_categories": "; ".join(
            f"{name} {year} = {rate}"
            for year, rate in ((2025, "1.140"), (2026, "1.210"))
            for name in ("Kontorstole", "Skrivebord", "Hæve-sænkebord")
        ),
    }
    stage.act(ADMIN, parameters.save, said)
    hall = _build_hall(stage)
    customers = _engage_all(stage, _found(stage))
    stage.act(ADMIN, parameters.save, dict(ACCOUNTS))
    stage.act("oekonomi", tasks.confirm_rates)
    return customers, hall


def _mark_as_example(context: Context) -> Done:
    """Say that all in this database is made up; nobody can set this in the settings."""

    def body(work: Work) -> None:
        work.session.add(ParameterRow(key="demo", value=True))

    return context.write("setup", None, body)


def _build_hall(stage: DemoStage) -> Hall:
    shelves = []
    for number, racks in ((1, 8), (2, 20)):
        typed = f"Hal {number}, Reol 1–{racks}, hylde A–D"
        stage.act(ADMIN, places.create_series, typed, "shelf")
    found = places.choices(stage.context(ADMIN))
    shelves = [place.id for place in found if place.kind == "shelf"]
    others = (
        ("H1-GULV", "Hal 1 · Gulv", "floor"),
        ("V-1", "Værksted", "workshop"),
        *((f"VOGN-{number}", f"Vogn {number}", "trolley") for number in range(1, 7)),
    )
    ids = [
        stage.act(ADMIN, places.save, places.PlaceForm(code, name, kind)).id
        for code, name, kind in others
    ]
    return Hall(tuple(shelves), ids[0], ids[1])


def _found(stage: DemoStage) -> list[tuple[int, dict[str, str]]]:
    """Every institution with its account; answers with their ids."""
    made = []
    for number, row in enumerate(rows("institutions"), 1):
        digits = f"579999900{number:03d}"
        bearers = [institutions.CostBearerForm(f"{4300 + number}", "Inventar")]
        if number % 4 == 1:
            bearers.append(institutions.CostBearerForm(f"XG-43000{number:05d}-00140", "Projekt"))
        form = institutions.InstitutionForm(
            name=row["name"],
            department=row["department"],
            kind=row["kind"],
            address=f"{row['department'].split()[0]}vej {number}",
            cvr=CVR,
            ean=digits + ean_check_digit(digits),
            limit_ore=int(row["limit_kr"]) * 100,
            weekday=DRIVING_DAYS[(number - 1) % 2],
            bearers=tuple(bearers),
            contact="Pedel" if number % 2 else "Kontoret",
            phone=f"12 34 56 {number % 100:02d}",
        )
        made.append((stage.act(ADMIN, institutions.save, form).id, row))
    return made


def close_for_holidays(stage: DemoStage) -> None:
    """Schools take no deliveries in their holidays, from today on."""
    admin = stage.context(ADMIN)
    for each in institutions.choices(admin):
        found = institutions.get(admin, each.id)
        if found is not None and found.form.kind == "Skole":
            form = replace(found.form, closed_weeks=_HOLIDAYS)
            stage.act(ADMIN, institutions.save, form, found.id, found.version)


def _engage_all(stage: DemoStage, found: list[tuple[int, dict[str, str]]]) -> list[Customer]:
    lists = rows("names")
    names = _Names([row["first"] for row in lists], [row["last"] for row in lists])
    home = found[0][0]
    for login, (name, role) in LOGINS.items():
        tied = role in (Role.LEADER, Role.EMPLOYEE)
        grants = [Grant(role, home if tied else None)]
        if role is Role.APPROVER:
            department = found[0][1]["department"]
            grants = [Grant(role, key) for key, row in found if row["department"] == department]
        _hire(stage, login, name, grants, PASSWORD)
    for login, role in COLLEAGUES.items():
        _hire(stage, login, names.next(), [Grant(role)])
    approvers = {found[0][1]["department"]: "godkender"}
    for department in dict.fromkeys(row["department"] for _key, row in found):
        if department not in approvers:
            approvers[department] = login = f"godkender{len(approvers) + 1}"
            theirs = [key for key, row in found if row["department"] == department]
            _hire(stage, login, names.next(), [Grant(Role.APPROVER, key) for key in theirs])
    return [
        _customer(stage, names, number, key, row, approvers[row["department"]])
        for number, (key, row) in enumerate(found, 1)
    ]


def _customer(
    stage: DemoStage, names: _Names, number: int, key: int, row: dict[str, str], approver: str
) -> Customer:
    leader, employee = "leder", "medarbejder"
    if number > 1:
        leader, employee = f"leder{number}", f"medarbejder{number}"
        _hire(stage, leader, names.next(), [Grant(Role.LEADER, key)])
        _hire(stage, employee, names.next(), [Grant(Role.EMPLOYEE, key)])
    return Customer(key, row["kind"], int(row["weight"]), leader, employee, approver)


def _hire(stage: DemoStage, login: str, name: str, grants: list[Grant], password: str = "") -> None:
    form = users.UserForm(
        login=login, name=name, email=f"{login}@{MAIL}", grants=frozenset(grants), password=password
    )
    stage.engage(login, stage.act(ADMIN, users.save, form).id, name, grants)
