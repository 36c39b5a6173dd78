"""What is kept how long."""

from moebelcirkel.ui.pages.settings.persons.retention import RetentionSection
