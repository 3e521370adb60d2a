"""Why something failed, in words: the reasons that errors carry as facts, and what may be named in them.

A reason that is missing here (a server's own words, a number) is shown as it is.
"""

import re
from typing import Final

from tui.i18n import N_, _

# What an error's `kind` may name.
KINDS: Final[dict[str, str]] = {
    "account": N_("mailbox"),
    "attachment": N_("attachment"),
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
    "name": N_("name"),
    "plan": N_("plan"),
    "raw": N_("mail"),
    "report": N_("report"),
    "search": N_("search"),
    "sentence": N_("sentence"),
    "state": N_("state"),
    "step": N_("step"),
    "thread": N_("thread"),
}

# By how a reason begins: our own words, the system's (strerror), OpenSSL's and SQLite's.
REASONS: Final[dict[str, str]] = {
    "a database, but not a store of this program": N_("it is a database of another program"),
    "another program has it open": N_("another program has it open"),
    "attempt to write a readonly database": N_("it may be read but not written"),
    "certificate has expired": N_("its certificate has expired"),
    "certificate is not yet valid": N_("its certificate does not hold yet, or the clock here is wrong"),
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
    "HTTP 4": N_("it has too much to do"),
    "HTTP 5": N_("it has a fault"),
    "later": N_("it asks to come back later"),
    "no connection": N_("nothing answers there"),
    "not https": N_("it names an address without encryption"),
    "not understood": N_("its answer is not understood"),
    "owned by another": N_("it belongs to somebody else"),
    "proxy": N_("the proxy does not let it through"),
    "redirect": N_("it points to another address"),
    "silent": N_("it does not answer in time"),
    "Name or service not known": N_("there is no server of that name"),
    "No address associated with hostname": N_("there is no server of that name"),
    "Temporary failure in name resolution": N_("there is no server of that name"),
    "No route to host": N_("there is no way to it"),
    "Network is unreachable": N_("there is no way to it"),
    "No such file or directory": N_("there is no such file"),
    "no such file": N_("there is no such file"),
    "No space left on device": N_("the disk is full"),
    "File too large": N_("it would become larger than files may be here"),
    "Disk quota exceeded": N_("your share of the disk is used up"),
    "Read-only file system": N_("the disk may only be read"),
    "missing": N_("it is missing"),
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

# What pydantic and tomllib say of settings; what stands in brackets is `{0}`, `{1}` of the words.
_SETTINGS: Final[dict[str, str]] = {
    r"Input should be greater than or equal to (\S+)": N_("it is at least {0}"),
    r"Input should be less than or equal to (\S+)": N_("it is at most {0}"),
    r"Input should be a valid (?:integer|number)": N_("it is a number, without quotation marks"),
    r"Input should be a valid date": N_("it is a day, for example 2021-10-18"),
    r"Input should be a valid string": N_("it is a text, in quotation marks"),
    r"Input should be ('.+)": N_("it is one of {0}"),
    r"Value error, there is no time zone (.+)": N_("there is no time zone {0}"),
    r"[^(]*\(at line (\d+), column (\d+)\)": N_(
        "line {0}, character {1} is not as TOML is written; a text stands in quotation marks"
    ),
    r"[^(]*\(at end of document\)": N_("it ends in the middle of a setting"),
    r"'utf-8' codec can't decode": N_("its characters are not UTF-8"),
}

# By the code that a mail's problem begins with.
PROBLEMS: Final[dict[str, str]] = {
    "attachment-elsewhere": N_(
        "a document lies elsewhere and did not come with it; open it where it lies, or ask for it"
    ),
    "base64-broken": N_("a part of it was damaged on the way"),
    "binary": N_("it is no text but something binary"),
    "boundary-missing": N_("a part of it does not begin where it should"),
    "boundary-unclosed": N_("it ends too early"),
    "charset": N_("its letters are in another character set than it says"),
    "date-invalid": N_("its date cannot be read"),
    "document-broken": N_("a document in it is damaged"),
    "document-encrypted": N_("a document in it has a password"),
    "document-no-text": N_("a document in it is a picture without letters; ask for one with text"),
    "document-unread": N_("a document in it is of a kind that is not read; ask for a PDF or DOCX"),
    "documents-unread": N_("its documents could not be read, the letter itself was"),
    "empty": N_("it is empty"),
    "encrypted": N_("it is encrypted; read it in a program that has the key"),
    "header-junk": N_("its header has lines that do not belong there"),
    "header-separator": N_("its header ends without an empty line"),
    "limit-memory": N_("reading it took too much memory"),
    "limit-boundaries": N_("it has too many lines that look like borders of parts"),
    "limit-depth": N_("it has too many mails and parts within each other"),
    "limit-document-elements": N_("a document in it is too large"),
    "limit-document-entries": N_("a document in it holds too many files"),
    "limit-document-pages": N_("a document in it has too many pages"),
    "limit-document-rows": N_("a sheet in it has too many rows"),
    "limit-document-seconds": N_("its documents took too long to read"),
    "limit-document-sheets": N_("a workbook in it has too many sheets"),
    "limit-document-size": N_("a document in it is too large"),
    "limit-document-text": N_("a document in it is too long"),
    "limit-document-unpacked": N_("a document in it is too large when unpacked"),
    "limit-document-words": N_("its documents are too long"),
    "limit-documents": N_("it has too many documents"),
    "limit-header": N_("one of its headers is too long"),
    "limit-headers": N_("its headers are too long"),
    "limit-html": N_("it has too much HTML"),
    "limit-lines": N_("its text has too many lines"),
    "limit-parameters": N_("one of its headers has too much in it"),
    "limit-parts": N_("it has too many parts"),
    "limit-recipients": N_("it has too many recipients"),
    "limit-references": N_("it refers to too many mails"),
    "limit-size": N_("it is larger than what is read"),
    "limit-text": N_("its text is too long"),
    "limit-time": N_("it took too long to read"),
    "mail-in-pieces": N_("it is one piece of a mail that was sent in several"),
    "msg-broken": N_("a mail saved by Outlook is damaged"),
    "nul-removed": N_("it holds NUL characters"),
    "quoted-printable-broken": N_("a part of it was damaged on the way"),
    "reader-died": N_("reading it failed"),
    "reader-failed": N_("reading it failed"),
    "rtf-broken": N_("a part of it was damaged on the way"),
    "tnef": N_(
        "it holds Outlook's own format (winmail.dat) in a form that cannot be read; ask for it as HTML or plain text"
    ),
    "tnef-broken": N_("some of what Outlook packed (winmail.dat) is damaged"),
    "uuencode-broken": N_("a part of it was damaged on the way"),
    "yenc": N_("it holds a file in a form of news groups (yEnc) that is not read"),
}


# A bound of ours on the work that hostile mail makes, which nobody needs to move.
_NO_SETTING: Final = {"limit-boundaries"}


def reason(told: str) -> str:
    """A reason in the interface's language."""
    for beginning, words in REASONS.items():
        if told.startswith(beginning):
            return _(words)
    for pattern, words in _SETTINGS.items():
        found = re.match(pattern, told)
        if found:
            return _(words).format(*(group.replace("' or '", "', '") for group in found.groups()))
    return told


def kind(name: str) -> str:
    """What kind of thing was asked for, in the interface's language."""
    return _(KINDS[name]) if name in KINDS else name


def problem_in_words(told: str) -> str:
    """A mail's problem without what only a technician reads."""
    code = told.partition(": ")[0]
    return _(PROBLEMS[code]) if code in PROBLEMS else told


def problem(told: str) -> str:
    """A mail's problem, `code: detail`, in words where there are any; a limit names its setting."""
    code, _colon, _detail = told.partition(": ")
    said = f"{_(PROBLEMS[code])} ({told})" if code in PROBLEMS else told
    if not code.startswith("limit-") or code in _NO_SETTING:
        return said
    name = code.replace("-", "_")
    return said + "; " + _("the setting {name} allows more, then: aterkom read --all").format(name=name)
