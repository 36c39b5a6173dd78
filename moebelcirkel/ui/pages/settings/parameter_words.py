"""What stands below the fields of the municipality's settings."""

from moebelcirkel.language import N_

HELPERS: dict[str, str] = {
    "municipality": N_("Stands on reports, labels and delivery notes."),
    "municipality_cvr": N_("8 digits; stands on reports."),
    "world_goals": N_("The goals that reuse serves, such as 7, 8, 11, 13. Empty: none is named."),
    "warehouse_name": N_("What people in the municipality know it as."),
    "warehouse_address": N_("Where furniture is brought to and fetched from."),
    "label_prefix": N_("1 to 4 letters. It stays once labels are in use."),
    "hold_minutes": N_("After that, others can take the furniture again."),
    "default_limit_ore": N_("For institutions without a limit of their own."),
    "limit_days": N_("So that the limit is not evaded by many small orders. 0: each by itself."),
    "lead_days": N_("The week that is promised follows from it, and from the fixed delivery day."),
    "order_rounds": N_(
        "For example: Kontorstole: 2, 14; Borde: 10-12. Empty: all can be ordered at any time."
    ),
    "small_order_ore": N_("Who orders chooses to wait, free, or to pay the fee. 0: none is small."),
    "small_fee_ore": N_("Charged once, with the first delivery. 0: none."),
    "urgent_days": N_("Instead of on the institution's delivery day. 0: nobody can choose it."),
    "urgent_fee_ore": N_("Instead of the fee of a small order. 0: none."),
    "regret_days": N_("The leader reports it from the order, and it is fetched. 0: never."),
    "complain_days": N_("After that only the warehouse can, for them. 0: no deadline."),
    "loan_rate_ore": N_("Put right for the days it was really out when it comes back."),
    "loan_due_days": N_("Who ordered it is told; once it is overdue, again each week."),
    "delivery_words": N_(
        "For example: Tuesdays and Thursdays. Empty: the warehouse arranges the day."
    ),
    "synonyms": N_("For example: elbord = hæve-sænkebord; tavle = whiteboard"),
    "only_green": N_(
        "Furniture without such a label is one click away. Spare parts are shown always."
    ),
    "export_folder": N_("For the system that shows reuse beside new. Empty: not by itself."),
    "export_hours": N_("For example: 6.00, 12.30"),
    "report_days": N_("So that what was handed over last is booked."),
    "report_folder": N_("They are recorded under Reports. Named, a PDF is saved there too."),
    "price_step_ore": N_("10 kr. turns 1.273 kr. into 1.270 kr."),
    "handling_ore": N_(
        "Booked as a cost at each hand-over, so that the savings are not overstated."
    ),
    "transport_km": N_("Driven with a piece on its way to the institution."),
    "new_transport_km": N_("From factory to institution, which reuse spares."),
    "copies_folder": N_(
        "On another drive or a network share. Empty: beside the database, where the same fault "
        "takes both."
    ),
    "lock_minutes": N_(
        "0: never. What is half typed stays below the lock. A PC can have minutes of its own."
    ),
    "copies_at": N_("14.30, or empty: at the first start."),
    "copies_daily": N_("The newest of each day."),
    "copies_weekly": N_("And of each week."),
    "copies_monthly": N_("And of each month."),
    "mail_host": N_("Empty: no mail is sent."),
    "mail_sender": N_("An address that somebody reads, such as moebler@kommune.dk."),
    "mail_user": N_("Its password is given to the machine that sends: see the systems page."),
    "mail_starttls": N_("Port 587 as a rule. Without it everything is sent readable."),
    "mail_tls": N_("Port 465 as a rule; then STARTTLS is not asked for."),
    "mail_window": N_(
        "On one PC without a planned task. Of a server only the machine that is set up sends."
    ),
    "keep_inactive_months": N_("After that they are proposed to be anonymised. 0: never."),
    "keep_notes_years": N_("They often hold names. 0: never."),
    "keep_notes_rest": N_(
        "Numbers and addresses go too, the rest stays. A name that begins a sentence is not always "
        "told from a word."
    ),
    "keep_pictures_months": N_("Until then, removing can be undone. 0: never."),
    "settlement_account_pattern": N_("[0-9]{4,10} is 4 to 10 digits."),
    "settlement_text": N_("Takes {ordre}, {institution}, {måned} and {møbelbørs}."),
    "settlement_kinds": N_(
        "A line for each: gebyr = 22901020; 97001020; Gebyr {ordre}. That is who pays, the exchange"
        " and the text; what is left out is as above. Takes levering, lån, gebyr, reparation,"
        " reservedel, ekstern, reklamation and rettelse."
    ),
    "settlement_columns": N_(
        'Separated by semicolons. Another header: Konto=Artskonto. A fixed text: Art="X".'
    ),
    "settlement_last_period": N_("12, or 13 where finance has a supplementary period."),
    "settlement_invoices": N_("Talk to finance first: sales to others may bear VAT."),
    "settlement_confirmed": N_("What is not confirmed waits; what is complained of always does."),
    "levy_ore": N_("1.210 kr. and 160 kg are 193,60 kr. 0: no levy."),
    "levy_categories": N_(
        "Categories or groups between semicolons, each with a rate and its first year where it has"
        " them: Kontorstol 2026 = 1.210; Borde = 900; Opbevaring. Empty: all, by the rate above."
    ),
    "shadow_prices": N_(
        "From each year on; values net avoided CO₂e, by itself and never added to savings. Empty:"
        " not told."
    ),
    "waste_fee_ore": N_("0 as a rule: waste is postponed, not avoided."),
}
