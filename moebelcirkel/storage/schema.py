"""All tables in one import, for migration, check and tests."""

from moebelcirkel.storage.tables import (
    articles,
    badges,
    cases,
    changes,
    charges,
    complaints,
    deliveries,
    factors,
    figures,
    imports,
    institutions,
    messages,
    orders,
    parameters,
    photos,
    pickups,
    places,
    purchases,
    repairs,
    reports,
    routines,
    runs,
    settlement,
    shop,
    tasks,
    units,
    users,
    wants,
)
from moebelcirkel.storage.tables.base import Base

METADATA = Base.metadata

#: Tables whose rows are written once; triggers refuse everything else on both engines.
APPEND_ONLY = (
    "change",
    "change_result",
    "change_link",
    "event",
    "unit_cost",
    "figure_line",
    "charge",
    "report_record",
    "report_line",
    "settlement_batch",
    "settlement_line",
    "settlement_posting",
    "settlement_step",
    "settlement_check",
)

#: Tables besides those whose rows are never deleted.
KEPT = ("category", "counter", "person_text", "photo_blob", "want_offer")
#: Of other tables the columns that stay as they were written with the row, besides its key; where
#: none is named, all of them.
WRITTEN_ONCE: dict[str, tuple[str, ...]] = {
    "app_user": ("created_at",),
    "basket": ("institution_id",),
    "basket_loss": (),
    "case_part": ("part_id", "unit_id", "place_id"),
    "case_task": ("case_id",),
    "case_unit": ("unit_id",),
    "category": ("name_da", "name_en", "unspsc", "group_order", "keywords", "sort_key"),
    "ceiling": ("institution_id", "from_year", "category_group"),
    "complaint": (
        *("number", "order_line_id", "delivery_id", "institution_id"),
        *("reporter_id", "reported_at"),
    ),
    "complaint_photo": ("complaint_id", "sha256"),
    "cost_bearer": ("institution_id",),
    "deputy": ("user_id", "deputy_id"),
    "delivery": ("number", "institution_id", "created_at"),
    "factor": ("set_id", "category_key"),
    "import_batch": ("kind", "file_name", "sha256", "created_at"),
    "intake": ("kind", "created_at"),
    "message": ("recipient_id", "cause", "entity", "entity_id", "change_id", "once", "created_at"),
    "order_line": ("order_id", "price_ore", "new_price_ore"),
    "photo": ("sha256",),
    "photo_blob": ("width", "height", "created_at"),
    "order_task": (),
    "own_list": ("user_id", "search"),
    "own_list_type": ("list_id",),
    "pickup": ("number", "institution_id", "firm", "reporter_id", "reported_at"),
    "pickup_line": ("pickup_id",),
    "pickup_photo": ("line_id", "sha256"),
    "pickup_piece": (),
    "purchase": ("number", "institution_id", "planner_id", "created_at"),
    "purchase_line": ("purchase_id", "position", "words", "price_ore"),
    "errand": (*("case_id", "case_task_id", "repairer_id"), *("pieces", "price_ore", "sent_on")),
    "repair": ("pickup_id",),
    "repairer_price": ("repairer_id", "task_type_id", "valid_from"),
    "repair_task": (),
    "run": ("number", "created_at"),
    "run_errand": ("stop_id", "complaint_id", "way"),
    "run_line": (),
    "run_miss": ("run_id", "pickup_id", "name", "missed_why"),
    "run_stop": ("run_id", "institution_id", "pickup_id"),
    "routine_run": ("routine", "due", "claimed_at", "by"),
    "shop_order": (
        "number",
        "institution_id",
        "orderer_id",
        "limit_ore",
        "sent_at",
        "promised_on",
        "fee_ore",
        "urgent",
        "over_ore",
    ),
    "shop_seen": ("at",),
    "unit": ("serial", "number", "taken_from_id"),
    "unit_code": ("unit_id",),
    "user_role": (),
    "want": ("number", "institution_id", "asker_id", "created_at"),
    "want_offer": (),
    "workshop_case": ("opened_at", "split_from_id", "order_id"),
}

# A deleted row's id is never given out again: events, sessions and open forms still speak of it.
# PostgreSQL's sequences never go back; SQLite has to be told, table by table.
for _table in METADATA.tables.values():
    if "id" in _table.c and _table.name not in APPEND_ONLY:
        _table.dialect_options["sqlite"]["autoincrement"] = True
