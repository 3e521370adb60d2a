"""Builds what the use cases need: an open store with its facts in it, and who we are. Nothing else builds."""

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from crm.direction import Own
from crm.settings import Settings
from crm.shipped import lack_internal_days, lacks_shipped
from db.engine import CACHE
from db.schema import Account, Municipality
from db.store import LOCK_TIMEOUT
from db.store import Store as Store  # noqa: PLC0414 (what commands name when they hold one)
from db.store import open_store as open_db

SCREEN_CACHE = 4_000
"""Kilobytes that each connection of a screen keeps of the store: it has one for every thread, and the system keeps the file."""


def open_store(
    url: str, *, read_only: bool = False, lock_timeout: float = LOCK_TIMEOUT, cache: int = CACHE
) -> Store:
    """An open store, with municipalities and plans in it. A new SQLite file is made and filled.

    Raises `db.errors.StoreError` of the kind that fits.
    """
    store = open_db(url, read_only=read_only, lock_timeout=lock_timeout, cache=cache)
    if not read_only:
        fill(store)
        _prepare_reports(store)
    return store


def upgrade_store(url: str, *, lock_timeout: float = LOCK_TIMEOUT) -> str | None:
    """Brings a store to this version and gives its revision; makes a SQLite file that is missing."""
    store = open_db(url, lock_timeout=lock_timeout, upgrade=True)
    try:
        fill(store)
        return store.version()
    finally:
        store.close()


def own_of(session: Session, settings: Settings) -> Own:
    """Who we are: what settings say, else the domains of the accounts' users."""
    names = settings.own_names()
    if names:
        return Own.of(names)
    users = session.scalars(select(Account.user).where(Account.user.is_not(None)))
    return Own.of(user.rpartition("@")[2] for user in users if user and "@" in user)


def fill(store: Store) -> None:
    """Facts that come with the program: written when they are missing, which is seen without a write lock."""
    with store.read() as session:
        if not lacks_shipped(session):
            return
    from crm.plan_revisions import add_shipped

    with store.write() as session:
        _add_municipalities(session)
        add_shipped(session)


def _prepare_reports(store: Store) -> None:
    """The internal days before reports of the government, where a plan has just brought one."""
    with store.read() as session:
        if not lack_internal_days(session):
            return
    from crm.report_duties import keep_internal_days

    with store.write() as session:
        keep_internal_days(session)


def _add_municipalities(session: Session) -> None:
    from nlp.municipalities.gazetteer import municipalities

    known = set(session.scalars(select(Municipality.code)))
    rows = [
        {"code": place.code, "name": place.name, "county_code": place.county_code, "county": place.county}
        for place in municipalities()
        if place.code not in known
    ]
    if rows:
        session.execute(insert(Municipality), rows)
