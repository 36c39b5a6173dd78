"""What is kept how long, and the pictures that people sent in."""

from moebelcirkel.ui.pages.settings.persons.pictures import PicturesSection
from moebelcirkel.ui.pages.settings.persons.retention import RetentionSection
