"""What `doctor` found, in words: a detail for every row, and a way out for every one that is not in order."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from tui import dates
from tui.cli.errors import text_of, text_of_noted
from tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from crm.doctor import Diagnosis


class Row(NamedTuple):
    """The contract's row; `remedy` is None where nothing has to be done."""

    check: str
    ok: bool
    detail: str
    remedy: str | None


# Detail and remedy by check and code, or by code alone.
_TEXTS: Final[dict[str, tuple[str, str]]] = {
    "version": (N_("{found}, at least {least}"), N_("Install {check} {least} or newer.")),
    "libraries": (
        N_("{count} libraries, as they were tested"),
        N_("Install Återkom again with its constraints.txt, in an environment of its own."),
    ),
    "libraries:wrong": (
        N_("Not as they were tested: {wrong}"),
        N_("Install Återkom again with its constraints.txt, in an environment of its own."),
    ),
    "not-installed": (N_("run from its source, nothing to compare with"), ""),
    "clock": (N_("{now}, {zone}"), ""),
    "early": (
        N_("The clock shows {now}, which cannot be."),
        N_("Set the clock: timedatectl set-ntp true"),
    ),
    "behind": (
        N_("The clock shows {now}, but the store has noted {noted}."),
        N_("Set the clock: timedatectl set-ntp true"),
    ),
    "terminal": (
        N_("characters: {encoding}"),
        N_("Set a UTF-8 locale, for example: export LANG=sv_SE.UTF-8"),
    ),
    "disk": (
        N_("{free} free in {folder}; the store has {size}, {needed} are needed"),
        N_("Make room in {folder}, or move the store and name it with database_url."),
    ),
    "disk:server": (N_("the store's disk is the database server's matter"), ""),
    "backup:server": (N_("PostgreSQL has its own backups; Återkom does not know of them"), ""),
    "store": (N_("{url}: revision {version}, mails: {mails} ({bytes} packed)"), ""),
    "damaged": (
        N_("{url}: problems: {problems}, the first: {first}"),
        N_("See all with: aterkom db check --full. Put a copy in its place with: aterkom db restore FILE"),
    ),
    "writable": (N_("{path} may be written"), ""),
    "writable:denied": (
        N_("{path} may be read but not written"),
        N_("Give who runs Återkom the right to write in it and its folder, on a disk that may be written."),
    ),
    "log": (
        N_("the store's log has {size}"),
        N_("A program holds the store open without end. End it, then run: aterkom db check"),
    ),
    "unread": (
        N_("mails that wait to be read: {count}, the oldest since {oldest}"),
        N_("Read them with: aterkom read"),
    ),
    "all-read": (N_("everything that was fetched is read"), ""),
    "quarantined": (N_("mails that could not be read: {count}; see: aterkom messages --quarantined"), ""),
    "none": (N_("every mail could be read"), ""),
    "never": (N_("no copy of the store was made yet"), N_("Make one with: aterkom db backup FILE")),
    "backup": (N_("{file}, age in days: {days}"), N_("Make a new one with: aterkom db backup FILE")),
    "elsewhere": (N_("{at}; it no longer lies at {file}"), ""),
    "private": (N_("{path}: its owner's alone ({mode})"), ""),
    "open": (N_("{path}: others may read or write it ({mode})"), N_("Close it with: chmod 600 {path}")),
    "foreign": (N_("{path} belongs to another user"), N_("Give it to who runs Återkom: chown USER {path}")),
    "folder": (
        N_("the folder {path} ({mode})"),
        N_("Others may put files in it. Close it with: chmod 700 {path}"),
    ),
    "missing": (
        N_("{path} is not there"),
        N_("Put the secret there with mode 600, or name another with: aterkom account set"),
    ),
    "no-file": (N_("none at {path}: everything has its default"), ""),
    "file": (N_("{path}, {count} settings"), ""),
    "unknown": (
        N_("{path}: nobody reads {name}"),
        N_("Take {name} out of the file; docs/administration.md lists what there is."),
    ),
    "unknown-near": (
        N_("{path}: nobody reads {name}"),
        N_("Write {near} instead of {name}, or take it out."),
    ),
    "no-account": (N_("no mailbox yet; add one with: aterkom account add"), ""),
    "never-synced": (N_("never fetched"), N_("Fetch with: aterkom sync {name}")),
    "synced": (N_("fetched {at}"), ""),
    "stale": (
        N_("last fetched {at}: more than 24 hours ago"),
        N_(
            "Fetch with: aterkom sync {name}. If a timer should have, see: systemctl status aterkom-sync.timer"
        ),
    ),
    "no-sent": (
        N_("no folder of sent mail was found: no promise of yours is ever seen kept"),
        N_(
            "See its folders with: aterkom account test {name}, and name it with: aterkom account set {name} --folders"
        ),
    ),
    "folder-missing": (
        N_("the folder “{folder}” is not on the server"),
        N_("See its folders with: aterkom account test {name}"),
    ),
    "no-relay": (N_("no reminders are mailed; see docs/reminders.md"), ""),
    "no-unassigned": (
        N_("nobody is reminded of what nobody is responsible for"),
        N_("Name an address in the setting reminder_unassigned."),
    ),
    "relay": (N_("{host} takes mail at port {port}, without a sign-in"), ""),
    "relay-user": (N_("{host} takes mail at port {port}, signed in as {user}"), ""),
    "signed-in": (N_("signed in at {host} as {user} ({tls})"), ""),
    "asks": (N_("its password is asked for: signing in was not tried"), ""),
    "certificate": (
        N_("the certificate of {host} holds until {at}, days left: {days}"),
        N_("Ask whoever runs {host} to renew its certificate."),
    ),
}
_SIZES: Final = {"free", "size", "needed", "bytes"}
# What is looked at, as people see it; JSON has the English words in every language.
_CHECKS: Final[dict[str, str]] = {
    "settings": N_("settings"),
    "libraries": N_("libraries"),
    "terminal": N_("terminal"),
    "disk": N_("disk"),
    "permissions": N_("permissions"),
    "store": N_("store"),
    "writable": N_("writable"),
    "log": N_("log"),
    "clock": N_("clock"),
    "unread": N_("unread"),
    "quarantined": N_("quarantined"),
    "backup": N_("backup"),
    "account": N_("account"),
    "reminders": N_("reminders"),
    "certificate": N_("certificate"),
}


def label(check: str) -> str:
    """`certificate registrator` in the interface's language; python and sqlite are names."""
    name, _space, rest = check.partition(" ")
    return f"{_(_CHECKS[name])} {rest}".rstrip() if name in _CHECKS else check


def rows_of(found: "Diagnosis") -> Row:
    """A finding as the contract's row."""
    facts = _Facts({**found.facts, "check": found.check})
    if found.error is not None:
        return Row(found.check, found.ok, text_of(found.error), _after(found))
    if found.code == "problem":
        noted = {name: str(fact) for name, fact in found.facts.items() if name not in {"name", "at"}}
        told = text_of_noted(noted) if "kind" in noted else _("Problem")
        return Row(
            found.check, found.ok, told, _("Try it with: aterkom account test {name}").format_map(facts)
        )
    detail, remedy = _texts(found)
    return Row(
        found.check, found.ok, _(detail).format_map(facts), None if found.ok else _(remedy).format_map(facts)
    )


def _texts(found: "Diagnosis") -> tuple[str, str]:
    if found.code == "libraries" and not found.ok:
        return _TEXTS["libraries:wrong"]
    if found.code == "writable" and not found.ok:
        return _TEXTS["writable:denied"]
    return _TEXTS.get(f"{found.check}:{found.code}") or _TEXTS[found.code]


# By the error's class: where its own words name no command, or one that is not all.
_AFTER: Final = {
    "SettingsInvalid": N_(
        "Put it right in the settings file or the environment, then run again: aterkom doctor"
    ),
    "SettingsFileInvalid": N_("Put it right, then run again: aterkom doctor"),
    "StoreMissing": N_("Make one with: aterkom db upgrade"),
    "StoreOutdated": N_("Bring it up to date with: aterkom db upgrade"),
    "StoreNewer": N_("Install the newer Återkom, or name another store with database_url."),
    "StoreDamaged": N_("Put a copy in its place with: aterkom db restore FILE"),
}


def _after(found: "Diagnosis") -> str:
    """What to run once that is done which the error's own words say."""
    kind = type(found.error).__name__
    if kind in _AFTER:
        return _(_AFTER[kind])
    name = found.facts.get("name")
    if name is not None:
        return _("Then try it with: aterkom account test {name}").format(name=name)
    return _("Do what it says, then run again: aterkom doctor")


class _Facts(dict[str, object]):
    """Facts as people read them."""

    def __init__(self, facts: Mapping[str, object]) -> None:
        super().__init__({name: _said(name, fact) for name, fact in facts.items()})

    def __missing__(self, name: str) -> str:
        return "–"


def _said(name: str, fact: object) -> str:
    match fact:
        case None:
            return "–"
        case datetime():
            return dates.moment_column(fact.astimezone())
        case date():
            return fact.isoformat()
        case int() if name in _SIZES:
            return size(fact)
        case int():
            return dates.number(fact)
    return str(fact)


def size(number: int) -> str:
    """`1,3 GB` is written without a decimal sign of any language: whole MB below ten GB."""
    if number < 10_000_000:
        return f"{dates.number(max(number // 1000, 1))} kB"
    if number < 10_000_000_000:
        return f"{dates.number(number // 1_000_000)} MB"
    return f"{dates.number(number // 1_000_000_000)} GB"


def summary(good: int, bad: int) -> str:
    """The last line of what is printed for people."""
    if not bad:
        return ngettext("{n} check, in order.", "{n} checks, all in order.", good).format(n=good)
    told = ngettext("{n} thing to see to.", "{n} things to see to.", bad)
    return told.format(n=bad)
