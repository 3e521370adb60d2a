"""A whole sync of an account into a store: what happens to folders between two runs."""

from collections import Counter
from pathlib import Path

from sqlalchemy import select

from crm.accounts import NewAccount, add_account
from crm.bootstrap import open_store
from crm.rows.accounts import SyncRow
from crm.settings import load
from crm.syncing import sync
from db.schema import Folder, Location
from db.store import Store
from tests.mails import mail
from tests.servers import MailServer

LETTERS = tuple(mail(f"Brev {number}.", message_id=f"<{number}@x.example>") for number in range(4))


def synced(store: Store, url: str) -> list[SyncRow]:
    report = sync(store, load(database_url=url), read=False)
    assert report.errors == []
    return report.rows


def places(store: Store) -> Counter[tuple[str, bool]]:
    """How many places of each folder are there, and how many gone."""
    with store.read() as session:
        found = session.execute(
            select(Folder.name, Location.gone).join(Folder, Location.folder_id == Folder.id)
        )
        return Counter((row.name, row.gone) for row in found)


def account(server: MailServer, secret: Path) -> NewAccount:
    secret.write_text(server.password)
    secret.chmod(0o600)
    return NewAccount(
        name="registrator",
        host="localhost",
        port=server.port,
        user=server.user,
        secret=f"file:{secret}",
        security="plain",
        folders=("*",),
    )


def test_folders_renamed_and_deleted_under_a_wildcard(
    pymap: MailServer, sqlite_url: str, tmp_path: Path
) -> None:
    pymap.create("Ärende", "Skräp")
    pymap.append("INBOX", LETTERS[0])
    pymap.append("Ärende", LETTERS[1], LETTERS[2])
    pymap.append("Skräp", LETTERS[3])
    with open_store(sqlite_url) as store:
        with store.write() as session:
            add_account(session, account(pymap, tmp_path / "secret"))
        synced(store, sqlite_url)
        with pymap.arrange() as client:
            client.rename('"&AMQ-rende"', '"Arkiv"')
            client.delete('"Skr&AOQ-p"')
        rows = {row.folder: (row.new, row.known, row.gone, row.problems) for row in synced(store, sqlite_url)}
        assert rows["Arkiv"] == (0, 2, 0, ())
        assert (rows["Ärende"], rows["Skräp"]) == ((0, 0, 2, ()), (0, 0, 1, ()))
        assert places(store) == {
            ("INBOX", False): 1,
            ("Arkiv", False): 2,
            ("Ärende", True): 2,
            ("Skräp", True): 1,
        }
        assert {row.gone for row in synced(store, sqlite_url)} == {0}
