"""Accounts of test servers in a store, and what a sync of them has to come to."""

import hashlib
from collections import Counter
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from crm.accounts import NewAccount, add_account
from db.schema import Account, Folder, Location, Message, Raw
from db.store import Store
from tests.servers import MailServer
from tests.servers import _quoted as quoted


def put(store: Store, server: MailServer, home: Path, name: str = "post", **changes: Any) -> None:
    """An account of a server, its password in a file of its own."""
    file = home / f"{name}.secret"
    file.touch(0o600)
    file.write_text(changes.pop("password", server.password))
    where: dict[str, Any] = {"port": server.port, "security": "plain"}
    if server.tls_port is not None:
        where = {"port": server.tls_port, "ca_file": server.ca_file}
    given = {
        "name": name,
        "host": "localhost",
        "user": server.user,
        "secret": f"file:{file}",
        "folders": ("*",),
    }
    with store.write() as session:
        add_account(session, NewAccount(**{**given, **where, **changes}))


def state(store: Store, name: str = "post") -> tuple[str, str | None]:
    """An account's state, and the kind of its problem."""
    with store.read() as session:
        row = session.scalars(select(Account).where(Account.name == name)).one()
        return row.state, row.problem["kind"] if row.problem else None


def held(store: Store) -> Counter[str]:
    """The hash of every raw, and in how many places it stands now."""
    with store.read() as session:
        rows = session.execute(
            select(Raw.sha256, func.count(Location.id).label("places"))
            .join(Location, (Location.raw_id == Raw.id) & Location.gone.is_(False), isouter=True)
            .group_by(Raw.id)
        )
        return Counter({row.sha256: row.places for row in rows})


def raws_of(server: MailServer, folder: str) -> list[bytes]:
    """Every mail of a folder as the server gives it."""
    with server.arrange() as client:
        client.select(quoted(folder), readonly=True)
        _, data = client.uid("FETCH", "1:*", "(BODY.PEEK[])")
        return [part[1] for part in data if isinstance(part, tuple)]


def there(*raws: bytes) -> Counter[str]:
    """The same of what a server holds."""
    return Counter(hashlib.sha256(raw).hexdigest() for raw in raws)


def in_step(store: Store, server: MailServer, *folders: str) -> None:
    """What the server holds is what the store holds: nothing lost, nothing doubled, nothing that belongs nowhere."""
    raws = [raw for folder in folders for raw in raws_of(server, folder)]
    assert held(store) == there(*raws)
    with store.read() as session:
        orphans = (
            select(func.count()).select_from(Location).join(Folder, isouter=True).where(Folder.id.is_(None))
        )
        assert session.scalar(orphans) == 0
        received = session.scalar(select(func.count()).where(Message.kind == "received"))
        assert received in {0, len(set(raws))}
