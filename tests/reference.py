"""The reference categories as the program ships them."""

import csv

from moebelcirkel import paths
from moebelcirkel.domain.categories import ReferenceCategory, split_keywords


def categories() -> list[ReferenceCategory]:
    """Every line of ``db/reference/categories.csv``."""
    with paths.database_files("reference", "categories.csv").open(encoding="utf-8") as file:
        return [
            ReferenceCategory(
                row["key"],
                row["name_da"],
                row["name_en"],
                row["group_key"],
                row["group_da"],
                row["group_en"],
                int(row["sort"]),
                split_keywords(row["keywords"]),
            )
            for row in csv.DictReader(file, delimiter=";")
        ]
