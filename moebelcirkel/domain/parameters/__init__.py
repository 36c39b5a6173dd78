"""The municipality's settings, each declared once: key, kind, default, limits and text."""

from collections.abc import Mapping

from moebelcirkel.domain.ecolabels import DEFAULT_TYPE_1
from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.figures import SHADOW_PRICES_ORE, write_shadow_prices
from moebelcirkel.domain.messages import MOST_OWN_TEXT, MOST_SUBJECT, TEXTS, body_key, subject_key
from moebelcirkel.domain.parameters.goals import GOALS as GOALS
from moebelcirkel.domain.parameters.goals import read_goals as read_goals
from moebelcirkel.domain.parameters.kinds import Kind as Kind
from moebelcirkel.domain.parameters.kinds import Parameter as Parameter
from moebelcirkel.domain.parameters.kinds import Value as Value
from moebelcirkel.domain.parameters.kinds import decimal, flag, group, lines, money, text, whole
from moebelcirkel.domain.shop import DEFAULT_SYNONYMS

#: How the finance system wants its postings: see ``domain.settlement.Profile``.
_SETTLEMENT = group(
    "settlement",
    text("settlement_account_pays", N_("Account of who pays")),
    text("settlement_account_gets", N_("Account of the exchange")),
    text("settlement_bearer_gets", N_("Cost bearer of the exchange")),
    text("settlement_account_pattern", N_("Pattern of accounts"), "[0-9]{4,10}"),
    text("settlement_bearer_pattern", N_("Pattern of cost bearers"), "[A-Za-z0-9.-]{1,24}"),
    text("settlement_text", N_("Text of a posting"), "{møbelbørs} {ordre}{måned} {institution}"),
    lines("settlement_kinds", N_("Charges with accounts of their own"), longest=1_500),
    whole("settlement_text_length", N_("Most characters of the text"), 50, 10, 255),
    text(
        "settlement_columns",
        N_("Columns of the file"),
        "Batchnr;Bilagsnr;Linjenr;Bilagsdato;Bogføringsdato;Periode;Regnskabsår;Artskonto;"
        "Kostbærertype;Kostbærer;EAN;Modpart;DebetKredit;Beløb;Valuta;Momskode;Tekst;Ordrenr;"
        "Institution;GodkendtAf;Reference",
        longest=1_000,
    ),
    flag("settlement_heading", N_("First line with the columns' names"), on=True),
    flag("settlement_windows", N_("Windows-1252 in place of UTF-8")),
    flag("settlement_compact_dates", N_("Dates as 20261120 in place of 20.11.2026")),
    flag("settlement_point", N_("Decimal point in place of comma")),
    text("settlement_vat_own", N_("VAT code of own institutions"), "Uden moms (intern)"),
    text("settlement_vat_other", N_("VAT code of other receivers"), "25 %"),
    whole("settlement_last_period", N_("Period of January postings of the old year"), 12, 12, 16),
    flag("settlement_invoices", N_("Invoice basis for other receivers")),
    flag("settlement_confirmed", N_("Only what its receiver has confirmed, or time"), on=True),
)

#: Where mail is sent through; without a server messages stand in the program alone.
_MAIL = group(
    "mail",
    text("mail_host", N_("Mail server")),
    whole("mail_port", N_("Port"), 587, 1, 65_535),
    text("mail_sender", N_("Sender's address"), longest=160),
    text("mail_user", N_("Log-in at the mail server")),
    flag("mail_starttls", N_("STARTTLS"), on=True),
    flag("mail_tls", N_("TLS from the first byte")),
    flag("mail_window", N_("The open window sends too"), on=True),
    whole("reminder_days", N_("Remind of an approval after working days (0: never)"), 3, 0, 60),
)

#: The municipality's own words in what people are told, for each thing that happens.
_TEXTS = group(
    "texts",
    *(
        parameter
        for cause, told in TEXTS.items()
        for parameter in (
            text(subject_key(cause), told.title, told.subject, longest=MOST_SUBJECT),
            lines(body_key(cause), told.title, told.text, longest=MOST_OWN_TEXT),
        )
    ),
)

#: Reports that come by themselves.
_REPORTS = group(
    "reports",
    flag("report_monthly", N_("A report of each month")),
    flag("report_quarterly", N_("A report of each quarter")),
    flag("report_yearly", N_("A report of each year")),
    whole("report_days", N_("Days after the period"), 3, 1, 60),
    text("report_folder", N_("Folder reports are saved to"), longest=1_000),
    text("world_goals", N_("UN goals on reports")),
)

_ALL = (
    *group(
        "municipality",
        text("municipality", N_("Name of the municipality")),
        text("municipality_cvr", N_("CVR number")),
        whole("lock_minutes", N_("Minutes without anybody until a window is locked"), 0, 0, 480),
        text("warehouse_name", N_("Name of the exchange"), "Møbelcirklen"),
        text("warehouse_address", N_("Address of the warehouse")),
    ),
    *group(
        "labels",
        text("label_prefix", N_("Letters before the label number"), "MC"),
        whole("label_columns", N_("Labels across the sheet"), 3, 1, 6),
        whole("label_rows", N_("Labels down the sheet"), 8, 1, 20),
        decimal("label_width_mm", N_("Label width, mm"), "70", 20, 210),
        decimal("label_height_mm", N_("Label height, mm"), "37", 12, 297),
        decimal("label_left_mm", N_("Left margin, mm"), "0", 0, 60),
        decimal("label_top_mm", N_("Top margin, mm"), "0.5", 0, 60),
    ),
    *group(
        "shop",
        whole("hold_minutes", N_("Minutes a basket holds furniture"), 30, 1, 1440),
        whole("want_days", N_("Working days a found piece is held"), 3, 1, 30),
        money("default_limit_ore", N_("Limit without approval, kr."), 1_000_000),
        # A week finds what was split; a month would be a budget.
        whole("limit_days", N_("Orders of one institution count together for, days"), 7, 0, 365),
        whole("lead_days", N_("Working days from an order to its delivery"), 5, 0, 60),
        money("small_order_ore", N_("An order below this is small, kr.")),
        money("small_fee_ore", N_("Fee of a small order that goes at once, kr.")),
        whole("small_weekday", N_("Small orders wait for weekday (1: Monday)"), 4, 1, 5),
        whole("urgent_days", N_("Urgent orders come within working days"), 0, 0, 20),
        money("urgent_fee_ore", N_("Fee of an urgent order, kr."), 15_000),
        whole("regret_days", N_("Days in which a delivery can be given back"), 14, 0, 90),
        whole("complain_days", N_("Days in which a delivery can be complained of"), 14, 0, 365),
        text(
            "order_rounds", N_("Groups that are ordered in rounds, with their weeks"), longest=1_000
        ),
        whole(
            "pickup_own_days",
            N_("Reported furniture is first for the giver's own department, days"),
            0,
            0,
            60,
        ),
        money("loan_rate_ore", N_("A loan costs per piece and day, kr. (0: free)")),
        whole("loan_due_days", N_("Remind of a loan so many days before"), 7, 0, 60),
        whole("pick_days", N_("Picked so many working days ahead (0: at once)"), 0, 0, 60),
        whole("confirm_days", N_("Counts as confirmed after, working days"), 5, 1, 60),
        text("delivery_words", N_("When and how it is delivered, told to who orders")),
        text("synonyms", N_("Words that mean the same"), DEFAULT_SYNONYMS, longest=2_000),
        flag("only_green", N_("Ecolabels of type 1 alone, until a search lifts it")),
        text("export_folder", N_("Folder the shop is exported to"), longest=1_000),
        text("export_hours", N_("Hours the shop is exported"), "06.00"),
    ),
    *group(
        "prices",
        whole("price_percent_a", N_("Price in condition A, % of new"), 50, 0, 100),
        whole("price_percent_b", N_("Price in condition B, % of new"), 40, 0, 100),
        whole("price_percent_c", N_("Price in condition C, % of new"), 25, 0, 100),
        whole("price_percent_d", N_("Price in condition D, % of new"), 10, 0, 100),
        money("price_step_ore", N_("Prices are rounded to, kr."), 1_000, low=1),
    ),
    *group(
        "figures",
        money("handling_ore", N_("Handling and transport per piece, kr."), 10_000),
        decimal("transport_km", N_("Transport of a piece, km"), "30", 0, 2000),
        decimal("new_transport_km", N_("Transport of a new piece, km"), "800", 0, 20000),
        money("levy_ore", N_("Climate levy on new, kr. per tonne CO₂e")),
        text("levy_categories", N_("Categories with a climate levy"), longest=1_000),
        text(
            "shadow_prices",
            N_("Shadow prices, kr. per tonne CO₂e by year"),
            write_shadow_prices(SHADOW_PRICES_ORE),
            longest=1_000,
        ),
        money("waste_fee_ore", N_("Waste fee that is saved, kr. per tonne")),
        flag("rates_confirmed", N_("Hour rates are confirmed")),
    ),
    *_REPORTS,
    *_SETTLEMENT,
    *_MAIL,
    *_TEXTS,
    *group(
        "copies",
        text("copies_folder", N_("Folder for copies"), longest=1_000),
        text("copies_at", N_("Time of the daily copy")),
        whole("copies_daily", N_("Daily copies kept"), 7, 1, 366),
        whole("copies_weekly", N_("Weekly copies kept"), 8, 0, 520),
        whole("copies_monthly", N_("Monthly copies kept"), 12, 0, 240),
    ),
    *group(
        "people",
        whole("keep_inactive_months", N_("Accounts of people who left, months"), 0, 0, 240),
        whole(
            "keep_notes_years", N_("Notes on orders and complaints that are over, years"), 0, 0, 50
        ),
        flag("keep_notes_rest", N_("Erase only names in notes")),
        whole("keep_pictures_months", N_("Pictures that were removed, months"), 0, 0, 240),
    ),
    *group(
        "hidden",
        flag("demo", N_("Example data")),
        text("type_1_labels", N_("Ecolabels of type 1"), DEFAULT_TYPE_1, longest=1_000),
        text("dump_good_at", N_("Last proved dump")),
    ),
)

PARAMETERS: Mapping[str, Parameter] = {parameter.key: parameter for parameter in _ALL}
