"""The municipality's settings, each declared once: key, kind, default, limits and text."""

from collections.abc import Mapping
from decimal import Decimal

from moebelcirkel.domain.ecolabels import DEFAULT_TYPE_1
from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.figures import SHADOW_PRICES_ORE, write_shadow_prices
from moebelcirkel.domain.messages import MOST_OWN_TEXT, MOST_SUBJECT, TEXTS, body_key, subject_key
from moebelcirkel.domain.parameters.goals import GOALS as GOALS
from moebelcirkel.domain.parameters.goals import read_goals as read_goals
from moebelcirkel.domain.parameters.kinds import Kind as Kind
from moebelcirkel.domain.parameters.kinds import Parameter
from moebelcirkel.domain.parameters.kinds import Value as Value
from moebelcirkel.domain.shop import DEFAULT_SYNONYMS

#: How the finance system wants its postings: see ``domain.settlement.Profile``.
_SETTLEMENT = (
    Parameter("settlement_account_pays", "text", "", N_("Account of who pays"), "settlement"),
    Parameter("settlement_account_gets", "text", "", N_("Account of the exchange"), "settlement"),
    Parameter(
        "settlement_bearer_gets", "text", "", N_("Cost bearer of the exchange"), "settlement"
    ),
    Parameter(
        "settlement_account_pattern", "text", "[0-9]{4,10}", N_("Pattern of accounts"), "settlement"
    ),
    Parameter(
        "settlement_bearer_pattern",
        "text",
        "[A-Za-z0-9.-]{1,24}",
        N_("Pattern of cost bearers"),
        "settlement",
    ),
    Parameter(
        "settlement_text",
        "text",
        "{møbelbørs} {ordre}{måned} {institution}",
        N_("Text of a posting"),
        "settlement",
    ),
    Parameter(
        "settlement_kinds",
        "lines",
        "",
        N_("Charges with accounts of their own"),
        "settlement",
        longest=1_500,
    ),
    Parameter(
        "settlement_text_length",
        "whole",
        50,
        N_("Most characters of the text"),
        "settlement",
        10,
        255,
    ),
    Parameter(
        "settlement_columns",
        "text",
        "Batchnr;Bilagsnr;Linjenr;Bilagsdato;Bogføringsdato;Periode;Regnskabsår;Artskonto;"
        "Kostbærertype;Kostbærer;EAN;Modpart;DebetKredit;Beløb;Valuta;Momskode;Tekst;Ordrenr;"
        "Institution;GodkendtAf;Reference",
        N_("Columns of the file"),
        "settlement",
        longest=1_000,
    ),
    Parameter(
        "settlement_heading",
        "flag",
        default=True,
        label=N_("First line with the columns' names"),
        group="settlement",
    ),
    Parameter(
        "settlement_windows",
        "flag",
        default=False,
        label=N_("Windows-1252 in place of UTF-8"),
        group="settlement",
    ),
    Parameter(
        "settlement_compact_dates",
        "flag",
        default=False,
        label=N_("Dates as 20261120 in place of 20.11.2026"),
        group="settlement",
    ),
    Parameter(
        "settlement_point",
        "flag",
        default=False,
        label=N_("Decimal point in place of comma"),
        group="settlement",
    ),
    Parameter(
        "settlement_vat_own",
        "text",
        "Uden moms (intern)",
        N_("VAT code of own institutions"),
        "settlement",
    ),
    Parameter(
        "settlement_vat_other", "text", "25 %", N_("VAT code of other receivers"), "settlement"
    ),
    Parameter(
        "settlement_last_period",
        "whole",
        12,
        N_("Period of January postings of the old year"),
        "settlement",
        12,
        16,
    ),
    Parameter(
        "settlement_invoices",
        "flag",
        default=False,
        label=N_("Invoice basis for other receivers"),
        group="settlement",
    ),
    Parameter(
        "settlement_confirmed",
        "flag",
        default=True,
        label=N_("Only what its receiver has confirmed, or time"),
        group="settlement",
    ),
)

#: Where mail is sent through; without a server messages stand in the program alone.
_MAIL = (
    Parameter("mail_host", "text", "", N_("Mail server"), "mail"),
    Parameter("mail_port", "whole", 587, N_("Port"), "mail", 1, 65_535),
    Parameter("mail_sender", "text", "", N_("Sender's address"), "mail", longest=160),
    Parameter("mail_user", "text", "", N_("Log-in at the mail server"), "mail"),
    Parameter("mail_starttls", "flag", default=True, label=N_("STARTTLS"), group="mail"),
    Parameter("mail_tls", "flag", default=False, label=N_("TLS from the first byte"), group="mail"),
    Parameter(
        "mail_window", "flag", default=True, label=N_("The open window sends too"), group="mail"
    ),
    Parameter(
        "reminder_days",
        "whole",
        3,
        N_("Remind of an approval after working days (0: never)"),
        "mail",
        0,
        60,
    ),
)

#: The municipality's own words in what people are told, for each thing that happens.
_TEXTS = tuple(
    parameter
    for cause, text in TEXTS.items()
    for parameter in (
        Parameter(
            subject_key(cause), "text", text.subject, text.title, "texts", longest=MOST_SUBJECT
        ),
        Parameter(body_key(cause), "lines", text.text, text.title, "texts", longest=MOST_OWN_TEXT),
    )
)

#: Reports that come by themselves.
_REPORTS = (
    Parameter(
        "report_monthly", "flag", default=False, label=N_("A report of each month"), group="reports"
    ),
    Parameter(
        "report_quarterly",
        "flag",
        default=False,
        label=N_("A report of each quarter"),
        group="reports",
    ),
    Parameter(
        "report_yearly", "flag", default=False, label=N_("A report of each year"), group="reports"
    ),
    Parameter("report_days", "whole", 3, N_("Days after the period"), "reports", 1, 60),
    Parameter(
        "report_folder", "text", "", N_("Folder reports are saved to"), "reports", longest=1_000
    ),
    Parameter("world_goals", "text", "", N_("UN goals on reports"), "reports"),
)

_ALL = (
    Parameter("municipality", "text", "", N_("Name of the municipality"), "municipality"),
    Parameter("municipality_cvr", "text", "", N_("CVR number"), "municipality"),
    Parameter(
        "lock_minutes",
        "whole",
        0,
        N_("Minutes without anybody until a window is locked"),
        "municipality",
        0,
        480,
    ),
    Parameter("warehouse_name", "text", "Møbelcirklen", N_("Name of the exchange"), "municipality"),
    Parameter("warehouse_address", "text", "", N_("Address of the warehouse"), "municipality"),
    Parameter("demo", "flag", default=False, label=N_("Example data"), group="hidden"),
    Parameter("label_prefix", "text", "MC", N_("Letters before the label number"), "labels"),
    Parameter("label_columns", "whole", 3, N_("Labels across the sheet"), "labels", 1, 6),
    Parameter("label_rows", "whole", 8, N_("Labels down the sheet"), "labels", 1, 20),
    Parameter("label_width_mm", "decimal", Decimal(70), N_("Label width, mm"), "labels", 20, 210),
    Parameter("label_height_mm", "decimal", Decimal(37), N_("Label height, mm"), "labels", 12, 297),
    Parameter("label_left_mm", "decimal", Decimal(0), N_("Left margin, mm"), "labels", 0, 60),
    Parameter("label_top_mm", "decimal", Decimal("0.5"), N_("Top margin, mm"), "labels", 0, 60),
    Parameter("hold_minutes", "whole", 30, N_("Minutes a basket holds furniture"), "shop", 1, 1440),
    Parameter("want_days", "whole", 3, N_("Working days a found piece is held"), "shop", 1, 30),
    Parameter("default_limit_ore", "money", 1_000_000, N_("Limit without approval, kr."), "shop"),
    Parameter(
        "limit_days",
        "whole",
        7,  # a week finds what was split; a month would be a budget
        N_("Orders of one institution count together for, days"),
        "shop",
        0,
        365,
    ),
    Parameter(
        "lead_days", "whole", 5, N_("Working days from an order to its delivery"), "shop", 0, 60
    ),
    Parameter("small_order_ore", "money", 0, N_("An order below this is small, kr."), "shop"),
    Parameter(
        "small_fee_ore", "money", 0, N_("Fee of a small order that goes at once, kr."), "shop"
    ),
    Parameter(
        "small_weekday", "whole", 4, N_("Small orders wait for weekday (1: Monday)"), "shop", 1, 5
    ),
    Parameter(
        "urgent_days", "whole", 0, N_("Urgent orders come within working days"), "shop", 0, 20
    ),
    Parameter("urgent_fee_ore", "money", 15_000, N_("Fee of an urgent order, kr."), "shop"),
    Parameter(
        "regret_days", "whole", 14, N_("Days in which a delivery can be given back"), "shop", 0, 90
    ),
    Parameter(
        "complain_days",
        "whole",
        14,
        N_("Days in which a delivery can be complained of"),
        "shop",
        0,
        365,
    ),
    Parameter(
        "order_rounds",
        "text",
        "",
        N_("Groups that are ordered in rounds, with their weeks"),
        "shop",
        longest=1_000,
    ),
    Parameter(
        "pickup_own_days",
        "whole",
        0,
        N_("Reported furniture is first for the giver's own department, days"),
        "shop",
        0,
        60,
    ),
    Parameter(
        "loan_rate_ore", "money", 0, N_("A loan costs per piece and day, kr. (0: free)"), "shop"
    ),
    Parameter(
        "loan_due_days", "whole", 7, N_("Remind of a loan so many days before"), "shop", 0, 60
    ),
    Parameter(
        "pick_days", "whole", 0, N_("Picked so many working days ahead (0: at once)"), "shop", 0, 60
    ),
    Parameter(
        "confirm_days", "whole", 5, N_("Counts as confirmed after, working days"), "shop", 1, 60
    ),
    Parameter(
        "delivery_words", "text", "", N_("When and how it is delivered, told to who orders"), "shop"
    ),
    Parameter(
        "synonyms", "text", DEFAULT_SYNONYMS, N_("Words that mean the same"), "shop", longest=2_000
    ),
    Parameter(
        "type_1_labels", "text", DEFAULT_TYPE_1, N_("Ecolabels of type 1"), "hidden", longest=1_000
    ),
    Parameter(
        "only_green",
        "flag",
        default=False,
        label=N_("Ecolabels of type 1 alone, until a search lifts it"),
        group="shop",
    ),
    Parameter(
        "export_folder", "text", "", N_("Folder the shop is exported to"), "shop", longest=1_000
    ),
    Parameter("export_hours", "text", "06.00", N_("Hours the shop is exported"), "shop"),
    Parameter(
        "price_percent_a", "whole", 50, N_("Price in condition A, % of new"), "prices", 0, 100
    ),
    Parameter(
        "price_percent_b", "whole", 40, N_("Price in condition B, % of new"), "prices", 0, 100
    ),
    Parameter(
        "price_percent_c", "whole", 25, N_("Price in condition C, % of new"), "prices", 0, 100
    ),
    Parameter(
        "price_percent_d", "whole", 10, N_("Price in condition D, % of new"), "prices", 0, 100
    ),
    Parameter("price_step_ore", "money", 1_000, N_("Prices are rounded to, kr."), "prices", 1),
    Parameter(
        "handling_ore", "money", 10_000, N_("Handling and transport per piece, kr."), "figures"
    ),
    Parameter(
        "transport_km", "decimal", Decimal(30), N_("Transport of a piece, km"), "figures", 0, 2000
    ),
    Parameter(
        "new_transport_km",
        "decimal",
        Decimal(800),
        N_("Transport of a new piece, km"),
        "figures",
        0,
        20000,
    ),
    Parameter("levy_ore", "money", 0, N_("Climate levy on new, kr. per tonne CO₂e"), "figures"),
    Parameter(
        "levy_categories",
        "text",
        "",
        N_("Categories with a climate levy"),
        "figures",
        longest=1_000,
    ),
    Parameter(
        "shadow_prices",
        "text",
        write_shadow_prices(SHADOW_PRICES_ORE),
        N_("Shadow prices, kr. per tonne CO₂e by year"),
        "figures",
        longest=1_000,
    ),
    Parameter("waste_fee_ore", "money", 0, N_("Waste fee that is saved, kr. per tonne"), "figures"),
    Parameter(
        "rates_confirmed",
        "flag",
        default=False,
        label=N_("Hour rates are confirmed"),
        group="figures",
    ),
    *_REPORTS,
    *_SETTLEMENT,
    *_MAIL,
    *_TEXTS,
    Parameter("copies_folder", "text", "", N_("Folder for copies"), "copies", longest=1_000),
    Parameter("copies_at", "text", "", N_("Time of the daily copy"), "copies"),
    Parameter("copies_daily", "whole", 7, N_("Daily copies kept"), "copies", 1, 366),
    Parameter("copies_weekly", "whole", 8, N_("Weekly copies kept"), "copies", 0, 520),
    Parameter("copies_monthly", "whole", 12, N_("Monthly copies kept"), "copies", 0, 240),
    Parameter(
        "keep_inactive_months",
        "whole",
        0,
        N_("Accounts of people who left, months"),
        "people",
        0,
        240,
    ),
    Parameter(
        "keep_notes_years",
        "whole",
        0,
        N_("Notes on orders and complaints that are over, years"),
        "people",
        0,
        50,
    ),
    Parameter("keep_notes_rest", "flag", False, N_("Erase only names in notes"), "people"),
    Parameter(
        "keep_pictures_months",
        "whole",
        0,
        N_("Pictures that were removed, months"),
        "people",
        0,
        240,
    ),
    Parameter("dump_good_at", "text", "", N_("Last proved dump"), "hidden"),
)

PARAMETERS: Mapping[str, Parameter] = {parameter.key: parameter for parameter in _ALL}
