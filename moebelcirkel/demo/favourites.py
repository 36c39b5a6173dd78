"""Lists of types that the hall of the example puts before everyone's own in the shop."""

from collections.abc import Sequence
from itertools import islice

from moebelcirkel.demo.stage import DemoStage
from moebelcirkel.demo.stock import DemoArticle
from moebelcirkel.services import shop
from moebelcirkel.services.shop import ListForm

#: What a list is called, for which kind of institution, and what stands on it.
_LISTS = (
    ("Arbejdspladsen", "", ("office_task_chair", "desk_sit_stand", "pedestal", "monitor_arm")),
    ("Klasselokalet", "Skole", ("school_chair", "school_desk", "lockers", "whiteboard")),
)
#: A house with thousands of types has more of these than a list can hold.
LONGEST = 20


def keep(stage: DemoStage, kinds: Sequence[DemoArticle]) -> None:
    """Each list as far as there are types for it."""
    for name, kind, categories in _LISTS:
        found = (each.name for each in kinds if each.category in categories)
        if types := "\n".join(islice(dict.fromkeys(found), LONGEST)):
            stage.act("lager", shop.save_list, ListForm(name, types, kind))
