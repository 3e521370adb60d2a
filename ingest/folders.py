"""Which folders of a mailbox are synced, and which of them holds what we sent ourselves."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import translate

# As Outlook, Exchange, Thunderbird, Gmail, Apple Mail, Roundcube and Dovecot spell it, Swedish first.
SENT_NAMES = (
    "skickat",
    "skickade objekt",
    "skickade",
    "skickad e-post",
    "skickade meddelanden",
    "skickat mail",
    "sent items",
    "sent",
    "sent messages",
    "sent mail",
    "sent-mail",
    "sent_mail",
)

# Never chosen by a wildcard: \Noselect and \NonExistent can't be opened, \All and \Flagged hold other folders' mail.
UNOPENABLE = frozenset({"\\noselect", "\\nonexistent"})
VIRTUAL = frozenset({"\\all", "\\flagged", "\\important"})


@dataclass(frozen=True, slots=True)
class Folder:
    r"""A folder as the server spells it (decoded from modified UTF-7), its flags as `\Sent`, its separator."""

    name: str
    flags: tuple[str, ...] = ()
    delimiter: str | None = None

    def has(self, flags: Iterable[str]) -> bool:
        """Whether any of `flags` (lower case) is set."""
        return any(flag.lower() in set(flags) for flag in self.flags)

    @property
    def selectable(self) -> bool:
        return not self.has(UNOPENABLE)


@dataclass(frozen=True, slots=True)
class Choice:
    """`chosen` in the server's order; `missing`: what was named without a wildcard and is not there."""

    chosen: tuple[str, ...]
    missing: tuple[str, ...]
    sent: str | None


def find_sent(folders: Iterable[Folder]) -> str | None:
    r"""The folder of sent mail: the one the server marks (RFC 6154 `\Sent`), else the best known name, or None."""
    usable = [folder for folder in folders if folder.selectable]
    marked = [folder.name for folder in usable if folder.has({"\\sent"})]
    if marked:
        return marked[0]
    ranked = sorted(
        (SENT_NAMES.index(bare), len(folder.name), folder.name)
        for folder in usable
        if (bare := _bare(folder)) in SENT_NAMES
    )
    return ranked[0][2] if ranked else None


def _bare(folder: Folder) -> str:
    """The name alone: `INBOX.Skickat` and `[Gmail]/Skickat` are "skickat"; a folder deeper down keeps its path."""
    name = folder.name.casefold()
    for prefix in ("inbox", "[gmail]", "[google mail]"):
        if folder.delimiter and name.startswith(prefix + folder.delimiter):
            return name[len(prefix) + len(folder.delimiter) :]
    return name


def choose(folders: Sequence[Folder], patterns: Sequence[str] = (), exclude: Sequence[str] = ()) -> Choice:
    r"""The folders to sync. Without patterns: INBOX and the Sent folder.

    `*` stands for anything, in any case of letters; a name without it has to be there, else it is `missing`.
    A wildcard leaves out folders that only show other folders' mail (`\All`, `\Flagged`); naming one takes it.
    """
    sent = find_sent(folders)
    wanted = tuple(patterns) or (("INBOX", sent) if sent else ("INBOX",))
    named = {_find(folders, pattern) for pattern in wanted if "*" not in pattern} - {None}
    wild = _matcher(pattern for pattern in wanted if "*" in pattern)
    unwanted = _matcher(exclude)
    chosen = tuple(
        folder.name
        for folder in folders
        if folder.selectable
        and not unwanted(folder.name)
        and (folder.name in named or (wild(folder.name) and not folder.has(VIRTUAL)))
    )
    missing = tuple(
        pattern
        for pattern in dict.fromkeys(wanted)
        if "*" not in pattern and not unwanted(pattern) and _find(folders, pattern) is None
    )
    return Choice(chosen, missing, sent)


def _find(folders: Iterable[Folder], name: str) -> str | None:
    """The selectable folder of that name; INBOX in any case of letters (RFC 3501, 5.1), the others exactly, else loosely."""
    usable = [folder.name for folder in folders if folder.selectable]
    if name in usable:
        return name
    return next((other for other in usable if other.casefold() == name.casefold()), None)


def _matcher(patterns: Iterable[str]) -> Callable[[str], bool]:
    """Whether a name matches one of the patterns; `*` alone is special, `?` and `[` are ordinary letters."""
    compiled = [_compile(pattern) for pattern in patterns]
    return lambda name: any(pattern.match(name.casefold()) for pattern in compiled)


def _compile(pattern: str) -> re.Pattern[str]:
    """`fnmatch` never goes back over a `*` that has matched, so that many stars stay harmless."""
    plain = pattern.casefold().replace("[", "[[]").replace("?", "[?]")
    return re.compile(translate(plain))
