"""People: what a login looks like, which passwords are good enough, the wait after errors."""

from moebelcirkel.domain.users.logins import (
    LOGIN_LENGTH,
    OF_A_LOGIN,
    OF_A_NAME,
    OF_A_STATION,
    PASSWORD_LEAST,
    Patience,
    checked_grants,
    good_password,
    login_name,
    normal_password,
    plain_login,
    wait_after,
)
