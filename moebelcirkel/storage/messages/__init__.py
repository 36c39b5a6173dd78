"""Messages to people, written in the same transaction as the change that they tell of."""

from moebelcirkel.storage.messages.erasing import erase
from moebelcirkel.storage.messages.telling import tell
from moebelcirkel.storage.messages.writing import write
from moebelcirkel.storage.work import TELLING

TELLING.append(tell)
