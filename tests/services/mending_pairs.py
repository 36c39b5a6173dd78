"""Pairs of writes about repairers: what is agreed, and what is out, back and paid."""

from moebelcirkel.services import cases, repairers, stock
from moebelcirkel.services.stock import SparePart
from tests.services import mending, repairing
from tests.services.beside import Call
from tests.services.working_day import Day


def _send(day: Day) -> tuple[int, int, int, int]:
    return day["home_case"], day["repairer"], repairing.task(day, mending.TASK), 26_800


def _apart(day: Day) -> tuple[int, list[SparePart], str, int]:
    return day["free"][0], [SparePart("Armlæn", 2, 7_500)], "B", day.shelf


MENDING: tuple[tuple[Call, Call], ...] = (
    (
        Call(stock.dismantle, "lager", _apart),
        Call(stock.scrap, "lager2", lambda day: (day["free"][:2], "broken")),
    ),
    (Call(stock.dismantle, "lager", _apart), Call(stock.dismantle, "lager2", _apart)),
    (
        Call(repairers.save, "admin", lambda day: (mending.form(day, "Ny"),)),
        Call(repairers.save, "admin", lambda day: (mending.form(day, "NY", 1),)),
    ),
    (
        Call(repairers.delete, "admin", lambda day: (day["idle_repairer"], 1)),
        Call(
            repairers.send,
            "bench",
            lambda day: (day["home_case"], day["idle_repairer"], *_send(day)[2:]),
        ),
    ),
    (Call(repairers.send, "bench", _send), Call(repairers.send, "lager", _send)),
    (
        Call(repairers.bring_back, "bench", lambda day: (day["sent_errand"],)),
        Call(repairers.bring_back, "lager", lambda day: (day["sent_errand"],)),
    ),
    (
        Call(repairers.invoice, "bench", lambda day: (day["back_errand"], "4711", 80_000)),
        Call(cases.finish, "lager", lambda day: (day["back_case"], "B")),
    ),
    (
        Call(repairers.invoice, "bench", lambda day: (day["back_errand"], "4711", 80_000)),
        Call(repairers.invoice, "lager", lambda day: (day["back_errand"], "4712", 81_000)),
    ),
    (
        Call(repairers.send, "bench", _send),
        Call(cases.finish, "lager", lambda day: (day["home_case"], "C")),
    ),
    (
        Call(cases.use_part, "bench", lambda day: (day["part_task"], day["part"])),
        Call(cases.use_part, "lager", lambda day: (day["fitted_task"], day["part"])),
    ),
    (
        Call(cases.use_part, "bench", lambda day: (day["part_task"], day["part"])),
        Call(stock.scrap, "lager", lambda day: ([day["part"]], "broken")),
    ),
    (
        Call(cases.take_part_out, "bench", lambda day: (day["fitted_part"],)),
        Call(cases.finish, "lager", lambda day: (day["fitted_case"], "B")),
    ),
    (
        Call(cases.give_up, "bench", lambda day: (day["own_case"], "Revnet.", None)),
        Call(cases.finish, "lager", lambda day: (day["own_case"], "C")),
    ),
    (
        Call(cases.give_up, "bench", lambda day: (day["own_case"], "Revnet.", None)),
        Call(cases.give_up, "lager", lambda day: (day["own_case"], "Knækket.", None)),
    ),
)
