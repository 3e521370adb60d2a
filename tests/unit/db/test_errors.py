"""Errors of the store: codes, words, and no password."""

import inspect
import pickle
import sqlite3

import pytest

from db import errors
from db.engine import parse, safe
from db.errors import StoreError, StoreLocked, StoreNewer, StoreOutdated, StoreUrlError
from db.translate import store_error, translated

KINDS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_is_a_store_error_in_the_tree(kind: type[StoreError]) -> None:
    assert issubclass(kind, StoreError)
    assert kind.exit_code in {2, 3, 5}
    assert kind.__name__ in (errors.__doc__ or "")


@pytest.mark.parametrize("error", [StoreLocked("sqlite:///a", "held"), StoreNewer("sqlite:///a", "2", "1")])
def test_an_error_survives_a_process_border(error: StoreError) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 (our own)
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


def test_an_error_says_where_and_what() -> None:
    assert (
        str(StoreOutdated("sqlite:///a", "0001", "0002"))
        == "sqlite:///a: it has revision 0001, this program needs 0002"
    )


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (
            "postgresql+psycopg://asa:hemlig@db.example/aterkom",
            "postgresql+psycopg://asa:***@db.example/aterkom",
        ),
        ("postgresql://asa@db.example/a?password=hemlig", "postgresql+psycopg://asa@db.example/a"),
        ("postgres://asa:hemlig@/a?host=/run/x", "postgresql+psycopg://asa:***@/a?host=%2Frun%2Fx"),
        ("sqlite:////var/lib/å b.db", "sqlite:////var/lib/å b.db"),
    ],
)
def test_a_shown_url_has_no_password(url: str, shown: str) -> None:
    assert safe(parse(url)) == shown


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hemlig",
        "sqlite://",
        "sqlite:///:memory:",
        "mysql://a:hemlig@b/c",
        "postgresql://a:hemlig@b:x/c",
        "oracle:///hemlig.db",
    ],
)
def test_what_is_no_store_is_wrong_usage(url: str) -> None:
    with pytest.raises(StoreUrlError) as caught:
        parse(url)
    assert caught.value.exit_code == 2
    assert ":hemlig" not in str(caught.value)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_BUSY_SNAPSHOT, errors.StoreLocked),
        (sqlite3.SQLITE_FULL, errors.StoreFull),
        (sqlite3.SQLITE_READONLY_DBMOVED, errors.StoreReadOnly),
        (sqlite3.SQLITE_CORRUPT, errors.StoreDamaged),
        (sqlite3.SQLITE_NOTADB, errors.StoreDamaged),
        (sqlite3.SQLITE_IOERR_READ, errors.StoreUnreachable),
        (sqlite3.SQLITE_CONSTRAINT_UNIQUE, errors.StoreConflict),
        (sqlite3.SQLITE_MISUSE, StoreError),
    ],
)
def test_sqlite_codes_have_their_error(code: int, kind: type[StoreError]) -> None:
    error = sqlite3.OperationalError("words")
    error.sqlite_errorcode = code
    assert type(store_error("sqlite:///a", error)) is kind


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("53100", errors.StoreFull),
        ("53300", errors.StoreUnreachable),
        ("55P03", errors.StoreLocked),
        ("40P01", errors.StoreLocked),
        ("25006", errors.StoreReadOnly),
        ("28P01", errors.StoreRefused),
        ("3D000", errors.StoreMissing),
        ("57P01", errors.StoreUnreachable),
        ("XX001", errors.StoreDamaged),
        ("23505", errors.StoreConflict),
        ("42P01", errors.StoreOutdated),
        ("22021", StoreError),
    ],
)
def test_sqlstates_have_their_error(state: str, kind: type[StoreError]) -> None:
    error = RuntimeError("first line\nCONTEXT: more")
    error.sqlstate = state  # type: ignore[attr-defined]
    made = store_error("postgresql://a", error)
    assert type(made) is kind
    assert made.reason == "first line"


def test_other_errors_pass() -> None:
    with pytest.raises(KeyError), translated("sqlite:///a"):
        raise KeyError
