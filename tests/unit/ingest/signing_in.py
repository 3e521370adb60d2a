"""Signing in at a sign-in service on loopback, by the application or by a person."""

import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from ingest import oauth
from ingest.errors import (
    IngestError,
)
from ingest.oauth import DeviceCode, SignIn, TokenSource, sign_in_by_code
from ingest.oauth_cache import TokenFile
from ingest.secrets import Secret
from tests.authority import CLIENT_ID, Authority

CLIENT = "client_credentials"
RENEWAL = "refresh_token"
KEY = Secret("klienthemlighet~1")


def sign_in(service: Authority, **changes: object) -> SignIn:
    made = SignIn("brev", "client", service.address, CLIENT_ID, "https://outlook.office365.com/.default")
    return replace(made, **changes)  # type: ignore[arg-type]


def by_person(service: Authority, **changes: object) -> SignIn:
    return sign_in(service, flow="device", scope=oauth.SCOPES["device"], **changes)


def source(service: Authority, file: TokenFile, **changes: object) -> TokenSource:
    return TokenSource(sign_in(service, **changes), file, KEY)


def signed_in(authority: Authority, file: TokenFile, **changes: object) -> list[DeviceCode]:
    """What was shown to the person who signed in."""
    shown: list[DeviceCode] = []
    sign_in_by_code(by_person(authority, **changes), file, shown.append, lambda _seconds: None)
    return shown


def failed(work: Callable[[], object]) -> IngestError:
    with pytest.raises(IngestError) as caught:
        work()
    return caught.value


def ended(file: TokenFile) -> None:
    """The kept token is as good as over."""
    token = file.read()
    assert token is not None
    file.write(replace(token, expires=time.time() + 60))
