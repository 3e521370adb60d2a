"""Mailboxes that are fetched: their settings and folders, and what a fetch did."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A mailbox and how its last sync went; never its secret. `token`: how its tokens are got, None without."""

    name: str
    host: str | None
    port: int | None
    user: str | None
    security: str | None
    folders: tuple[str, ...]
    sent_folder: str | None
    last_sync: datetime | None
    state: str
    problem: dict[str, str] | None
    auth: str = "password"
    token: str | None = None
    personal: bool = False
    since: date | None = None


@dataclass(frozen=True, slots=True)
class FolderRow:
    """A folder of a mailbox: mails that stand in it, those that are gone from it, and when it was last in step.

    One more than `COUNTED` stands for more than that.
    """

    name: str
    messages: int
    gone: int
    last_sync: datetime | None


@dataclass(frozen=True, slots=True)
class MailboxView:
    """A mailbox's page: its settings and state, its folders by name."""

    account: AccountRow
    folders: tuple[FolderRow, ...]


@dataclass(frozen=True, slots=True)
class RemovedAccount:
    """An account whose settings are gone; `messages`: the mails that stay, `token_removed`: it had a token file."""

    name: str
    messages: int
    token_removed: bool


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who signed in for an account (foreign text, None where the service does not say) and until when that lasts."""

    name: str
    user: str | None
    until: datetime


@dataclass(frozen=True, slots=True)
class SyncRow:
    """What a sync or an import did in one folder."""

    account: str
    folder: str
    new: int
    known: int
    gone: int
    quarantined: int
    seconds: float
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoreSummary:
    """What every view shows: how much there is, when it was last fetched, and what kept that from going well.

    `problem` names the account and the error as the account has it noted.
    """

    accounts: int
    messages: int
    proposed: int
    quarantined: int
    last_sync: datetime | None
    problem: dict[str, str] | None = None
