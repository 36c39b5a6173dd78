"""Institutions: the register, what keeps one from being closed, and two that become one."""

from moebelcirkel.services.institutions.merging import (
    InstitutionMerge,
    InstitutionMerged,
    merge,
    preview,
)
from moebelcirkel.services.institutions.register import (
    CostBearerForm,
    InstitutionDetail,
    InstitutionForm,
    InstitutionSaved,
    choices,
    delete,
    find,
    get,
    limit,
    save,
)
from moebelcirkel.storage.queries.institutions import InstitutionChoice, InstitutionRow
