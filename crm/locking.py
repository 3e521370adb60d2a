"""One sync of an account at a time, by a lock of the store's that the system takes away when its holder dies."""

from collections.abc import Iterator
from contextlib import contextmanager

from crm.errors import AccountBusy
from db.store import Store


@contextmanager
def account_lock(store: Store, account: str, timeout: float) -> Iterator[None]:
    """Holds the account's lock; waits `timeout` seconds for another sync, then raises AccountBusy.

    Raises StoreErrors where the store's folder takes no lock.
    """
    with store.lock(f"account {account}", timeout) as held:
        if not held:
            raise AccountBusy(account)
        yield
