"""Plain words for what events hold: tables, columns and codes; tests find any that is missing."""

from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.lifecycle import STATE_NAMES
from moebelcirkel.domain.orders import LINE_STATE_NAMES, ORDER_STATE_NAMES
from moebelcirkel.domain.places import PLACE_KIND_NAMES
from moebelcirkel.domain.roles import ROLE_NAMES

#: What a row of each table is called, by the table's name.
ENTITY_NAMES: dict[str, str] = {
    "app_user": N_("User"),
    "article": N_("Furniture type"),
    "basket": N_("Basket"),
    "case_task": N_("Task in the workshop"),
    "case_unit": N_("Piece in a workshop case"),
    "category": N_("Category"),
    "charge": N_("Charge"),
    "cost_bearer": N_("Cost bearer"),
    "delivery": N_("Delivery note"),
    "factor": N_("Factor"),
    "factor_set": N_("Factor set"),
    "figure_line": N_("Figure line"),
    "hold": N_("Hold in a basket"),
    "hour_rate": N_("Hour rate"),
    "import_batch": N_("Imported file"),
    "institution": N_("Institution"),
    "intake": N_("Received batch"),
    "order_line": N_("Order line"),
    "parameter": N_("Setting"),
    "photo": N_("Picture"),
    "place": N_("Place"),
    "report_record": N_("Recorded report"),
    "shop_order": N_("Order"),
    "task_type": N_("Task type"),
    "unit": N_("Piece of furniture"),
    "unit_code": N_("Code on a piece"),
    "unit_cost": N_("Cost of a task"),
    "user_role": N_("Role of a user"),
    "workshop_case": N_("Workshop case"),
}

#: Columns that say nothing to people: ids, fingerprints, counters and what others are made from.
SILENT_COLUMNS = frozenset(
    {
        "id", "serial", "sha256", "group_key", "group_order", "unspsc", "keywords", "is_open",
        "created_at", "import_id", "intake_id", "split_from_id", "based_on_id", "basket_id",
        "case_id", "group_en", "name_en", "needs", "decided_by_id", "listed_at", "orderer_id",
        "password_hash",
    }
)  # fmt: skip

COLUMN_NAMES: dict[str, str] = {
    "acquired_year": N_("Bought new in"),
    "active": N_("In use"),
    "address": N_("Address"),
    "answer": N_("Answer to the question"),
    "article_id": N_("Furniture type"),
    "category_key": N_("Category"),
    "co2e_high_kg": N_("CO₂e, high"),
    "co2e_kg": N_("CO₂e"),
    "co2e_low_kg": N_("CO₂e, low"),
    "co2e_mid_kg": N_("CO₂e, middle"),
    "co2e_verified": N_("CO₂e is checked"),
    "code": N_("Code"),
    "colour": N_("Colour"),
    "condition": N_("Condition"),
    "condition_reason": N_("Why the condition is better"),
    "cost_bearer_id": N_("Cost bearer"),
    "cvr": N_("CVR number"),
    "decided_at": N_("Decided"),
    "delivered_on": N_("Delivered"),
    "delivery_id": N_("Delivery note"),
    "department": N_("Department"),
    "depth_mm": N_("Depth"),
    "done": N_("Done"),
    "ean": N_("EAN number"),
    "ecolabel": N_("Ecolabel"),
    "email": N_("E-mail"),
    "epd_kg": N_("Own EPD value"),
    "epd_source": N_("Source of the EPD value"),
    "exact": N_("Exactly this piece"),
    "expected_on": N_("Expected"),
    "expires_at": N_("Held until"),
    "file_name": N_("File"),
    "finished_at": N_("Finished"),
    "fire_tested": N_("Fire test"),
    "giver_id": N_("Giver"),
    "group_da": N_("Group"),
    "handed_on": N_("Handed over"),
    "height_max_mm": N_("Greatest height"),
    "height_min_mm": N_("Least height"),
    "holder_id": N_("Stands with"),
    "hour_rate_id": N_("Hour rate"),
    "institution_id": N_("Institution"),
    "key": N_("Item number"),
    "kind": N_("Kind"),
    "legal": N_("Legal type"),
    "life_left": N_("Life left"),
    "lifetime_years": N_("Lifetime, years"),
    "limit_ore": N_("Limit without approval"),
    "link": N_("Link"),
    "login": N_("User name"),
    "loop": N_("Use periods in the exchange"),
    "maker": N_("Maker"),
    "mass_kg": N_("Weight"),
    "materials": N_("Materials"),
    "minutes": N_("Minutes"),
    "model": N_("Model"),
    "name": N_("Name"),
    "name_da": N_("Name"),
    "net_g": N_("Avoided CO₂e (estimate)"),
    "new_price_high_ore": N_("New price, high"),
    "new_price_low_ore": N_("New price, low"),
    "new_price_mid_ore": N_("New price, middle"),
    "new_price_on": N_("Date of the new price"),
    "new_price_ore": N_("New price"),
    "new_price_source": N_("Source of the new price"),
    "note": N_("Note"),
    "number": N_("Number"),
    "opened_at": N_("Opened"),
    "order_id": N_("Order"),
    "os_login": N_("System user"),
    "parts_ore": N_("Parts"),
    "password_once": N_("Password for one use"),
    "picked_at": N_("Picked"),
    "pieces": N_("Pieces"),
    "place_id": N_("Place"),
    "position": N_("Place in the order"),
    "price_ore": N_("Price"),
    "price_source": N_("Source of the price"),
    "price_verified": N_("The price is checked"),
    "rate_ore": N_("Rate per hour"),
    "reason": N_("Reason"),
    "received_by": N_("Received by"),
    "received_on": N_("Received"),
    "refurbished": N_("Refurbished"),
    "refused": N_("Refused lines"),
    "released": N_("Released"),
    "renews": N_("Gives new life"),
    "role": N_("Role"),
    "scrap_reason": N_("Reason for scrapping"),
    "sent_at": N_("Sent"),
    "set_id": N_("Factor set"),
    "size_mark": N_("Size mark"),
    "source": N_("Source"),
    "source_detail": N_("About the source"),
    "source_year": N_("Year of the source"),
    "spare_parts": N_("Spare parts"),
    "stages": N_("Life stages"),
    "state": N_("State"),
    "supplier": N_("Supplier"),
    "taken": N_("Lines taken in"),
    "task_type_id": N_("Task type"),
    "total_ore": N_("In all"),
    "unit_id": N_("Piece of furniture"),
    "user_id": N_("User"),
    "valid_from": N_("In force from"),
    "value": N_("Value"),
    "volume_l": N_("Volume, litres"),
    "warranty_until": N_("Warranty until"),
    "weight_g": N_("Weight"),
    "width_mm": N_("Width"),
}

_ON_PAPER = {"prepared": N_("made"), "handed": N_("handed over"), "void": N_("undone")}
_BATCH = {"active": N_("in force"), "void": N_("undone")}

#: What the codes in ``state`` are called, by table.
STATE_WORDS: dict[str, dict[str, str]] = {
    "unit": {state.value: name for state, name in STATE_NAMES.items()},
    "shop_order": {state.value: name for state, name in ORDER_STATE_NAMES.items()},
    "order_line": {state.value: name for state, name in LINE_STATE_NAMES.items()},
    "delivery": _ON_PAPER,
    "intake": _BATCH,
    "import_batch": _BATCH,
    "workshop_case": {
        "assess": N_("to be assessed"),
        "waiting": N_("waiting for parts"),
        "working": N_("being repaired"),
        "testing": N_("being tested"),
        "ready": N_("ready"),
        "closed": N_("closed"),
        "void": N_("undone"),
    },
}

_ANSWERS = {
    "yes": N_("Yes"),
    "some": N_("Some of them"),
    "no": N_("No"),
    "unknown": N_("Don't know"),
}

#: What other codes are called, by column.
CODE_WORDS: dict[str, dict[str, str]] = {
    "answer": _ANSWERS,
    "condition": {grade.value: grade.value for grade in Condition},
    "legal": {"own": N_("The municipality's own"), "other": N_("Other receiver")},
    "kind": {
        **PLACE_KIND_NAMES,
        "intake": N_("Received"),
        "return": N_("Returned"),
        "articles": N_("Furniture types"),
        "pieces": N_("Opening stock"),
    },
    "role": {role.value: name for role, name in ROLE_NAMES.items()},
}


def code_word(entity: str, column: str, code: str) -> str:
    """English msgid of a code; a text that is no code is given back as it is."""
    words = STATE_WORDS.get(entity, {}) if column == "state" else CODE_WORDS.get(column, {})
    return words.get(code, code)
