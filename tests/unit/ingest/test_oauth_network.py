"""The way to a sign-in service: silence, certificates, proxies, and addresses that are never asked."""

import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import oauth_http
from ingest.errors import (
    AuthorityUnreachable,
    LibraryMissing,
)
from ingest.oauth_cache import TokenFile
from ingest.oauth_http import host_of
from tests.authority import Authority, answering
from tests.servers import Certificates, free_port
from tests.unit.ingest.signing_in import failed, source


def test_nobody_answers(authority: Authority, file: TokenFile) -> None:
    error = failed(source(authority, file, authority=f"https://localhost:{free_port()}/t").current)
    assert (type(error), error.reason, error.facts["account"]) == (
        AuthorityUnreachable,
        "no connection",
        "brev",
    )


def test_a_service_that_says_nothing(
    authority: Authority, file: TokenFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oauth_http, "CONNECT_SECONDS", 0.05)
    monkeypatch.setattr(oauth_http, "SILENCE_SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"https://localhost:{silent.getsockname()[1]}/t"
        assert failed(source(authority, file, authority=address).current).reason == "silent"


@pytest.mark.parametrize("kind", ["wrong_name_file", "expired_file"])
def test_a_service_with_another_certificate_is_told_nothing(
    certificates: Certificates, authority: Authority, file: TokenFile, kind: str
) -> None:
    with answering(Authority(), getattr(certificates, kind)) as other:
        error = failed(source(other, file).current)
    assert (type(error), error.reason) == (AuthorityUnreachable, "certificate")
    assert other.posts == []


def test_a_service_that_nobody_vouches_for(
    certificates: Certificates, authority: Authority, file: TokenFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", certificates.stranger_ca_file)
    assert failed(source(authority, file).current).reason == "certificate"
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nonexistent/ca.pem")
    assert failed(source(authority, file).current).reason == "no bundle"
    assert authority.gets == []


@pytest.fixture
def proxy() -> Iterator[tuple[str, list[bytes]]]:
    """A proxy that hears one CONNECT, and refuses it."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                heard.append(connection.recv(4096))
                connection.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://anna:proxyhemlighet@127.0.0.1:{listener.getsockname()[1]}", heard
        thread.join(10)


def test_the_environments_proxy_is_used_and_its_password_not_told(
    authority: Authority,
    file: TokenFile,
    proxy: tuple[str, list[bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address, heard = proxy
    monkeypatch.setenv("HTTPS_PROXY", address)
    error = failed(source(authority, file).current)
    assert (type(error), error.reason) == (AuthorityUnreachable, "proxy")
    assert heard[0].startswith(f"CONNECT localhost:{authority.port}".encode())
    assert "proxyhemlighet" not in str(error)
    assert authority.gets == []


def test_a_password_in_netrc_stays_there(
    authority: Authority, file: TokenFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine localhost login anna password netrchemlighet\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    assert source(authority, file).current()


@pytest.mark.parametrize(
    "url",
    [
        "http://login.example/t",
        "https:///t",
        "ftp://login.example",
        "https://anna@login.example/t",
        "https://[::1/t",
        "https://login.example:99999/t",
        "",
    ],
)
def test_addresses_that_are_not_asked(url: str) -> None:
    assert host_of(url) is None


def test_without_msal(authority: Authority, file: TokenFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "msal", None)
    error = failed(source(authority, file).current)
    assert (type(error), error.exit_code) == (LibraryMissing, 3)
