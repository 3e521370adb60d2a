"""Accounts in both stores: added, changed, removed, and what of them stays."""

import json
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from crm import accounts
from crm.account_settings import NewAccount
from crm.accounts import (
    add_account,
    change_account,
    list_accounts,
    named_accounts,
    put_account,
    remove_account,
    secret_of,
    token_file,
)
from crm.errors import AccountRefused, AlreadyThere, NotFound
from db.schema import Account, Folder, Location
from db.store import Store
from ingest.errors import SecretMissing
from ingest.oauth import TokenSource
from ingest.oauth_cache import Token
from ingest.secrets import Secret
from tests.rows import raw

PASSWORD = NewAccount("brev", "imap.example", "brev@myndighet.example", "env:X", ca_file="/etc/ca.pem")
CLIENT = replace(PASSWORD, auth="xoauth2", flow="client", tenant="myndighet.example", client_id="2b0e-1")


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "data_dir", lambda: tmp_path / "data")


def added(store: Store, new: NewAccount = PASSWORD) -> None:
    with store.write() as session:
        add_account(session, new)


def changed(store: Store, **changes: Any) -> None:
    with store.write() as session:
        change_account(session, "brev", changes)


def row(store: Store, name: str = "brev") -> Account:
    with store.read() as session:
        return session.scalars(select(Account).where(Account.name == name)).one()


def fetched(store: Store, mails: int) -> None:
    """As after a sync: the mails stand in a folder, the first in another as well."""
    with store.write() as session:
        account = session.scalars(select(Account)).one()
        inbox = Folder(account_id=account.id, name="INBOX")
        other = Folder(account_id=account.id, name="Arkiv")
        session.add_all([inbox, other, *(raw(number, id=number) for number in range(1, mails + 1))])
        session.flush()
        places = [(inbox.id, number) for number in range(1, mails + 1)] + [(other.id, 1)]
        session.add_all(
            Location(folder_id=folder, uidvalidity=7, uid=number, raw_id=number) for folder, number in places
        )


def test_the_row_of_a_list(store: Store) -> None:
    added(store, replace(CLIENT, personal=True, folders=("Ärenden",), since=date(2026, 1, 1)))
    with store.read() as session:
        (listed,) = list_accounts(session)
    assert (listed.name, listed.auth, listed.token, listed.personal, listed.since) == (
        "brev",
        "xoauth2",
        "client",
        True,
        date(2026, 1, 1),
    )


def test_paths_hold_from_any_folder(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    added(store, replace(CLIENT, secret="file:a.key", certificate="a.pem", ca_file="~/ca.pem"))
    kept = row(store)
    assert (kept.secret, kept.ca_file) == (f"file:{tmp_path}/a.key", "~/ca.pem")
    assert kept.sign_in is not None
    assert kept.sign_in["certificate"] == f"{tmp_path}/a.pem"
    changed(store, ca_file="egen.pem")
    assert row(store).ca_file == f"{tmp_path}/egen.pem"


def test_a_name_is_taken_once(store: Store) -> None:
    added(store)
    with pytest.raises(AlreadyThere):
        added(store, replace(PASSWORD, host="annan.example"))
    assert row(store).host == "imap.example"


def test_one_setting_is_changed_and_the_others_stay(store: Store) -> None:
    added(store, CLIENT)
    changed(store, secret="file:/run/annan", tenant="annan.example")
    with_token = row(store)
    assert with_token.secret == "file:/run/annan"
    assert with_token.sign_in == {"flow": "client", "tenant": "annan.example", "client_id": "2b0e-1"}
    assert (with_token.host, with_token.ca_file) == ("imap.example", "/etc/ca.pem")


def test_what_does_not_go_together_changes_nothing(store: Store) -> None:
    added(store)
    with pytest.raises(AccountRefused):
        changed(store, personal=True)
    with pytest.raises(NotFound), store.write() as session:
        change_account(session, "annan", {"port": 1})
    assert row(store).personal is False


def test_back_from_a_token_to_a_password(store: Store) -> None:
    added(store, CLIENT)
    changed(store, auth="password", flow=None, tenant=None, client_id=None)
    assert row(store).sign_in is None
    assert token_file(row(store)) is None


def test_another_mailbox_is_another_account_once_mail_was_fetched(store: Store) -> None:
    added(store)
    changed(store, host="annan.example")
    fetched(store, 2)
    for change in ({"host": "tredje.example"}, {"user": "annan@myndighet.example"}):
        with pytest.raises(AccountRefused) as caught:
            changed(store, **change)
        assert caught.value.reason == "another-mailbox"
    changed(store, port=1993, host="annan.example")
    assert (row(store).host, row(store).port) == ("annan.example", 1993)


def test_removed_and_its_mail_stays(store: Store) -> None:
    added(store, CLIENT)
    fetched(store, 3)
    with store.write() as session:
        gone = remove_account(session, "brev")
    assert (gone.name, gone.messages, gone.token_removed) == ("brev", 3, False)
    former = row(store)
    assert (former.host, former.user) == ("imap.example", "brev@myndighet.example")
    assert (former.secret, former.sign_in, former.auth, former.ca_file) == (None, None, None, None)
    with store.read() as session:
        assert list_accounts(session) == []
        assert named_accounts(session, ()) == []
        assert len(session.scalars(select(Location)).all()) == 4
    with pytest.raises(NotFound), store.write() as session:
        remove_account(session, "brev")


def test_one_from_which_nothing_was_fetched_leaves_nothing(store: Store) -> None:
    added(store)
    with store.write() as session:
        assert remove_account(session, "brev").messages == 0
    with store.read() as session:
        assert session.scalars(select(Account)).all() == []


def test_the_same_mailbox_comes_back_where_it_was(store: Store) -> None:
    added(store)
    fetched(store, 1)
    before = row(store).id
    with store.write() as session:
        remove_account(session, "brev")
    with pytest.raises(AlreadyThere):
        added(store, replace(PASSWORD, user="annan@myndighet.example"))
    added(store, replace(PASSWORD, secret="env:NY"))
    assert (row(store).id, row(store).secret, row(store).kind) == (before, "env:NY", "imap")
    with store.read() as session:
        assert [one.name for one in list_accounts(session)] == ["brev"]


def test_a_token_belongs_to_its_settings(store: Store) -> None:
    added(store, CLIENT)
    kept = token_file(row(store))
    assert kept is not None
    kept.write(Token(Secret("abc"), time.time() + 3600))
    changed(store, port=1993)
    assert token_file(row(store)).path == kept.path  # type: ignore[union-attr]
    changed(store, client_id="annan-2")
    other = token_file(row(store))
    assert other is not None
    assert other.path != kept.path
    assert kept.read() is None


def test_a_removed_accounts_token_is_removed(store: Store) -> None:
    added(store, CLIENT)
    kept = token_file(row(store))
    assert kept is not None
    kept.write(Token(Secret("abc"), time.time() + 3600))
    with store.write() as session:
        assert remove_account(session, "brev").token_removed is True
    assert kept.read() is None


@pytest.mark.parametrize("name", ["brev", "../../etc", "Ärenden/Ånge", "x" * 200, "…"])
def test_a_token_file_is_named_after_the_account_and_stays_in_its_folder(
    store: Store, name: str, tmp_path: Path
) -> None:
    added(store, replace(CLIENT, name=name))
    kept = token_file(row(store, name))
    assert kept is not None
    assert kept.path.parent == tmp_path / "data" / "tokens"
    assert len(kept.path.name) < 80


def test_what_signs_in(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    added(store)
    monkeypatch.setenv("X", "hemligt")
    assert secret_of(row(store)) == Secret("hemligt")
    changed(store, secret="prompt")
    assert secret_of(row(store), lambda _reference: "skrivet") == Secret("skrivet")
    with pytest.raises(SecretMissing):
        secret_of(row(store))
    changed(store, auth="xoauth2", flow="client", tenant="t", client_id="c", secret="env:X")
    assert isinstance(secret_of(row(store)), TokenSource)
    changed(store, flow="device", secret=None)
    assert isinstance(secret_of(row(store)), TokenSource)


def test_nothing_secret_is_stored(store: Store) -> None:
    with store.write() as session:
        put_account(session, CLIENT)
    assert json.dumps(row(store).sign_in).count("env:") == 0
