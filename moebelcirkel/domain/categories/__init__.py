"""Which category a name points to, so that a form or an import can suggest one."""

from moebelcirkel.domain.categories.register import (
    PART,
    CategoryWords,
    ReferenceCategory,
    guess_category,
    split_keywords,
)
