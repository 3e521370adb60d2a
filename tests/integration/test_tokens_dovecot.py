"""Tokens against a real Dovecot that checks them by itself: what it takes, what it refuses, and one new try at most."""

import re
import time
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import ArgumentRefused, SignInRefused, TokenNotAccepted
from ingest.imap import ImapSource
from ingest.oauth import SignIn, TokenSource
from ingest.oauth_cache import Token, TokenFile
from ingest.secrets import Secret
from tests.authority import CLIENT_ID, TENANT, Authority
from tests.integration.commands import Machine
from tests.servers import Certificates, Dovecot, MailServer, access_token

pytestmark = pytest.mark.dovecot
MECHANISMS = ("xoauth2", "oauthbearer")


@pytest.fixture
def mailbox(dovecot: Dovecot) -> MailServer:
    """Named by an address, as tokens are."""
    dovecot.users += 1
    name = f"brevlada{dovecot.users}@myndighet.example"
    return MailServer(dovecot.port, name, "hemligt", dovecot.tls_port, dovecot.ca_file)


def entered(source: ImapSource) -> bool:
    with source as connection:
        return bool(connection.folders())


def attempts(dovecot: Dovecot, user: str) -> int:
    """How often somebody tried to sign in for `user` and was refused."""
    log = (dovecot.base / "log").read_text()
    return sum(map(int, re.findall(rf"auth failed, (\d+) attempts.*user=<{re.escape(user)}>", log)))


@pytest.mark.parametrize("auth", MECHANISMS)
def test_a_token_signs_in(mailbox: MailServer, auth: Any) -> None:
    assert entered(ImapSource(mailbox.config(auth=auth), Secret(access_token(mailbox.user))))


@pytest.mark.parametrize("auth", MECHANISMS)
def test_over_starttls_as_well(mailbox: MailServer, auth: Any) -> None:
    config = mailbox.config(auth=auth, security="starttls", port=mailbox.port)
    assert entered(ImapSource(config, Secret(access_token(mailbox.user))))


@pytest.mark.parametrize("auth", MECHANISMS)
@pytest.mark.parametrize(
    "claims",
    [
        {"exp": int(time.time()) - 60},
        {"nbf": int(time.time()) + 3600},
        {"aud": "ett annat program"},
        {"iss": "https://annan.example"},
        {"email": "annan@myndighet.example"},
    ],
    ids=["expired", "not yet", "audience", "issuer", "user"],
)
def test_tokens_that_are_refused(mailbox: MailServer, auth: Any, claims: dict[str, Any]) -> None:
    token = Secret(access_token(mailbox.user, **claims))
    with pytest.raises(TokenNotAccepted) as caught:
        entered(ImapSource(mailbox.config(auth=auth), token))
    assert caught.value.exit_code == 3
    assert token.reveal() not in str(caught.value)


@pytest.mark.parametrize("auth", MECHANISMS)
def test_garbage_is_refused(mailbox: MailServer, auth: Any) -> None:
    signed = access_token(mailbox.user)
    for garbage in ("skrap", signed[:-4], signed.rpartition(".")[0] + "."):
        with pytest.raises(SignInRefused):
            entered(ImapSource(mailbox.config(auth=auth), Secret(garbage)))


@pytest.mark.parametrize("auth", MECHANISMS)
def test_what_is_no_token_is_not_said(mailbox: MailServer, auth: Any) -> None:
    token = Secret(f"{access_token(mailbox.user)}\1user=annan@myndighet.example")
    with pytest.raises(ArgumentRefused) as caught:
        entered(ImapSource(mailbox.config(auth=auth), token))
    assert caught.value.reason == "token"


@pytest.fixture
def source(authority: Authority, mailbox: MailServer, tmp_path: Path) -> TokenSource:
    authority.mailbox = mailbox.user
    sign_in = SignIn("brev", "client", authority.address, CLIENT_ID, "s/.default")
    return TokenSource(sign_in, TokenFile(tmp_path / "tokens" / "brev.json"), Secret("klienthemlighet"))


@pytest.fixture
def file(tmp_path: Path) -> TokenFile:
    return TokenFile(tmp_path / "tokens" / "brev.json")


@pytest.mark.parametrize("auth", MECHANISMS)
def test_from_the_service_to_the_mailbox(
    authority: Authority, mailbox: MailServer, source: TokenSource, auth: Any
) -> None:
    for _ in range(2):
        assert entered(ImapSource(mailbox.config(auth=auth), source))
    assert authority.grants() == ["client_credentials"]


def test_a_kept_token_that_is_refused_is_renewed_once(
    authority: Authority, dovecot: Dovecot, mailbox: MailServer, source: TokenSource, file: TokenFile
) -> None:
    revoked = access_token(mailbox.user, aud="ett annat program")
    file.write(Token(Secret(revoked), time.time() + 3600))
    assert entered(ImapSource(mailbox.config(auth="xoauth2"), source))
    assert authority.grants() == ["client_credentials"]
    assert attempts(dovecot, mailbox.user) <= 1


def test_a_new_token_that_is_refused_is_the_end(
    authority: Authority, dovecot: Dovecot, mailbox: MailServer, source: TokenSource
) -> None:
    authority.mailbox = "annan@myndighet.example"
    with pytest.raises(SignInRefused):
        entered(ImapSource(mailbox.config(auth="xoauth2"), source))
    assert authority.grants() == ["client_credentials"]
    assert attempts(dovecot, mailbox.user) <= 1


def test_a_sync_with_tokens(
    authority: Authority, mailbox: MailServer, certificates: Certificates, machine: Machine
) -> None:
    authority.mailbox = mailbox.user
    mailbox.append("INBOX", b"Subject: a\r\n\r\na\r\n", b"Subject: b\r\n\r\nb\r\n")
    secret = machine.home / "klient.secret"
    secret.touch(0o600)
    secret.write_text("klienthemlighet")
    server = ("--host", "localhost", "--port", str(mailbox.tls_port), "--ca-file", certificates.ca_file)
    service = ("--authority", authority.url, "--tenant", TENANT, "--client-id", CLIENT_ID)
    tokens = ("--auth", "oauthbearer", "--token", "client", "--secret", f"file:{secret}")
    machine.more["REQUESTS_CA_BUNDLE"] = certificates.ca_file
    machine("account", "add", "brev", "--user", mailbox.user, *server, *tokens, *service)
    rows = machine("sync", "--no-read", "--json").rows
    assert {row["folder"]: row["new"] for row in rows}["INBOX"] == 2
    assert {row["new"] for row in machine("sync", "--no-read", "--json").rows} == {0}
    assert authority.grants() == ["client_credentials"]


def test_two_refusals_are_the_end(
    authority: Authority, mailbox: MailServer, source: TokenSource, file: TokenFile
) -> None:
    authority.mailbox = "annan@myndighet.example"
    file.write(Token(Secret(access_token("annan@myndighet.example")), time.time() + 3600))
    with pytest.raises(SignInRefused):
        entered(ImapSource(mailbox.config(auth="xoauth2"), source))
    assert authority.grants() == ["client_credentials"]
