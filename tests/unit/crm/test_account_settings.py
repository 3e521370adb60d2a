"""Which settings of an account go together, and that they come out of the store as they went in."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from crm.account_settings import NewAccount, check, settings_of, sign_in_of, write
from crm.errors import AccountRefused
from db.schema import Account
from ingest.errors import ArgumentRefused, PlainRefused

PASSWORD = NewAccount("brev", "imap.example", "brev@myndighet.example", "env:X")
CLIENT = replace(PASSWORD, auth="xoauth2", flow="client", tenant="myndighet.example", client_id="2b0e-1")
DEVICE = replace(CLIENT, flow="device", secret=None)
PERSONAL = replace(PASSWORD, personal=True, folders=("Ärenden/Ånge",), since=date(2026, 1, 1))
COMPLETE = replace(
    CLIENT,
    port=1993,
    security="starttls",
    ca_file="/etc/ca.pem",
    folders=("INBOX", "Arkiv*"),
    exclude=("Skräp",),
    since=date(2026, 1, 1),
    authority="https://login.example/",
    certificate="/etc/aterkom/app.pem",
    scope="https://outlook.office365.us/.default",
)


@pytest.mark.parametrize("new", [PASSWORD, CLIENT, DEVICE, PERSONAL, COMPLETE])
def test_settings_come_out_as_they_went_in(new: NewAccount) -> None:
    check(new)
    row = Account(name=new.name)
    write(row, new)
    assert settings_of(row) == new
    assert row.sign_in is None or "secret" not in row.sign_in


@pytest.mark.parametrize("kind", ["secret-missing", "env:", "hemligt", "vault:x", "prompt:x"])
def test_a_secret_is_a_reference(kind: str) -> None:
    if kind == "secret-missing":
        with pytest.raises(AccountRefused, match=kind):
            check(replace(PASSWORD, secret=None))
        return
    with pytest.raises(ArgumentRefused) as caught:
        check(replace(PASSWORD, secret=kind))
    assert "hemligt" not in str(caught.value)


@pytest.mark.parametrize(
    ("base", "changes", "reason"),
    [
        (CLIENT, {"secret": None}, "secret-missing"),
        (CLIENT, {"auth": "password"}, "token-mechanism"),
        (CLIENT, {"flow": None}, "token-missing"),
        (PASSWORD, {"login_as": "anna@myndighet.example"}, "token-missing"),
        (CLIENT, {"client_id": None}, "client-id"),
        (CLIENT, {"client_id": "två ord"}, "client-id"),
        (CLIENT, {"tenant": None}, "tenant"),
        (CLIENT, {"tenant": "../annan"}, "tenant"),
        (CLIENT, {"tenant": "common"}, "tenant"),
        (CLIENT, {"tenant": None, "authority": "https://login.example/"}, "tenant"),
        (CLIENT, {"authority": "http://login.example"}, "authority"),
        (CLIENT, {"authority": "login.example"}, "authority"),
        (CLIENT, {"authority": "https://anna:x@login.example"}, "authority"),
        (CLIENT, {"authority": "https://login.example/?x"}, "authority"),
        (CLIENT, {"authority": "https://login.example/a b"}, "authority"),
        (CLIENT, {"authority": "https://lögin.example"}, "authority"),
        (CLIENT, {"scope": 'a"b'}, "scope"),
        (CLIENT, {"scope": "två ord"}, "scope"),
        (CLIENT, {"login_as": "anna@myndighet.example"}, "login-as-of-client"),
        (DEVICE, {"secret": "env:X"}, "secret-of-device"),
        (DEVICE, {"certificate": "/etc/app.pem"}, "certificate-of-device"),
        (PASSWORD, {"port": 0}, "port"),
        (PASSWORD, {"port": 65536}, "port"),
        (PERSONAL, {"folders": ()}, "personal-folders"),
        (PERSONAL, {"folders": ("*",)}, "personal-folders"),
        (PERSONAL, {"folders": ("INBOX", "*/*")}, "personal-folders"),
        (PERSONAL, {"folders": (" **",)}, "personal-folders"),
        (PERSONAL, {"since": None}, "personal-since"),
    ],
)
def test_what_does_not_go_together(base: NewAccount, changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(AccountRefused) as caught:
        check(replace(base, **changes))
    assert (caught.value.reason, caught.value.exit_code) == (reason, 2)


@pytest.mark.parametrize("bad", ["a\r\nb", "a\nb", "a\0b", ""])
@pytest.mark.parametrize(
    "field", ["name", "host", "user", "ca_file", "login_as", "certificate", "folders", "exclude"]
)
def test_line_breaks_in_arguments(field: str, bad: str) -> None:
    value: Any = (bad,) if field in {"folders", "exclude"} else bad
    with pytest.raises(ArgumentRefused):
        check(replace(DEVICE, **{field: value}))


def test_plain_is_for_this_machine() -> None:
    with pytest.raises(PlainRefused):
        check(replace(PASSWORD, security="plain"))
    check(replace(PASSWORD, security="plain", host="localhost"))


def test_a_person_may_belong_to_any_tenant_and_an_authority_may_name_it() -> None:
    check(replace(DEVICE, tenant="organizations"))
    check(replace(CLIENT, tenant=None, authority="https://adfs.example/adfs"))


@pytest.mark.parametrize(
    ("new", "authority", "scope"),
    [
        (
            CLIENT,
            "https://login.microsoftonline.com/myndighet.example",
            "https://outlook.office365.com/.default",
        ),
        (
            DEVICE,
            "https://login.microsoftonline.com/myndighet.example",
            "https://outlook.office.com/IMAP.AccessAsUser.All",
        ),
        (COMPLETE, "https://login.example/myndighet.example", "https://outlook.office365.us/.default"),
        (
            replace(CLIENT, tenant=None, authority="https://adfs.example/adfs/"),
            "https://adfs.example/adfs",
            "https://outlook.office365.com/.default",
        ),
    ],
)
def test_what_a_token_is_asked_of_and_for(new: NewAccount, authority: str, scope: str) -> None:
    row = Account(name=new.name)
    write(row, new)
    made = sign_in_of(row)
    assert made is not None
    assert (made.account, made.authority, made.scope, made.client_id) == ("brev", authority, scope, "2b0e-1")


def test_a_password_has_no_token() -> None:
    row = Account(name="brev")
    write(row, PASSWORD)
    assert sign_in_of(row) is None
    assert row.sign_in is None


def test_the_port_follows_the_security_unless_it_was_named() -> None:
    row = Account(name="brev")
    write(row, PASSWORD)
    assert row.port == 993
    write(row, replace(settings_of(row), security="starttls"))
    assert row.port == 143
