"""Copies of a SQLite database, and putting one back; a shared database's server does this."""

from moebelcirkel.services.copies.dumping import dump_into
from moebelcirkel.services.copies.erasings import come_back, is_behind, remember
from moebelcirkel.services.copies.lists import (
    CopiesListing,
    Loss,
    Status,
    is_shared,
    listed,
    loss,
    newest_good,
    status,
    there,
)
from moebelcirkel.services.copies.restoring import Restored, moved_in, restore
from moebelcirkel.services.copies.taking import (
    before_import,
    forget_pictures,
    is_due,
    take,
    take_due,
    take_file,
)
from moebelcirkel.storage.copies.folder import Copy, Facts
