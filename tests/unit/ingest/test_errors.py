import inspect
import pickle

import pytest

from ingest import errors
from ingest.errors import FolderMissing, IngestError, ServerTimeout, SignInRefused

KINDS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, IngestError)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_is_drawn_and_has_an_exit_code(kind: type[IngestError]) -> None:
    assert errors.__doc__ is not None
    assert f" {kind.__name__} " in errors.__doc__.replace("\n", " ")
    assert kind.exit_code in {1, 2, 3, 4}


def test_the_facts_are_attributes_and_a_line() -> None:
    error = SignInRefused(host="imap.example", port=993, user="anna", reason=None)
    assert (error.host, error.port, error.user, error.reason) == ("imap.example", 993, "anna", None)
    assert str(error) == "the mail server refused the sign-in (host imap.example, port 993, user anna)"
    assert error.exit_code == 3


def test_without_facts() -> None:
    assert str(FolderMissing()) == "the folder is not on the server"


def test_they_cross_processes() -> None:
    again = pickle.loads(pickle.dumps(ServerTimeout(host="imap.example", port=993)))  # noqa: S301
    assert (type(again), again.facts) == (ServerTimeout, {"host": "imap.example", "port": 993})
