"""What a message tells of, the municipality's text of it, and how that text is filled.

A text has placeholders in braces, each filled with plain words: nothing that stands in a name or a
reason is ever read as a placeholder, as markup, or as a line of a mail's head.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from moebelcirkel.domain.errors import N_, Refused

MOST_SUBJECT = 200
MOST_TEXT = 4_000
#: What a municipality writes itself; what it is filled with needs room too.
MOST_OWN_TEXT = 2_000
#: What one value may fill: a longer one would leave no room for the rest.
_MOST_VALUE = 600
_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
_BRACE = re.compile(r"[{}]")
# All that could end a line or hide what follows, for screens and for mail alike.
_CONTROL = re.compile("[\0-\x1f\x7f-\x9f\xad\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]+")


class Cause(StrEnum):
    """What happened that somebody is told of; the value is what the database keeps."""

    ORDER_SENT = "order_sent"
    ORDER_WAITS = "order_waits"
    ORDER_APPROVED = "order_approved"
    ORDER_REFUSED = "order_refused"
    ORDER_CANCELLED = "order_cancelled"
    ORDER_READY = "order_ready"
    ORDER_DELIVERED = "order_delivered"
    ORDER_REMINDER = "order_reminder"
    WANT_FOUND = "want_found"
    WANT_ENDING = "want_ending"
    PICKUP_ACCEPTED = "pickup_accepted"
    PICKUP_QUESTION = "pickup_question"
    PICKUP_PLANNED = "pickup_planned"
    PICKUP_REFUSED = "pickup_refused"
    PICKUP_HOME = "pickup_home"
    LOAN_DUE = "loan_due"
    LOAN_LATE = "loan_late"
    RETENTION_DUE = "retention_due"
    ORDER_MOVED = "order_moved"
    LOAN_KEPT = "loan_kept"
    LOAN_LOST = "loan_lost"
    COMPLAINT_REFUSED = "complaint_refused"
    COMPLAINT_PRICE = "complaint_price"
    COMPLAINT_RETURN = "complaint_return"
    COMPLAINT_REPAIR = "complaint_repair"
    COMPLAINT_MENDED = "complaint_mended"
    CEILING_PASSED = "ceiling_passed"
    ORDER_ADAPTED = "order_adapted"
    REPAIR_PRICED = "repair_priced"
    REPAIR_GIVEN_UP = "repair_given_up"
    ADAPTATION_GIVEN_UP = "adaptation_given_up"
    UNDONE = "undone"


class Mail(StrEnum):
    """How it is with the mail of a message; the message itself stands in the program always."""

    KEPT = "kept"
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Template:
    """A text as it comes with the program; ``title`` is an English msgid of what it tells of."""

    title: str
    subject: str
    text: str
    names: tuple[str, ...]


#: What every text may name.
_ALWAYS = ("navn", "kommune", "møbelbørs")
_ORDER = ("ordre", "institution", "beløb", "gebyr", "antal", "møbler")
_WANT = ("efterlysning", "institution", "antal", "møbler", "dato")
_LOAN = (*_ORDER, "dato")
_COMPLAINT = ("reklamation", "ordre", "institution", "antal", "møbler")
_PICKUP = ("indmelding", "giver", "antal", "møbler")

TEXTS: Mapping[Cause, Template] = {
    Cause.ORDER_SENT: Template(
        N_("Order sent"),
        "Din bestilling {ordre} er sendt",
        "Vi har modtaget bestilling {ordre}: {møbler} for {beløb} til {institution}.\n{gebyr}",
        _ORDER,
    ),
    Cause.ORDER_WAITS: Template(
        N_("Order waits for approval"),
        "{ordre} venter på din godkendelse",
        "{hvem} har bestilt {møbler} for {beløb} til {institution}.\n"
        "Bestillingen venter på, at du godkender eller afviser den.\n{gebyr}",
        (*_ORDER, "hvem"),
    ),
    Cause.ORDER_APPROVED: Template(
        N_("Order approved"),
        "{ordre} er godkendt",
        "{hvem} har godkendt din bestilling {ordre}: {møbler} for {beløb} til {institution}.\n"
        "{gebyr}",
        (*_ORDER, "hvem"),
    ),
    Cause.ORDER_REFUSED: Template(
        N_("Order refused"),
        "{ordre} er afvist",
        "{hvem} har afvist din bestilling {ordre} til {institution}.\nBegrundelse: {grund}",
        (*_ORDER, "hvem", "grund"),
    ),
    Cause.ORDER_CANCELLED: Template(
        N_("Order cancelled by someone else"),
        "{ordre} er annulleret",
        "{hvem} har annulleret {møbler} i din bestilling {ordre} til {institution}.\n{grund}",
        (*_ORDER, "hvem", "grund"),
    ),
    Cause.ORDER_READY: Template(
        N_("Furniture ready for delivery"),
        "Møbler fra {ordre} er klar",
        "{møbler} fra din bestilling {ordre} til {institution} er pakket og klar til "
        "levering.\nFølgeseddel: {følgeseddel}",
        (*_ORDER, "følgeseddel"),
    ),
    Cause.ORDER_ADAPTED: Template(
        N_("Furniture adapted as ordered"),
        "Møbler fra {ordre} er tilpasset",
        "Værkstedet er færdigt med {møbler} fra din bestilling {ordre} til {institution}. De "
        "leveres som aftalt.",
        _ORDER,
    ),
    Cause.ORDER_DELIVERED: Template(
        N_("Furniture delivered"),
        "Møbler fra {ordre} er leveret",
        "{møbler} fra din bestilling {ordre} er leveret til {institution}.\n"
        "Følgeseddel: {følgeseddel}",
        (*_ORDER, "følgeseddel"),
    ),
    Cause.ORDER_REMINDER: Template(
        N_("Reminder of an approval"),
        "Husk: {ordre} venter stadig på din godkendelse",
        "Bestilling {ordre} til {institution} på {beløb} har ventet siden {dato}. Møblerne er "
        "reserveret, så længe den venter.\n{gebyr}",
        (*_ORDER, "dato"),
    ),
    Cause.WANT_FOUND: Template(
        N_("Wanted furniture found"),
        "Vi har fundet noget til efterlysning {efterlysning}",
        "{møbler} til {institution} holdes til jer til og med {dato}. Bestil dem inden da, "
        "ellers går de videre til den næste.",
        _WANT,
    ),
    Cause.WANT_ENDING: Template(
        N_("Held furniture is soon let go"),
        "Snart slut: møbler til efterlysning {efterlysning}",
        "{møbler} holdes kun til jer til og med {dato}. Bestil dem, hvis {institution} "
        "stadig skal bruge dem.",
        _WANT,
    ),
    Cause.PICKUP_ACCEPTED: Template(
        N_("Reported furniture accepted"),
        "Vi henter jeres møbler: {indmelding}",
        "Lageret har sagt ja til {indmelding} fra {giver}: {møbler}. I hører fra os, når "
        "dagen er valgt.",
        _PICKUP,
    ),
    Cause.PICKUP_QUESTION: Template(
        N_("Question about reported furniture"),
        "Spørgsmål til {indmelding}",
        "Lageret vil vide: {spørgsmål}\nSvar på indmeldingen, så kan den behandles.",
        (*_PICKUP, "spørgsmål"),
    ),
    Cause.PICKUP_PLANNED: Template(
        N_("Pickup planned"),
        "{indmelding} hentes den {dato}",
        "{møbler} fra {giver} hentes den {dato}.",
        (*_PICKUP, "dato"),
    ),
    Cause.PICKUP_REFUSED: Template(
        N_("Reported furniture turned down"),
        "{indmelding} er afvist",
        "Lageret kan ikke tage imod {indmelding} fra {giver}.\nBegrundelse: {grund}",
        (*_PICKUP, "grund"),
    ),
    Cause.PICKUP_HOME: Template(
        N_("Handed-in furniture found a home"),
        "Jeres møbler har fået et nyt hjem",
        "{møbler} fra {indmelding} står nu hos {institution}. Tak for dem!",
        (*_PICKUP, "institution"),
    ),
    Cause.LOAN_DUE: Template(
        N_("Loan soon to be returned"),
        "Husk: lånet {ordre} skal tilbage senest den {dato}",
        "{institution} har {møbler} til låns på bestilling {ordre}. De skal tilbage senest den "
        "{dato}. Skal I bruge dem længere, så aftal det med {møbelbørs} inden da.",
        _LOAN,
    ),
    Cause.LOAN_LATE: Template(
        N_("Loan overdue"),
        "Lånet {ordre} skulle være tilbage den {dato}",
        "{institution} har stadig {møbler} til låns på bestilling {ordre}. De skulle være tilbage "
        "den {dato}. Aftal med {møbelbørs}, hvornår de kommer.",
        _LOAN,
    ),
    Cause.RETENTION_DUE: Template(
        N_("Too old to be kept"),
        "For gammelt til at blive gemt: {antal}",
        "Efter kommunens egne frister er der noget, der skal slettes: {antal} i alt, det ældste "
        "fra {dato}. Listen står under Indstillinger → Sletning. Intet slettes af sig selv: det "
        "sker, når en administrator har set listen og siger til.",
        ("antal", "dato"),
    ),
    Cause.ORDER_MOVED: Template(
        N_("Another week than promised"),
        "{ordre} kommer i uge {uge}",
        "{møbler} fra din bestilling {ordre} til {institution} kommer den {dato} i uge {uge}. "
        "Før var det uge {før}.",
        (*_ORDER, "dato", "uge", "før"),
    ),
    Cause.LOAN_KEPT: Template(
        N_("What was on loan is kept"),
        "Lånet {lån} er nu bestilling {ordre}",
        "{institution} beholder {møbler} fra lånet {lån}. De er bestilling {ordre} på {beløb}, og "
        "dagsprisen er stoppet.",
        (*_ORDER, "lån"),
    ),
    Cause.LOAN_LOST: Template(
        N_("What was on loan is lost"),
        "Bortkommet fra lånet {ordre}: {møbler}",
        "{møbler}, som {institution} har lånt på bestilling {ordre}, er meldt bortkommet, og "
        "dagsprisen er stoppet. Dukker de op, så sig det til {møbelbørs}.",
        _ORDER,
    ),
    Cause.COMPLAINT_REFUSED: Template(
        N_("Complaint turned down"),
        "Reklamation {reklamation} er afvist",
        "Lageret har afvist reklamation {reklamation} over {møbler} fra {ordre} til "
        "{institution}.\nBegrundelse: {grund}",
        (*_COMPLAINT, "grund"),
    ),
    Cause.COMPLAINT_PRICE: Template(
        N_("Complaint gives a lower price"),
        "Reklamation {reklamation}: ny pris",
        "{møbler} fra {ordre} koster nu {beløb} pr. møbel på grund af reklamation {reklamation}. "
        "Forskellen tilbageføres til {institution} med næste afregning.",
        (*_COMPLAINT, "beløb"),
    ),
    Cause.COMPLAINT_RETURN: Template(
        N_("What was complained of may come back"),
        "Reklamation {reklamation}: vi tager møblerne retur",
        "{møbler} fra {ordre} tages retur efter reklamation {reklamation}. {institution} får "
        "prisen tilbage, så snart de er på lageret.",
        _COMPLAINT,
    ),
    Cause.COMPLAINT_REPAIR: Template(
        N_("What was complained of is repaired"),
        "Reklamation {reklamation}: vi reparerer",
        "{møbler} fra {ordre} repareres efter reklamation {reklamation} og kommer tilbage til "
        "{institution} uden beregning.",
        _COMPLAINT,
    ),
    Cause.COMPLAINT_MENDED: Template(
        N_("What was complained of is whole again"),
        "Reklamation {reklamation}: repareret",
        "{møbler} fra {ordre} er repareret efter reklamation {reklamation} og kommer tilbage til "
        "{institution}.",
        _COMPLAINT,
    ),
    Cause.CEILING_PASSED: Template(
        N_("Budget ceiling already passed"),
        "{budgetloft} for {institution} er allerede brugt",
        "{hvem} har sat {budgetloft} for {institution} til {loft}. Der er allerede bestilt for "
        "{brugt}, det er {over} for meget.\nInstitutionen kan ikke bestille mere, som koster "
        "noget, før loftet er hævet eller noget er annulleret.",
        ("institution", "budgetloft", "loft", "brugt", "over", "hvem"),
    ),
    Cause.REPAIR_PRICED: Template(
        N_("Repair priced"),
        "Prisen på {indmelding} er klar: {beløb} pr. møbel",
        "Værkstedet kan reparere {møbler} fra {giver} for {beløb} pr. møbel. Intet hentes, før I "
        "har sagt ja til prisen.",
        (*_PICKUP, "beløb"),
    ),
    Cause.REPAIR_GIVEN_UP: Template(
        N_("Cannot be repaired after all"),
        "Kan alligevel ikke repareres: {møbler} fra {ordre}",
        "Værkstedet har måttet opgive at reparere {møbler} fra {ordre}.\nBegrundelse: {grund}\n"
        "Det, der ikke kan repareres, kommer tilbage til {institution}. Det koster ikke noget.",
        (*_ORDER, "grund"),
    ),
    Cause.ADAPTATION_GIVEN_UP: Template(
        N_("Cannot be adapted after all"),
        "Kan alligevel ikke tilpasses: {møbler} fra {ordre}",
        "Værkstedet har måttet opgive at tilpasse {møbler} fra din bestilling {ordre} til "
        "{institution}.\nBegrundelse: {grund}\nDet er trukket fra prisen: bestillingen koster nu "
        "{beløb} i alt, og det kommer, som det er. Vil I ikke have det sådan, så annullér, før "
        "det er plukket.",
        (*_ORDER, "grund"),
    ),
    Cause.UNDONE: Template(
        N_("Undone"),
        "Fortrudt: {emne}",
        "Det, vi skrev til dig, er fortrudt og gælder ikke længere: {emne}",
        ("emne",),
    ),
}


def subject_key(cause: Cause) -> str:
    """The setting with the subject of what people are told."""
    return f"subject_{cause.value}"


def body_key(cause: Cause) -> str:
    """The setting with the text of it."""
    return f"text_{cause.value}"


#: By setting what it tells of.
CAUSE_OF: Mapping[str, Cause] = {
    key: cause for cause in Cause for key in (subject_key(cause), body_key(cause))
}


def names_of(cause: Cause) -> tuple[str, ...]:
    """The placeholders that a text of this cause can have."""
    return (*TEXTS[cause].names, *_ALWAYS)


def check_template(cause: Cause, text: str) -> str:
    """The text, if each placeholder is known; else refused with those that there are."""
    known = names_of(cause)
    listed = ", ".join(f"{{{name}}}" for name in known)
    for name in _PLACEHOLDER.findall(text):
        if name not in known:
            raise Refused(
                N_("There is no placeholder {name} here. There are: {known}"),
                name=f"{{{name}}}",
                known=listed,
            )
    if _BRACE.search(_PLACEHOLDER.sub("", text)):
        raise Refused(
            N_("Braces only stand around a placeholder. There are: {known}"), known=listed
        )
    return text


def fill(template: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders filled; what has no value stays empty."""
    return _PLACEHOLDER.sub(lambda found: one_line(values.get(found[1], "")), template)


def one_line(text: str, most: int = _MOST_VALUE) -> str:
    """Words in one line, without signs that a screen or a mail would obey; cut where too long."""
    line = " ".join(_CONTROL.sub(" ", text).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
