"""Why something failed, in words: the reasons that errors carry as facts, and what may be named in them.

A reason that is missing here (a server's own words, a number) is shown as it is.
"""

from typing import Final

from tui.i18n import N_, _

# What an error's `kind` may name.
KINDS: Final[dict[str, str]] = {
    "account": N_("mailbox"),
    "date": N_("date"),
    "day": N_("date"),
    "file": N_("file"),
    "folder": N_("folder"),
    "follow-up": N_("follow-up"),
    "mail": N_("mail"),
    "message": N_("message"),
    "municipality": N_("municipality"),
    "office": N_("office"),
    "organisation": N_("organisation"),
    "person": N_("person"),
    "raw": N_("mail"),
    "sentence": N_("sentence"),
    "state": N_("state"),
    "thread": N_("thread"),
}

# By how a reason begins: our own words, the system's (strerror), OpenSSL's and SQLite's.
REASONS: Final[dict[str, str]] = {
    "a database, but not a store of this program": N_("it is a database of another program"),
    "another program has it open": N_("another program has it open"),
    "attempt to write a readonly database": N_("it may be read but not written"),
    "certificate has expired": N_("its certificate has expired"),
    "closed by the server": N_("it closed the connection"),
    "Connection refused": N_("nothing answers at that port"),
    "Connection reset by peer": N_("it closed the connection"),
    "connection lost": N_("it closed the connection"),
    "database disk image is malformed": N_("its pages do not agree"),
    "empty": N_("it is empty"),
    "file is not a database": N_("it is no database"),
    "Hostname mismatch": N_("its certificate is for another name"),
    "IP address mismatch": N_("its certificate is for another name"),
    "Is a directory": N_("it is a folder"),
    "it has tables, but none of this program": N_("it is a database of another program"),
    "Name or service not known": N_("there is no server of that name"),
    "No address associated with hostname": N_("there is no server of that name"),
    "Temporary failure in name resolution": N_("there is no server of that name"),
    "No route to host": N_("there is no way to it"),
    "Network is unreachable": N_("there is no way to it"),
    "No such file or directory": N_("there is no such file"),
    "no such file": N_("there is no such file"),
    "not a database": N_("it is no database"),
    "not a file": N_("it is no file"),
    "Permission denied": N_("you may not read it"),
    "self-signed certificate": N_("nobody that is trusted here vouches for its certificate"),
    "self signed certificate": N_("nobody that is trusted here vouches for its certificate"),
    "unable to get local issuer certificate": N_("nobody that is trusted here vouches for its certificate"),
    "unable to get issuer certificate": N_("nobody that is trusted here vouches for its certificate"),
    "that is the store itself": N_("that is the store itself"),
    "there is a file that is no backup": N_("there is a file already, and it is no copy of a store"),
    "a PostgreSQL store is backed up with pg_dump": N_("PostgreSQL has its own tool for it, pg_dump"),
    "a PostgreSQL store is restored with pg_restore": N_("PostgreSQL has its own tool for it, pg_restore"),
    "unable to open database file": N_("it cannot be opened"),
}

# By the code that a mail's problem begins with.
PROBLEMS: Final[dict[str, str]] = {
    "binary": N_("it is no text but something binary"),
    "boundary-missing": N_("a part of it does not begin where it should"),
    "boundary-unclosed": N_("it ends too early"),
    "date-invalid": N_("its date cannot be read"),
    "empty": N_("it is empty"),
    "limit-size": N_("it is larger than what is read"),
    "limit-time": N_("it took too long to read"),
    "nul-removed": N_("it holds NUL characters"),
    "reader-died": N_("reading it failed"),
    "reader-failed": N_("reading it failed"),
}


def reason(told: str) -> str:
    """A reason in the interface's language."""
    for beginning, words in REASONS.items():
        if told.startswith(beginning):
            return _(words)
    return told


def kind(name: str) -> str:
    """What kind of thing was asked for, in the interface's language."""
    return _(KINDS[name]) if name in KINDS else name


def problem(told: str) -> str:
    """A mail's problem, `code: detail`, in words where there are any."""
    code, _colon, _detail = told.partition(": ")
    return f"{_(PROBLEMS[code])} ({told})" if code in PROBLEMS else told
