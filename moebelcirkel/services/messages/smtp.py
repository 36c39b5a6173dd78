"""One mail server: reached, logged in at, and given letters; whatever it does is said in words.

What speaks to it is loaded with the first letter: most PCs never send one.
"""

from __future__ import annotations

import binascii
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moebelcirkel.domain.errors import N_

if TYPE_CHECKING:
    import smtplib
    import ssl
    from email.message import EmailMessage

#: No server is waited for longer.
SECONDS = 20.0
#: In which a password is given.
_WAYS = frozenset({"CRAM-MD5", "PLAIN", "LOGIN"})

UNREACHABLE = N_("The mail server {server} does not answer.")
CERTIFICATE = N_("The certificate of the mail server {server} is not valid for it.")
NO_TLS = N_("The mail server {server} offers no encryption.")
LOG_IN = N_("The mail server {server} refused the log-in.")
NO_LOG_IN = N_("The mail server {server} takes no log-in with a password.")
LETTERS = N_(
    "The log-in at the mail server {server} may only have letters a to z, digits and signs."
)
SENDER = N_("The mail server {server} refused the sender's address.")
ADDRESS = N_("The mail server {server} refused a recipient's address.")
LATER = N_("The mail server {server} asked to be tried later.")
LETTER = N_("The mail server {server} refused a mail.")


@dataclass(frozen=True, slots=True)
class Server:
    """How the server is reached, and who the mail is from."""

    host: str
    port: int
    tls: bool
    starttls: bool
    user: str
    password: str
    sender: str
    name: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail; ``key`` makes its id, the same however often it is tried."""

    key: str
    to: str
    subject: str
    text: str


class NotSent(Exception):  # noqa: N818 - an answer to who sends
    """Why it was not: ``said`` is an English msgid; ``final`` is never tried again.

    ``whole`` says that the server takes no mail at all just now.
    """

    def __init__(self, said: str, *, whole: bool = True, final: bool = False) -> None:
        super().__init__(said)
        self.said, self.whole, self.final = said, whole, final


@contextlib.contextmanager
def connected(server: Server) -> Iterator[smtplib.SMTP]:
    """A server that took the log-in; what goes wrong on the way is a ``NotSent``."""
    import smtplib
    import ssl

    client: smtplib.SMTP | None = None
    try:
        client = _open(server)
        yield client
    except ssl.SSLCertVerificationError as error:
        raise NotSent(CERTIFICATE) from error
    except smtplib.SMTPAuthenticationError as error:
        raise NotSent(LOG_IN) from error
    except smtplib.SMTPNotSupportedError as error:
        raise NotSent(NO_TLS) from error
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(UNREACHABLE) from error
    finally:
        if client is not None:
            client.close()


def _open(server: Server) -> smtplib.SMTP:
    import ssl

    safe = ssl.create_default_context()
    try:
        client = _reached(server, safe)
    except UnicodeError as error:  # no name that is looked up
        raise NotSent(UNREACHABLE) from error
    try:
        if server.starttls and not server.tls:
            client.starttls(context=safe)
        # A server that sends this PC away says nothing about any letter.
        client.ehlo_or_helo_if_needed()
        if server.user:
            _log_in(client, server)
    except BaseException:  # also where the program is stopped: nobody else has it to close
        client.close()
        raise
    return client


def _reached(server: Server, safe: ssl.SSLContext) -> smtplib.SMTP:
    import smtplib

    if server.tls:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=safe)
    return smtplib.SMTP(server.host, server.port, timeout=SECONDS)


def _log_in(client: smtplib.SMTP, server: Server) -> None:
    if not (server.user.isascii() and server.password.isascii()):
        raise NotSent(LETTERS)
    if _WAYS.isdisjoint(client.esmtp_features.get("auth", "").upper().split()):
        raise NotSent(NO_LOG_IN)
    try:
        client.login(server.user, server.password)
    except binascii.Error as error:  # its question makes no sense
        raise NotSent(LOG_IN) from error


def send(client: smtplib.SMTP, server: Server, letter: Letter) -> None:
    """Give the server one letter."""
    import smtplib

    if not server.sender.isascii():
        raise NotSent(SENDER)
    try:
        client.send_message(written(server, letter))
    except smtplib.SMTPSenderRefused as error:
        raise NotSent(SENDER) from error
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _words in error.recipients.values()]
        final = all(code >= 500 for code in codes)
        raise NotSent(ADDRESS if final else LATER, whole=False, final=final) from error
    except smtplib.SMTPResponseException as error:
        final = error.smtp_code >= 500
        raise NotSent(LETTER if final else LATER, whole=False, final=final) from error


def written(server: Server, letter: Letter) -> EmailMessage:
    """The letter as it goes out: plain text, and its head's lines are the program's own."""
    from email.message import EmailMessage
    from email.utils import format_datetime, formataddr, localtime

    message = EmailMessage()
    message["From"] = formataddr((server.name, server.sender))
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(localtime())
    message["Message-ID"] = f"<{letter.key}@{server.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(f"{letter.text}\n\n-- \n{server.name}\n", cte="base64")
    return message
