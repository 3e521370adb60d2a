"""What can go wrong in the domain, each with its exit code and the facts that its text needs.

CrmError
├── UsageError (2)
│   ├── NotFound            no such message, follow-up, office …
│   ├── NotUnderstood       a date or sentence that says nothing we can read
│   ├── NotADay             an hour where a day is asked for
│   ├── DayHasPassed        a day to be reminded on that lies behind us
│   ├── DayToCome           a day of something that has happened, and lies before us
│   ├── EmptyText           a note or sentence without a word
│   ├── TooLong             a text of more signs than are taken
│   ├── WrongOrder          a last day before the first
│   ├── OwnDeputy           somebody who would stand in for themselves
│   ├── AwayAlready         an absence in days of another
│   ├── DeputiesInCircle    deputies who are away and stand in for each other
│   ├── AlreadyThere        a name that is taken
│   ├── Ambiguous           a name that several have
│   ├── PartOfName          a part of a name where something is erased for ever
│   ├── NotAPerson          a function mailbox or a list where a person is asked for
│   ├── AccountRefused      settings of an account that do not go together
│   ├── NotReceived         a message that came inside another mail, not by itself
│   │   └── PartOfAnother   the same where a mail is judged for the diary
│   ├── RegisteredInDiary   a mail with a number in the diary, which cannot be private
│   ├── NotJudged           a mark of secrecy on a mail that has no state beside which it could stand
│   ├── NotInDiary          a number or provision that is empty, overlong or holds signs that nobody sees
│   ├── SheetRefused        a sheet of numbers that cannot be read at all
│   ├── WasErased           a mail of which a tombstone alone is left
│   ├── PlanRefused         a plan file that cannot be read, with file and line
│   ├── AlreadyAccepted     a proposal that was accepted, and is to be rejected
│   ├── WithoutOffice       a proposal of which nobody can tell what office it is about
│   ├── NotYet              a day on which something is said to have happened, and which is to come
│   ├── SearchRefused       an operator of the search with a value that it does not take
│   ├── ServeRefused        a host or port at which the screen is not shown in a browser
│   ├── NothingToSplit      a message that answers nothing, a person with nothing to part
│   └── NothingToUndo
├── SettingsInvalid (3)     a settings file or variable that does not hold
├── AddressMissing (3)      somebody is to be reminded, and nobody knows at which address
├── RemindersBusy (5)       another run is sending reminders
├── AccountBusy (5)         another sync holds the account
├── NotWritten (1)          a file that was to be made could not be: the disk is full or fails
├── DemoUnavailable (3)     the demonstration's mail server is not installed or does not start
├── ServeUnavailable (3)    what shows the screen in a browser is not installed
└── WorkerFailed (1)        a reading process that could not be started
"""

from datetime import date
from typing import ClassVar


class CrmError(Exception):
    """Base of all; `exit_code` is what a command ends with."""

    exit_code: ClassVar[int] = 1


class UsageError(CrmError):
    """The words of the call are off."""

    exit_code: ClassVar[int] = 2


class NotFound(UsageError):
    def __init__(self, kind: str, name: str) -> None:
        super().__init__(f"no {kind} {name!r}")
        self.kind = kind
        self.name = name


class NotUnderstood(UsageError):
    def __init__(self, kind: str, text: str) -> None:
        super().__init__(f"not a {kind}: {text!r}")
        self.kind = kind
        self.text = text


class NotADay(UsageError):
    def __init__(self, text: str) -> None:
        super().__init__(f"hours, not a day: {text!r}")
        self.text = text


class DayHasPassed(UsageError):
    def __init__(self, day: date) -> None:
        super().__init__(f"{day} has passed")
        self.day = day


class DayToCome(UsageError):
    def __init__(self, day: date) -> None:
        super().__init__(f"{day} has not come yet")
        self.day = day


class EmptyText(UsageError):
    """There is not a word in it."""


class TooLong(UsageError):
    def __init__(self, most: int) -> None:
        super().__init__(f"more than {most} signs")
        self.most = most


class WrongOrder(UsageError):
    def __init__(self, first: date, last: date) -> None:
        super().__init__(f"{last} is before {first}")
        self.first = first
        self.last = last


class OwnDeputy(UsageError):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} cannot stand in for themselves")
        self.name = name


class AwayAlready(UsageError):
    """`id` is the absence that is there, from `first` to `last`."""

    def __init__(self, name: str, id: str, first: date, last: date) -> None:  # noqa: A002 (what the text calls it)
        super().__init__(f"{name!r} is away already from {first} to {last} ({id})")
        self.name = name
        self.id = id
        self.first = first
        self.last = last


class DeputiesInCircle(UsageError):
    """`names` are those who would stand in for one another, in order, the first again at the end."""

    def __init__(self, names: tuple[str, ...], day: date) -> None:
        super().__init__(f"{' → '.join(names)} on {day}")
        self.names = " → ".join(names)
        self.day = day


class AlreadyThere(UsageError):
    def __init__(self, kind: str, name: str) -> None:
        super().__init__(f"there is already a {kind} {name!r}")
        self.kind = kind
        self.name = name


class Ambiguous(UsageError):
    def __init__(self, name: str, choices: tuple[str, ...]) -> None:
        super().__init__(f"{name!r} may be {', '.join(choices)}")
        self.name = name
        self.choices = choices


class PartOfName(UsageError):
    """`choices` are those who have it in their name."""

    def __init__(self, name: str, choices: tuple[str, ...]) -> None:
        super().__init__(f"{name!r} is a part of {', '.join(choices)}")
        self.name = name
        self.choices = choices


class NotAPerson(UsageError):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} is nobody's own")
        self.name = name


class AccountRefused(UsageError):
    """`reason` is a word for what is amiss, as in crm/account_settings.py."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the account's settings do not go together: {reason}")
        self.reason = reason


class NotReceived(UsageError):
    """`choices` are the ids of the mails that carry it."""

    def __init__(self, name: str, choices: tuple[str, ...]) -> None:
        super().__init__(f"{name!r} stands inside {', '.join(choices)}")
        self.name = name
        self.choices = choices


class PartOfAnother(NotReceived):
    """The same where a mail is judged for the diary."""


class RegisteredInDiary(UsageError):
    def __init__(self, name: str, number: str) -> None:
        super().__init__(f"{name!r} is registered under {number!r}")
        self.name = name
        self.number = number


class NotJudged(UsageError):
    def __init__(self, name: str) -> None:
        super().__init__(f"nobody has judged {name!r}")
        self.name = name


class NotInDiary(UsageError):
    """`kind` is number or provision."""

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(f"not a {kind} of a diary: {text!r}")
        self.kind = kind
        self.text = text


class SheetRefused(UsageError):
    """`reason` is columns (none that names a mail, or none with a number), large or text (no CSV)."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class WasErased(UsageError):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} was erased")
        self.name = name


class PlanRefused(UsageError):
    """`place` is the file and, where there is one, the line ("plan.csv:7"); `reason` a word of crm/plan_files.py.

    `value` is what stands there, `choices` what might stand there instead.
    """

    _WITH_CHOICES: ClassVar = frozenset({"municipality", "was", "phase"})

    def __init__(self, place: str, reason: str, value: str = "", choices: tuple[str, ...] = ()) -> None:
        super().__init__(f"{place}: {reason} {value!r}")
        self.place = place
        self.reason = f"{reason}-near" if choices and reason in self._WITH_CHOICES else reason
        self.value = value
        self.choices = choices


class AlreadyAccepted(UsageError):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has been accepted")
        self.name = name


class WithoutOffice(UsageError):
    def __init__(self, name: str) -> None:
        super().__init__(f"nobody knows of which office {name} speaks")
        self.name = name


class NotYet(UsageError):
    def __init__(self, text: str, day: date) -> None:
        super().__init__(f"{text!r} ends on {day}, which is to come")
        self.text = text
        self.day = day


class SearchRefused(UsageError):
    """`kind` is what the operator takes: date, office, municipality, phone, choice. `said`: both, as they were typed."""

    def __init__(self, kind: str, said: str, choices: tuple[str, ...] = ()) -> None:
        super().__init__(f"{said!r} is no {kind} to search for")
        self.kind = kind
        self.said = said
        self.choices = choices


class NothingToSplit(UsageError):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} has nothing that it could be split from")
        self.name = name


class NothingToUndo(UsageError):
    def __init__(self, actor: str) -> None:
        super().__init__(f"{actor} has done nothing that can be undone")
        self.actor = actor


class SettingsInvalid(CrmError):
    exit_code: ClassVar[int] = 3

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class SettingsFileInvalid(SettingsInvalid):
    """The file as a whole: it is missing, no TOML, or not UTF-8. `name` is its path."""


class AddressMissing(CrmError):
    """`name` is empty for what nobody is responsible for."""

    exit_code: ClassVar[int] = 3

    def __init__(self, name: str) -> None:
        super().__init__(f"no address for {name!r}")
        self.name = name
        self.kind = "nobody" if not name else None


class RemindersBusy(CrmError):
    exit_code: ClassVar[int] = 5

    def __init__(self) -> None:
        super().__init__("another run is sending reminders")


class AccountBusy(CrmError):
    exit_code: ClassVar[int] = 5

    def __init__(self, name: str) -> None:
        super().__init__(f"another sync of {name!r} is running")
        self.name = name


class NotWritten(CrmError):
    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class DemoUnavailable(CrmError):
    exit_code: ClassVar[int] = 3

    def __init__(self, reason: str) -> None:
        super().__init__(f"the demonstration cannot run: {reason}")
        self.reason = reason


class ServeUnavailable(CrmError):
    exit_code: ClassVar[int] = 3


class ServeRefused(UsageError):
    """`reason`: every-address, unencrypted (and not accepted), or taken, where another program listens."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(f"not at {host!r}, port {port}: {reason}")
        self.host = host
        self.port = port
        self.reason = reason


class WorkerFailed(CrmError):
    def __init__(self, reason: str) -> None:
        super().__init__(f"the reading process did not start: {reason}")
        self.reason = reason
