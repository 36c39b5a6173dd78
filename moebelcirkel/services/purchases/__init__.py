"""Before buying new: what is there of each line of a plan, plans that are kept, and the funnel."""

from moebelcirkel.services.purchases.files import read_file
from moebelcirkel.services.purchases.gathering import SetForm, SetTaken, gather
from moebelcirkel.services.purchases.looking import (
    Beside,
    KeptPlan,
    Looked,
    PurchasePlan,
    kept,
    look,
)
from moebelcirkel.services.purchases.planning import (
    Answered,
    AnswerForm,
    PlanKept,
    answer,
    drop,
    keep,
    reopen,
)
from moebelcirkel.services.purchases.sums import Funnel, funnel, plans
from moebelcirkel.storage.queries.purchases import KeptLine, PlanRow
