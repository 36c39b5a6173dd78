"""What a user name and a password must be, said beside their fields before it is broken."""

from moebelcirkel.domain.users import LOGIN_LENGTH, PASSWORD_LEAST
from moebelcirkel.language import _


def login_rule() -> str:
    """The rule of user names."""
    text = _("From 2 to {most} letters, digits or . - _ @ + without spaces.")
    return text.format(most=LOGIN_LENGTH)


def password_rule() -> str:
    """The rule of passwords."""
    text = _("At least {least} characters. Three or four words together are good.")
    return text.format(least=PASSWORD_LEAST)
