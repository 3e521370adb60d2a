"""Mail out over a real server: TLS or nothing, one try to sign in, and who knows what was taken."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from crm.errors import SettingsInvalid
from crm.posting import LazyRelay
from crm.settings import Settings, load
from ingest.errors import (
    ArgumentRefused,
    IngestError,
    MailNotTaken,
    RecipientRefused,
    RelayPlainRefused,
    RelayTlsMissing,
    RelayTlsRefused,
    SenderRefused,
    ServerUnreachable,
    SignInRefused,
    TokenNotAccepted,
    Unanswered,
)
from ingest.imap_signin import Auth
from ingest.imap_wire import Security
from ingest.secrets import Secret
from ingest.smtp import Relay, RelayConfig
from tests.authority import CLIENT_ID, Authority
from tests.maildrop import PASSWORD, USER, MailDrop, maildrop
from tests.servers import Certificates

MAIL = b"Subject: x\r\n\r\n.punkt\r\n..tv\xc3\xa5\nslut\r\n"
TO = "anna@statenssc.se"


def config(
    port: int, ca_file: str | None, security: Security = "tls", user: str | None = USER
) -> RelayConfig:
    return RelayConfig("localhost", "statenssc.se", security, port, user, ca_file)


def given(relay: Relay, to: str = TO) -> int:
    """How often it was said that nothing but the end is left."""
    ends: list[int] = []
    relay.send(USER, to, MAIL, lambda: ends.append(1))
    return len(ends)


@pytest.mark.parametrize("security", ["tls", "starttls", "plain"])
def test_a_mail_arrives_byte_for_byte(certificates: Certificates, security: Security) -> None:
    with maildrop(certificates, security) as drop:
        user = None if security == "plain" else USER
        with Relay(config(drop.port, certificates.ca_file, security, user), Secret(PASSWORD)) as relay:
            assert given(relay) == given(relay, "bo@statenssc.se") == 1
    assert [to for to, _ in drop.mails] == [TO, "bo@statenssc.se"]
    assert drop.mails[0][1] == MAIL.replace(b"\xa5\n", b"\xa5\r\n")


def test_a_sign_in_is_tried_once(certificates: Certificates) -> None:
    with maildrop(certificates) as drop:
        with pytest.raises(SignInRefused) as caught:
            Relay(config(drop.port, certificates.ca_file), Secret("fel"))
        assert (drop.tries, caught.value.user) == (1, USER)
        assert "fel" not in str(caught.value) + repr(caught.value.__traceback__)


@pytest.mark.parametrize("auth", ["xoauth2", "oauthbearer"])
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_token_signs_in(certificates: Certificates, auth: Auth, security: Security) -> None:
    with maildrop(certificates, security) as drop:
        drop.token = "gott"
        asked = replace(config(drop.port, certificates.ca_file, security), auth=auth)
        with Relay(asked, Secret("gott")) as relay:
            assert given(relay) == 1
    assert (drop.tries, len(drop.mails)) == (1, 1)


@pytest.mark.parametrize("auth", ["xoauth2", "oauthbearer"])
def test_a_token_that_is_refused(certificates: Certificates, auth: Auth) -> None:
    with maildrop(certificates) as drop:
        drop.token = "gott"
        with pytest.raises(TokenNotAccepted) as caught:
            Relay(replace(config(drop.port, certificates.ca_file), auth=auth), Secret("gammalt"))
        assert (drop.tries, caught.value.exit_code) == (1, 3)
        assert "gammalt" not in str(caught.value)


def test_what_is_no_token_is_not_said(certificates: Certificates) -> None:
    with maildrop(certificates) as drop:
        with pytest.raises(ArgumentRefused):
            Relay(replace(config(drop.port, certificates.ca_file), auth="xoauth2"), Secret("a\1user=annan"))
        assert drop.tries == 0


@pytest.fixture
def posted(
    certificates: Certificates, authority: Authority, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[tuple[MailDrop, Settings]]:
    """A server that takes mail by token, and settings whose application gets tokens for it."""
    monkeypatch.setenv("KLIENT", "klienthemlighet")
    monkeypatch.setattr("crm.accounts.data_dir", lambda: tmp_path)
    authority.mailbox = USER
    with maildrop(certificates) as drop:
        yield (
            drop,
            load(
                smtp_host="localhost",
                smtp_port=drop.port,
                smtp_user=USER,
                smtp_auth="xoauth2",
                smtp_client_id=CLIENT_ID,
                smtp_authority=authority.address,
                smtp_secret="env:KLIENT",
                smtp_scope="s/.default",
                smtp_ca_file=certificates.ca_file,
                reminder_from=USER,
            ),
        )


def test_a_digest_goes_out_by_a_token_of_the_application(
    posted: tuple[MailDrop, Settings], authority: Authority
) -> None:
    drop, settings = posted
    drop.token = "gott"
    told = {"token_type": "Bearer", "access_token": "gott", "expires_in": 3600}
    authority.answers["client_credentials"] = [(200, told)]
    for _ in range(2):
        with closing(LazyRelay(settings)) as post:
            post.send(USER, TO, MAIL, lambda: None)
    assert len(drop.mails) == 2
    assert authority.grants() == ["client_credentials"]  # the token is kept


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({"smtp_auth": "password"}, "smtp_auth"),
        ({"smtp_authority": None}, "smtp_tenant"),
        ({"smtp_authority": "http://x.example/t"}, "smtp_authority"),
        ({"smtp_tenant": "common"}, "smtp_tenant"),
    ],
)
def test_settings_that_get_no_token(
    posted: tuple[MailDrop, Settings], said: dict[str, str | None], name: str
) -> None:
    with pytest.raises(SettingsInvalid) as caught:
        LazyRelay(posted[1].model_copy(update=said))
    assert caught.value.name == name


def test_one_refused_recipient_leaves_the_line_whole(certificates: Certificates) -> None:
    with (
        maildrop(certificates) as drop,
        Relay(config(drop.port, certificates.ca_file), Secret(PASSWORD)) as relay,
    ):
        drop.refused[TO] = "550 no such user"
        with pytest.raises(RecipientRefused, match="no such user"):
            given(relay)
        assert given(relay, "bo@statenssc.se") == 1


@pytest.mark.parametrize("answer", ["552 too much", "451 later"])
def test_a_mail_that_the_server_says_no_to_was_not_taken(certificates: Certificates, answer: str) -> None:
    with (
        maildrop(certificates) as drop,
        Relay(config(drop.port, certificates.ca_file), Secret(PASSWORD)) as relay,
    ):
        drop.at_end = answer
        with pytest.raises(MailNotTaken):
            given(relay)


def test_a_certificate_that_nobody_vouches_for(certificates: Certificates) -> None:
    with maildrop(certificates) as drop, pytest.raises(RelayTlsRefused):
        Relay(config(drop.port, certificates.stranger_ca_file), Secret(PASSWORD))
    assert drop.tries == 0


def test_starttls_that_is_not_offered(certificates: Certificates) -> None:
    with maildrop(certificates, "plain") as drop, pytest.raises(RelayTlsMissing):
        Relay(config(drop.port, certificates.ca_file, "starttls"), Secret(PASSWORD))
    assert drop.tries == 0


def test_without_encryption_to_this_machine_alone() -> None:
    with pytest.raises(RelayPlainRefused):
        Relay(RelayConfig("smtp.example", "statenssc.se", "plain"), None)


def test_nobody_there() -> None:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        with pytest.raises(ServerUnreachable):
            Relay(config(probe.getsockname()[1], None, "plain", None), None)


@contextmanager
def scripted(*answers: bytes | None) -> Iterator[int]:
    """A server that gives one answer a line, and hangs up at None or after the last."""

    def serve(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection, connection.makefile("rb") as lines:
            for answer in answers:
                if answer is None:
                    return
                connection.sendall(answer + b"\r\n")
                if answer.startswith(b"354"):
                    while lines.readline() not in {b".\r\n", b""}:
                        pass
                else:
                    lines.readline()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,), daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(10)


GREETED = (b"220 hej", b"250 hej", b"250 rset", b"250 mail", b"250 rcpt", b"354 go")


def test_a_line_that_is_cut_after_the_last_byte_leaves_everybody_in_doubt() -> None:
    ends: list[int] = []
    with (
        scripted(*GREETED, None) as port,
        Relay(config(port, None, "plain", None), None) as relay,
        pytest.raises(Unanswered),
    ):
        relay.send(USER, TO, MAIL, lambda: ends.append(1))
    assert ends == [1]


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ((*GREETED[:3], None), ServerUnreachable),
        ((*GREETED[:3], b"550 not you"), SenderRefused),
        ((*GREETED[:3], b"421 closing"), ServerUnreachable),
        ((*GREETED[:5], b"554 no"), MailNotTaken),
        ((*GREETED[:5], b"garbage"), IngestError),
    ],
)
def test_what_ends_before_the_last_byte_was_not_taken(
    answers: tuple[bytes | None, ...], error: type[IngestError]
) -> None:
    ends: list[int] = []
    with (
        scripted(*answers) as port,
        Relay(config(port, None, "plain", None), None) as relay,
        pytest.raises(error),
    ):
        relay.send(USER, TO, MAIL, lambda: ends.append(1))
    assert ends == []


@pytest.mark.parametrize("to", ["a@b.se\r\nDATA", "å@b.se"])
def test_an_address_that_is_none_reaches_no_server(certificates: Certificates, to: str) -> None:
    with (
        maildrop(certificates, "plain") as drop,
        Relay(config(drop.port, None, "plain", None), None) as relay,
        pytest.raises(IngestError),
    ):
        given(relay, to)
    assert drop.mails == []


def test_what_happens_before_the_end_may_stop_it(certificates: Certificates) -> None:
    """The note could not be written: the mail's last byte is never sent."""

    def full() -> None:
        raise OSError("no room")

    with (
        maildrop(certificates, "plain") as drop,
        Relay(config(drop.port, None, "plain", None), None) as relay,
        pytest.raises(OSError, match="no room"),
    ):
        relay.send(USER, TO, MAIL, full)
    assert drop.mails == []
