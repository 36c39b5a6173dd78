"""Møbelpas: the life of one chair in words, its figures before and after, and its paper."""

import io

import pypdfium2
import pytest
from PIL import Image

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.language import refusal
from moebelcirkel.services import cases, changes, deliveries, intake, photos, stock, tasks, units
from moebelcirkel.services.deliveries import Returned
from moebelcirkel.services.intake import Batch, Part
from moebelcirkel.services.units import Passport
from tests import trade
from tests.clock import Clock
from tests.world import World


def received(world: World, **more: object) -> int:
    """One chair handed in by the home, worn, with a note and a year."""
    batch = Batch(
        giver_id=world.home,
        article_id=world.chair,
        parts=(Part("C", 1, "shelf", world.shelf),),
        note="gaspatron defekt",
        **more,  # type: ignore[arg-type]
    )
    return int(intake.register(world.person("lager"), batch).unit_ids[0])


def jpeg(colour: str) -> bytes:
    """A small picture of one colour."""
    data = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(data, "JPEG")
    return data.getvalue()


def titles(seen: Passport) -> list[str]:
    """The history, oldest first."""
    return [each.title.replace("\u00a0", " ") for each in seen.history][::-1]


def repaired(world: World, unit: int) -> None:
    """Through the workshop with the first task type, 35 minutes and no parts."""
    bench = world.person("bench")
    case = cases.send(bench, [unit]).case_id
    kind = tasks.task_types(world.context)[0]
    cases.add_task(bench, case, kind.id, minutes=35, parts_ore=3_500, done=True)
    cases.finish(bench, case, "B", place_id=world.shelf)


def delivered(world: World, unit: int) -> None:
    """Ordered by the school, picked and handed over."""
    lines = trade.order(world, [unit])
    deliveries.pick(world.person("lager"), lines)
    deliveries.hand_over(world.person("lager"), line_ids=lines)


def test_the_whole_life_in_plain_words(world: World, clock: Clock) -> None:
    lager = world.person("lager")
    unit = received(world, acquired_year=2016)
    clock.advance(days=1)
    repaired(world, unit)
    stock.put_on_sale(lager, [unit], 85_000)
    clock.advance(days=1)
    delivered(world, unit)
    clock.advance(days=500)
    number = trade.number(world.context, unit)
    deliveries.take_back(lager, [Returned(number, "C")], place_id=world.shelf)
    seen = units.passport(lager, unit)
    told = titles(seen)
    assert told[:3] == [
        "Modtaget fra Plejecenter Åbo",
        "Vurderet: stand C, gaspatron defekt",
        "Sendt til værksted",
    ]
    assert told[3].startswith("Istandsat: ")
    assert told[3].endswith(" · 35 min. · 210 kr.")
    assert told[4:] == [
        "Sat til salg i stand B, 850 kr.",
        "Bestilt af Søndervangskolen",
        "Plukket",
        "Leveret til Søndervangskolen",
        "Returneret fra Søndervangskolen i stand C",
    ]
    assert seen.periods == (
        "2. brugsperiode: Søndervangskolen, 2026–2028",
        "1. brugsperiode: købt ny 2016",
    )
    assert [mark.text for mark in seen.marks] == ["C · brugsspor", "Modtaget", "3. brugsperiode"]
    facts = {fact.label: fact.value for fact in seen.facts}
    assert facts["Levetid brugt i tidligere perioder"] == "0,09 af 1"
    assert facts["Placering"] == "Hal 2 · Reol 14 · C"
    assert facts["Bredde × dybde × højde"] == "68 × 66 × 98–115 cm"
    assert facts["Note"] == "gaspatron defekt"


def test_who_and_when(world: World, clock: Clock) -> None:
    unit = received(world)
    first = units.passport(world.context, unit).history[-1]
    today = world.context.today()
    assert first.when(today).startswith("i dag ")
    assert first.when(today).endswith(" · Lager")
    clock.advance(days=1)
    assert first.when(world.context.today()).startswith("20.11.2026 ")


def test_undone_lines_stay_and_say_so(world: World) -> None:
    lager = world.person("lager")
    unit = received(world)
    moved = stock.move(lager, [unit], world.workshop)
    changes.undo(lager, moved.change_id or 0)
    seen = units.passport(lager, unit)
    assert titles(seen)[2:] == ["Flyttet til Værksted", "Fortrudt: Flyttet til Værksted"]
    assert [each.undone for each in seen.history][:2] == [False, True]
    assert "fortrudt" in seen.history[1].when(world.context.today())


@pytest.mark.parametrize(
    ("act", "line"),
    [
        (lambda w, u: stock.set_price(w, [u], 12_300), "Pris ændret til 123 kr."),
        (lambda w, u: stock.set_condition(w, [u], "D"), "Stand rettet fra C til D"),
        (lambda w, u: stock.scrap(w, [u], "unsafe"), "Kasseret: ikke sikkert at bruge"),
        (lambda w, u: stock.put_on_sale(w, [u], 0), "Sat til salg i stand C, 0 kr."),
    ],
)
def test_each_action_has_its_line(world: World, act: object, line: str) -> None:
    unit = received(world)
    act(world.person("lager"), unit)  # type: ignore[operator]
    assert titles(units.passport(world.context, unit))[-1] == line


def test_a_swapped_piece_is_told_as_such(world: World) -> None:
    lager = world.person("lager")
    wanted, free = trade.put_on_sale(world, 2)
    trade.order(world, [wanted])
    deliveries.pick_by_scan(lager, trade.number(world.context, free))
    freed = units.passport(lager, wanted).history[0]
    assert freed.title == "Byttet med et magen til: til salg igen"
    assert units.passport(lager, free).history[0].title == "Plukket"


def test_the_figures_of_the_picture(world: World) -> None:
    """The chair of the picture: ordered, answered yes, condition B after 3.5 kg of repair."""
    [unit] = trade.put_on_sale(world, 1)
    trade.order(world, [unit])
    seen = units.passport(world.context, unit)
    rows = [(row.label, row.value.replace("\u00a0", " ")) for row in seen.figures.co2]
    assert rows == [
        ("Nyt møbel, fremstilling", "72,0 kg"),
        ("+ fragt af ny, 800 km", "1,6 kg"),
        ("× andel, der erstatter nykøb (ja)", "1,00"),
        ("× levetid tilbage (stand B)", "0,60"),
        ("− istandsættelse", "0,0 kg"),
        ("− kørsel, 30 km", "−0,5 kg"),
        ("Undgået, netto (skøn)", "43,7 kg"),
        ("Lav–høj", "22,1–72,5 kg"),
        ("Brutto, til sammenligning", "73,1 kg"),
    ]
    assert seen.figures.note.startswith("Foreløbig, til møblet er leveret. Faktor: kontorstol")
    assert "faktorsæt 2026.2" in seen.figures.note
    assert "katalog 2025, 01.01.2025" in seen.figures.note
    money = {row.label: row.value.replace("\u00a0", " ") for row in seen.figures.money}
    assert money["Nypris"] == "3.350 kr."
    assert money["− håndtering og transport"] == "−100 kr."
    assert money["Sparet indkøb (skøn), før drift"] == "3.250 kr."
    assert seen.order is not None
    assert seen.order.institution == "Søndervangskolen"


def test_before_an_order_nobody_has_answered(world: World) -> None:
    [unit] = trade.put_on_sale(world, 1)
    figures = units.passport(world.context, unit).figures
    assert figures.co2[2].label == "× andel, der erstatter nykøb (ikke besvaret)"
    assert figures.co2[2].value == "0,50"


def test_after_delivery_the_booked_line_is_shown(world: World) -> None:
    [unit] = trade.put_on_sale(world, 1)
    delivered(world, unit)
    seen = units.passport(world.context, unit)
    assert seen.figures.note.startswith("Bogført 20.11.2026, leveret til Søndervangskolen.")
    assert seen.periods == ("2. brugsperiode: Søndervangskolen, siden 2026",)
    assert {fact.label: fact.value for fact in seen.facts}["Står hos"] == "Søndervangskolen"
    assert seen.state is State.DELIVERED


def test_a_scrapped_piece_has_no_savings(world: World) -> None:
    unit = received(world)
    stock.scrap(world.person("lager"), [unit], "broken")
    figures = units.passport(world.context, unit).figures
    assert (figures.co2, figures.money) == ((), ())
    assert "ingen besparelse" in figures.note


def test_own_pictures_come_before_those_of_the_type(world: World) -> None:
    lager = world.person("lager")
    unit = received(world)
    photos.add(lager, [photos.prepare(jpeg("red"), "type.jpg")], article_id=world.chair)
    photos.add(lager, [photos.prepare(jpeg("blue"), "own.jpg")], unit_id=unit)
    seen = units.passport(lager, unit)
    assert [photo.own for photo in seen.photos] == [True, False]
    assert seen.history[0].title == "Billede af møblet tilføjet"
    assert [own.sha256 for own in photos.of_owner(lager, unit_id=unit)] == [seen.photos[0].sha256]


def test_the_paper_says_the_same(world: World) -> None:
    unit = received(world, acquired_year=2016)
    data = units.passport_pdf(world.person("lager"), unit)
    pages = pypdfium2.PdfDocument(io.BytesIO(data))
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    pages.close()
    for words in ("Kontorstol HÅG SoFi 7200, sort", "Modtaget fra Plejecenter Åbo", "købt ny 2016"):
        assert words in text


def test_only_who_may_see_the_stock(world: World) -> None:
    unit = received(world)
    with pytest.raises(Refused):
        units.passport(world.person("leader"), unit)
    with pytest.raises(Refused, match="no longer exists"):
        units.passport(world.context, unit + 99)


def test_a_refusal_names_piece_and_state_in_danish(world: World) -> None:
    [unit] = trade.put_on_sale(world, 1)
    delivered(world, unit)
    with pytest.raises(Refused) as refused:
        stock.move(world.person("lager"), [unit], world.workshop)
    number = trade.number(world.context, unit)
    assert refusal(refused.value) == f"{number} kan ikke flyttes, fordi det er leveret."
