"""What can be wrong with a store. Each error knows its exit code; text for people is made at the screen.

```
StoreError (5)
├── StoreLocked        another program holds it longer than the lock timeout
├── StoreFull          no room on the disk
├── StoreReadOnly      the file, the disk or the role may only read
├── StoreDamaged       no database, no store of ours, or its pages do not agree
├── StoreMissing       no such file, or no such database on the server
├── StoreUnreachable   the disk fails, or the server does not answer
├── StoreConflict      a row breaks a constraint: two that must be one, or a link into nothing
├── StoreVersionError  found, known
│   ├── StoreNewer     written by a newer version of the program
│   └── StoreOutdated  needs `db upgrade`
├── StoreRefused (3)   the server does not accept the sign-in
├── DriverMissing (3)  PostgreSQL is asked for, psycopg is not installed
└── StoreUrlError (2)  not a URL of a store
```

`DriverMissing` is 3: an installation without the extra is mended like a setting, trying again does not help.
"""


class StoreError(Exception):
    """`url` is safe to show (it never holds a password), `reason` is the driver's word or our own, in English."""

    exit_code = 5

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url = url
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.url}: {self.reason}"


class StoreLocked(StoreError):
    """Held by another program for longer than the lock timeout."""


class StoreFull(StoreError):
    """There is no room for what was to be written; nothing of it was."""


class StoreReadOnly(StoreError):
    """It may be read but not written."""


class StoreDamaged(StoreError):
    """It is no database, no store of ours, or it contradicts itself."""


class StoreMissing(StoreError):
    """There is no such file or database."""


class StoreUnreachable(StoreError):
    """The disk or the server does not answer."""


class StoreConflict(StoreError):
    """A constraint of the schema refuses a row."""


class StoreVersionError(StoreError):
    """`found` is the store's revision (None: it has no tables), `known` the newest one of this program."""

    def __init__(self, url: str, found: str | None, known: str) -> None:
        super().__init__(url, self.describe(found, known))
        self.found = found
        self.known = known

    def __reduce__(self) -> tuple[type["StoreVersionError"], tuple[str, str | None, str]]:
        return type(self), (self.url, self.found, self.known)

    @staticmethod
    def describe(found: str | None, known: str) -> str:
        return f"it has revision {found}, this program {known}"


class StoreNewer(StoreVersionError):
    """Written by a newer version of the program."""

    @staticmethod
    def describe(found: str | None, known: str) -> str:
        return f"it has revision {found}, newer than this program's {known}"


class StoreOutdated(StoreVersionError):
    """Of an older version, or empty: `db upgrade` mends it."""

    @staticmethod
    def describe(found: str | None, known: str) -> str:
        if found is None:
            return f"it has no tables yet, this program needs revision {known}"
        return f"it has revision {found}, this program needs {known}"


class StoreRefused(StoreError):
    """The server does not accept the user or the password."""

    exit_code = 3


class DriverMissing(StoreError):
    """The driver for this kind of store is not installed (`aterkom[postgres]`)."""

    exit_code = 3


class StoreUrlError(StoreError):
    """Not a URL of a store: `sqlite:///FILE` or `postgresql+psycopg://…`."""

    exit_code = 2
