"""What keeps mail from a server is said in words, and no mail is lost by it."""

import pytest
from sqlalchemy import select, update

from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.services import messages, parameters
from moebelcirkel.services.context import Context
from moebelcirkel.services.messages import mailing
from moebelcirkel.storage.tables.messages import Message
from moebelcirkel.storage.tables.parameters import ParameterRow
from tests import trade
from tests.services import ordering
from tests.services.posting import Post, free_port, mailed, served
from tests.world import World


@pytest.mark.parametrize(
    ("user", "password", "said"),
    [
        ("moebler", "x", "takes no log-in"),
        ("moebler", "blåbærgrød", "a to z"),
        ("møbler", "x", "a to z"),
    ],
)
def test_a_log_in_that_cannot_be_sent_is_said(
    world: World, monkeypatch: pytest.MonkeyPatch, user: str, password: str, said: str
) -> None:
    monkeypatch.setenv(mailing.PASSWORD_VARIABLE, password)
    with served(Post()) as port:
        own = mailed(world, port, mail_user=user)
        with pytest.raises(Refused, match=said):
            messages.try_out(world.person("admin"))
        assert messages.post(own, "a").failed == ""  # nothing waits


@pytest.mark.parametrize(
    "host",
    ["mail..kommune.dk", "x" * 64 + ".dk", "møbler.dk", "http://mail.dk", "a b", "mail.dk:25"],
)
def test_what_is_no_name_of_a_server_is_refused_and_does_not_end_a_round(
    world: World, employee: Context, host: str
) -> None:
    own = mailed(world, free_port())
    with pytest.raises(Invalid) as refused:
        parameters.save(world.person("admin"), {"mail_host": host})
    assert "smtp.kommune.dk" in refused.value.errors["mail_host"].message
    with world.context.database.write() as session:  # as it was saved before
        session.execute(
            update(ParameterRow).where(ParameterRow.key == "mail_host").values(value=host)
        )
    ordering.send(employee, world)
    assert messages.post(own, "a").failed
    assert set(trade.rows(world.context, select(Message.mail))) == {"waiting"}
