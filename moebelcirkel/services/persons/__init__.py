"""What the database holds of a person: printed for them, and erased when its time has come."""

from moebelcirkel.services.persons.again import erase_again, is_due
from moebelcirkel.services.persons.anonymising import anonymise
from moebelcirkel.services.persons.pictures import SentPicture, sent_pictures
from moebelcirkel.services.persons.retention import (
    KIND_NAMES,
    Old,
    TooOld,
    announce,
    retain,
    too_old,
)
from moebelcirkel.services.persons.told import id_of, paper, paper_of_name
