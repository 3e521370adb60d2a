"""What can go wrong between us and a mailbox. Every error carries facts, an exit code, and no secret.

    IngestError                   1
    ├── SourceError               4   the server or the way to it: try again later
    │   ├── ServerUnreachable         no such name, refused, cut off, closed with BYE, "try later"
    │   ├── ServerTimeout             silent for too long, or slower than the deadline
    │   ├── TlsRefused                certificate not verified, wrong name, protocol too old
    │   ├── TlsMissing                STARTTLS not offered, or PREAUTH before it
    │   ├── ProtocolError             answered something that is not IMAP, or beyond a limit
    │   │   └── FolderRefused             no to what was asked of one folder; the others may be well
    │   ├── RelayTlsMissing           the server that takes mail offers no TLS
    │   ├── RelayTlsRefused           its certificate or protocol
    │   ├── Unanswered                a mail was given away, and the line was cut before the answer
    │   ├── MailboxClosed             signed in, and still no mailbox is opened
    │   └── AuthorityUnreachable      the service that gives tokens: away, not trusted, not understood
    ├── SettingsError             3   settings or secrets: a person has to act, a schedule must not retry
    │   ├── SignInRefused             the server said no, once, on one connection
    │   │   └── TokenNotAccepted          … to an access token
    │   ├── SenderRefused             the server takes no mail from that address
    │   ├── SecretMissing             the reference points at nothing
    │   ├── SecretUnreadable          it is there and can't be read
    │   ├── SecretTooOpen             others may read the file
    │   ├── TokenMissing              nobody has signed in for this account yet, or what was kept is damaged
    │   ├── TokenRefused              the service that gives tokens says no
    │   ├── TokenFileTooOpen          others may read or replace the file of a token
    │   ├── TokenFileUnusable         it can't be read or written
    │   ├── TokenFileDamaged          it holds no token; a new one takes its place
    │   ├── LibraryMissing            what gets tokens is not installed
    │   └── CaFileUnreadable          the certificate authority's file
    ├── UsageError                2   what was asked for is not allowed
    │   ├── PlainRefused              unencrypted to a host that is not loopback
    │   │   └── RelayPlainRefused         … to the server that takes mail
    │   └── ArgumentRefused           CR, LF or NUL in a user name, folder or secret
    ├── RecipientRefused          1   the server takes no mail for that address
    ├── MailNotTaken              1   the server has seen a mail and said no to it
    └── FolderMissing             1   a folder that was named is not on the server

`str()` is a plain English line for logs; what a person reads is written by the interface from the fields.
Exit codes are those of the commands: 1 problems, 2 usage, 3 settings, 4 server.
"""

from typing import ClassVar


class IngestError(Exception):
    """Base of all. The keyword arguments are the facts, kept as attributes and in `facts`."""

    exit_code: ClassVar[int] = 1
    line: ClassVar[str] = "the mail could not be taken in"

    def __init__(self, **facts: str | float | None) -> None:
        self.facts = {name: value for name, value in facts.items() if value is not None}
        super().__init__(self._line())

    def _line(self) -> str:
        """The class's sentence, then its facts in the order in which they were given."""
        told = ", ".join(f"{name} {value}" for name, value in self.facts.items())
        return f"{self.line} ({told})" if told else self.line

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.facts)

    def fact(self, name: str) -> str | None:
        """One fact as text, or None."""
        value = self.facts.get(name)
        return None if value is None else str(value)

    @property
    def host(self) -> str | None:
        return self.fact("host")

    @property
    def port(self) -> int | None:
        value = self.facts.get("port")
        return None if value is None else int(value)

    @property
    def user(self) -> str | None:
        return self.fact("user")

    @property
    def folder(self) -> str | None:
        return self.fact("folder")

    @property
    def reason(self) -> str | None:
        """A short machine word or the other side's own words; foreign text, to be cleaned before it is shown."""
        return self.fact("reason")

    @property
    def ref(self) -> str | None:
        """The reference of a secret (`env:VAR`, `file:PATH` …), never its value."""
        return self.fact("ref")


def _rebuild(kind: type[IngestError], facts: dict[str, str | float | None]) -> IngestError:
    """Errors cross process borders; pickle would otherwise call the class with its message."""
    return kind(**facts)


class SourceError(IngestError):
    exit_code = 4
    line = "the mail server could not be used"


class ServerUnreachable(SourceError):
    line = "the mail server can't be reached"


class ServerTimeout(SourceError):
    line = "the mail server did not answer in time"


class TlsRefused(SourceError):
    line = "the mail server's certificate or protocol was not accepted"


class TlsMissing(SourceError):
    line = "the mail server offers no encryption before sign-in"


class ProtocolError(SourceError):
    line = "the mail server answered something that is not understood"


class FolderRefused(ProtocolError):
    line = "the mail server refuses what was asked of a folder"


class RelayTlsMissing(TlsMissing):
    line = "the server that takes mail offers no encryption"


class RelayTlsRefused(TlsRefused):
    line = "the certificate or protocol of the server that takes mail was not accepted"


class Unanswered(SourceError):
    line = "a mail was given away, and the connection ended before the server said whether it has it"


class MailboxClosed(SourceError):
    line = "the mail server took the sign-in and opens no mailbox"


class AuthorityUnreachable(SourceError):
    line = "the sign-in service can't be used"


class SettingsError(IngestError):
    exit_code = 3
    line = "a setting or a secret has to be put right"


class SignInRefused(SettingsError):
    line = "the mail server refused the sign-in"


class TokenNotAccepted(SignInRefused):
    line = "the mail server does not accept the token"


class SenderRefused(SettingsError):
    line = "the server takes no mail from this sender"


class SecretMissing(SettingsError):
    line = "the secret is not there"


class SecretUnreadable(SettingsError):
    line = "the secret can't be read"


class SecretTooOpen(SettingsError):
    line = "the file with the secret may be read by others than its owner"


class TokenMissing(SettingsError):
    line = "nobody has signed in for this account"


class TokenRefused(SettingsError):
    line = "the sign-in service gives no token"


class TokenFileTooOpen(SettingsError):
    line = "the file with the token may be read or replaced by others than its owner"


class TokenFileUnusable(SettingsError):
    line = "the file with the token can't be read or written"


class TokenFileDamaged(SettingsError):
    line = "the file with the token is damaged"


class LibraryMissing(SettingsError):
    line = "a library is not installed"


class CaFileUnreadable(SettingsError):
    line = "the file of the certificate authority can't be used"


class UsageError(IngestError):
    exit_code = 2
    line = "this is not allowed"


class PlainRefused(UsageError):
    line = "unencrypted connections go to the loopback interface alone"


class RelayPlainRefused(PlainRefused):
    line = "mail is sent without encryption to the loopback interface alone"


class ArgumentRefused(UsageError):
    line = "an argument holds a line break, a NUL or nothing at all"


class RecipientRefused(IngestError):
    line = "the server takes no mail for this recipient"


class MailNotTaken(IngestError):
    line = "the server did not take a mail"


class FolderMissing(IngestError):
    line = "the folder is not on the server"
