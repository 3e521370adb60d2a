"""Tokens by msal from a sign-in service on loopback: got, kept, renewed once, refused in words, and never shown."""

import json
import logging
import stat
import subprocess
import sys
import threading
import time
import traceback
from pathlib import Path

import pytest
import trustme
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from ingest import oauth_cache, oauth_http
from ingest.errors import (
    AuthorityUnreachable,
    SecretUnreadable,
    TokenFileUnusable,
    TokenMissing,
    TokenRefused,
)
from ingest.oauth import DeviceCode, TokenSource, sign_in_by_code
from ingest.oauth_cache import Token, TokenFile
from ingest.oauth_refusals import refusal_of
from ingest.secrets import Secret
from tests.authority import CLIENT_ID, DEVICE_GRANT, Authority
from tests.unit.ingest.signing_in import (
    CLIENT,
    KEY,
    RENEWAL,
    by_person,
    ended,
    failed,
    sign_in,
    signed_in,
    source,
)

# The application by itself


def test_a_token_is_got_once_and_kept(authority: Authority, file: TokenFile) -> None:
    first = source(authority, file).current()
    again = source(authority, file).current()
    assert first == again
    assert authority.grants() == [CLIENT]
    _, told = authority.posts[0]
    assert told["client_secret"] == KEY.reveal()
    assert told["scope"] == "https://outlook.office365.com/.default"
    assert told["client_id"] == CLIENT_ID


def test_a_kept_token_needs_neither_connection_nor_msal(authority: Authority, file: TokenFile) -> None:
    kept = source(authority, file).current()
    authority.discovery = {"token_endpoint": None}
    then = ("print(source.current().reveal())", "assert not {'msal', 'requests'} & set(sys.modules)")
    done = subprocess.run(program(authority, file, *then), capture_output=True, check=True)
    assert done.stdout.decode().strip() == kept.reveal()


def test_one_that_ends_soon_is_renewed(authority: Authority, file: TokenFile) -> None:
    first = source(authority, file).current()
    ended(file)
    assert source(authority, file).current() != first
    assert authority.grants() == [CLIENT, CLIENT]


def test_a_clock_that_jumped_far_back_trusts_no_kept_token(authority: Authority, file: TokenFile) -> None:
    file.write(Token(Secret("gammal"), time.time() + 400 * 86400))
    assert source(authority, file).current() != Secret("gammal")


def test_a_refused_kept_token_is_renewed_once(authority: Authority, file: TokenFile) -> None:
    file.write(Token(Secret("refuserad"), time.time() + 3600, got=time.time() - 3600))
    used = source(authority, file)
    refused = used.current()
    assert refused == Secret("refuserad")
    other = used.renewed(refused)
    assert other is not None
    assert used.renewed(other) is None
    assert authority.grants() == [CLIENT]


def test_a_fresh_token_that_is_refused_is_not_renewed(authority: Authority, file: TokenFile) -> None:
    token = source(authority, file).current()
    for used in (source(authority, file), source(authority, file)):
        assert used.renewed(used.current()) is None
    assert source(authority, file).current() == token
    assert authority.grants() == [CLIENT]


def test_a_refused_token_that_another_program_renewed(authority: Authority, file: TokenFile) -> None:
    file.write(Token(Secret("refuserad"), time.time() + 3600))
    used = source(authority, file)
    refused = used.current()
    file.write(Token(Secret("ny"), time.time() + 3600))
    assert used.renewed(refused) == Secret("ny")
    assert authority.posts == []


def program(authority: Authority, file: TokenFile, *then: str) -> list[str]:
    """Another program that has a `source` of the same tokens, and does `then`."""
    lines = (
        "import sys",
        "from pathlib import Path",
        "from ingest.oauth import SignIn, TokenSource",
        "from ingest.oauth_cache import TokenFile",
        "from ingest.secrets import Secret",
        f"sign_in = SignIn('brev', 'client', {authority.address!r}, {CLIENT_ID!r}, 's/.default')",
        f"source = TokenSource(sign_in, TokenFile(Path({str(file.path)!r})), Secret('x'))",
    )
    return [sys.executable, "-c", "\n".join((*lines, *then))]


def test_two_programs_renew_once(authority: Authority, file: TokenFile) -> None:
    """The first holds the lock while the service thinks; the second finds what the first has got."""
    authority.held = threading.Event()
    command = program(
        authority,
        file,
        "print('ready', flush=True)",
        "sys.stdin.readline()",
        "print(source.current().reveal(), flush=True)",
    )
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with (
        subprocess.Popen(command, **pipes) as one,  # type: ignore[call-overload]
        subprocess.Popen(command, **pipes) as two,  # type: ignore[call-overload]
    ):
        for process in (one, two):
            assert process.stdout.readline() == b"ready\n"
        for process in (one, two):
            process.stdin.write(b"\n")
            process.stdin.flush()
        assert authority.asked.wait(30)
        authority.held.set()
        tokens = {process.stdout.readline() for process in (one, two)}
    assert len(tokens) == 1
    assert authority.grants() == [CLIENT]


def test_a_program_that_is_killed_while_it_renews_holds_nobody_up(
    authority: Authority, file: TokenFile
) -> None:
    authority.held = threading.Event()
    with subprocess.Popen(program(authority, file, "source.current()")) as process:
        assert authority.asked.wait(30)
        process.kill()
    authority.held.set()
    assert source(authority, file).current()
    assert sorted(path.suffix for path in file.path.parent.iterdir()) == [".json", ".lock"]


def test_a_certificate_that_the_service_does_not_know(
    authority: Authority, file: TokenFile, tmp_path: Path
) -> None:
    certificate, key = issued(tmp_path)
    used = TokenSource(sign_in(authority, certificate=str(certificate)), file, Secret(key.read_text()))
    authority.answers[CLIENT] = [(401, {"error": "invalid_client"})]
    assert failed(used.current).reason == "certificate"


def test_a_certificate_instead_of_a_secret(authority: Authority, file: TokenFile, tmp_path: Path) -> None:
    import jwt

    certificate, key = issued(tmp_path)
    used = TokenSource(sign_in(authority, certificate=str(certificate)), file, Secret(key.read_text()))
    assert used.current()
    _, told = authority.posts[0]
    assert "client_secret" not in told
    header = jwt.get_unverified_header(told["client_assertion"])
    assert (header["alg"], "x5t#S256" in header) == ("PS256", True)
    claims = jwt.decode(told["client_assertion"], options={"verify_signature": False})
    assert (claims["iss"], claims["aud"]) == (CLIENT_ID, f"{authority.address}/oauth2/v2.0/token")


def issued(folder: Path, **given: object) -> tuple[Path, Path]:
    """A certificate and its private key, in a file each."""
    made = trustme.CA(key_type=trustme.KeyType.RSA).issue_cert(
        "aterkom.example",
        key_type=trustme.KeyType.RSA,
        **given,  # type: ignore[arg-type]
    )
    certificate, key = folder / "app.pem", folder / "app.key"
    made.cert_chain_pems[0].write_to_path(certificate)
    made.private_key_pem.write_to_path(key)
    return certificate, key


def pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("ingen nyckel", "not a private key"),
        ("", "not a private key"),
        (pem(rsa.generate_private_key(65537, 2048)), "key of another certificate"),
        (pem(ec.generate_private_key(ec.SECP256R1())), "not an RSA key"),
    ],
    ids=["none", "empty", "another", "elliptic"],
)
def test_a_key_that_does_not_fit(
    authority: Authority, file: TokenFile, tmp_path: Path, key: str, reason: str
) -> None:
    certificate, _ = issued(tmp_path)
    used = TokenSource(sign_in(authority, certificate=str(certificate)), file, Secret(key))
    error = failed(used.current)
    assert (type(error), error.reason) == (SecretUnreadable, reason)
    assert authority.posts == []


def test_a_certificate_that_is_none_or_has_ended(
    authority: Authority, file: TokenFile, tmp_path: Path
) -> None:
    from datetime import UTC, datetime

    certificate, key = issued(tmp_path, not_after=datetime(2021, 10, 31, tzinfo=UTC))
    used = TokenSource(sign_in(authority, certificate=str(certificate)), file, Secret(key.read_text()))
    assert failed(used.current).reason == "certificate-expired"
    certificate.write_text("inget certifikat")
    assert failed(used.current).reason == "not a certificate"
    certificate.unlink()
    assert isinstance(failed(used.current), SecretUnreadable)


# A person with a code


def test_a_person_signs_in_with_a_code(authority: Authority, file: TokenFile) -> None:
    authority.answers[DEVICE_GRANT] = [
        (400, {"error": "authorization_pending"}),
        (400, {"error": "authorization_pending"}),
    ]
    shown = signed_in(authority, file)
    assert shown == [DeviceCode(f"{authority.url}/device", "ABCD-1234", 900.0)]
    assert authority.grants() == [DEVICE_GRANT] * 3
    kept = file.read()
    assert kept is not None
    assert kept.user == "anna@myndighet.example"
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert "offline_access" in authority.posts[0][1]["scope"]


def test_what_is_kept_holds_the_access_token_once_and_no_identity(
    authority: Authority, file: TokenFile
) -> None:
    signed_in(authority, file)
    kept = json.loads(file.path.read_text())
    assert file.path.read_text().count(kept["access"]) == 1
    assert set(json.loads(kept["notes"])) & {"AccessToken", "IdToken"} == set()


@pytest.mark.filterwarnings("ignore:Attempted too soon")  # msal looks at the clock, and nobody waited here
def test_a_service_that_asks_for_patience_is_waited_for(authority: Authority, file: TokenFile) -> None:
    authority.code = {"interval": 3}
    authority.answers[DEVICE_GRANT] = [(400, {"error": "slow_down"})]
    waits: list[float] = []
    sign_in_by_code(by_person(authority), file, lambda _code: None, waits.append)
    assert waits == [3.0, 8.0]


def test_a_code_that_nobody_used_in_time(authority: Authority, file: TokenFile) -> None:
    authority.code = {"expires_in": 0}
    authority.answers[DEVICE_GRANT] = [(400, {"error": "authorization_pending"})] * 2
    error = failed(lambda: signed_in(authority, file))
    assert (type(error), error.reason) == (TokenRefused, "expired-code")
    assert authority.grants() == [DEVICE_GRANT]


def test_renewed_without_a_person(authority: Authority, file: TokenFile) -> None:
    signed_in(authority, file)
    first = file.read()
    ended(file)
    assert TokenSource(by_person(authority), file).current()
    ended(file)
    TokenSource(by_person(authority), file).current()
    assert authority.grants() == [DEVICE_GRANT, RENEWAL, RENEWAL]
    said = [told["refresh_token"] for _, told in authority.posts if told.get("grant_type") == RENEWAL]
    assert said == ["hemlig-fornyelse-2", "hemlig-fornyelse-3"]  # each renewal brought another
    last = file.read()
    assert first is not None
    assert last is not None
    assert (last.user, last.access == first.access) == ("anna@myndighet.example", False)


def test_a_renewal_that_is_refused_keeps_what_there_was(authority: Authority, file: TokenFile) -> None:
    signed_in(authority, file)
    ended(file)
    before = file.path.read_bytes()
    authority.refuse(RENEWAL, 700082)
    error = failed(TokenSource(by_person(authority), file).current)
    assert (type(error), error.reason, error.facts["code"]) == (TokenRefused, "again", "AADSTS700082")
    assert error.exit_code == 3
    assert file.path.read_bytes() == before


def test_nobody_has_signed_in(authority: Authority, file: TokenFile) -> None:
    error = failed(TokenSource(by_person(authority), file).current)
    assert (type(error), error.facts["account"]) == (TokenMissing, "brev")
    assert authority.gets == []


def test_another_person_than_the_named_one(authority: Authority, file: TokenFile) -> None:
    error = failed(lambda: signed_in(authority, file, login_as="bo@myndighet.example"))
    assert (error.reason, error.user) == ("another", "anna@myndighet.example")
    assert file.read() is None
    assert signed_in(authority, file, login_as="Anna@Myndighet.example")


@pytest.mark.parametrize(
    "code",
    [
        {"verification_uri": "http://localhost/device"},
        {"verification_uri": "https://localhost/\x1b]0;x"},
        {"verification_uri": None},
        {"user_code": "A\u202eB"},
        {"user_code": "x" * 300},
        {"user_code": 7},
    ],
)
def test_a_code_that_is_not_shown(authority: Authority, file: TokenFile, code: dict[str, object]) -> None:
    authority.code = code
    error = failed(lambda: signed_in(authority, file))
    assert (type(error), error.reason) == (AuthorityUnreachable, "not understood")


def test_a_place_that_cannot_hold_a_token_is_said_before_anybody_signs_in(
    authority: Authority, file: TokenFile
) -> None:
    file.path.parent.write_text("en fil där mappen skulle vara")
    assert isinstance(failed(lambda: signed_in(authority, file)), TokenFileUnusable)
    assert authority.gets == []


# Refusals, in words


@pytest.mark.parametrize(
    ("codes", "reason"),
    [
        ([65001], "consent"),
        ([7000215], "secret"),
        ([7000222], "secret-expired"),
        ([700016], "application"),
        ([90002], "tenant"),
        ([53003], "conditional-access"),
        ([700024], "clock"),
        ([700027], "certificate"),
        ([50076], "again"),
        ([500011], "scope"),
        ([50105], "assignment"),
        ([123], "again"),  # by its name, invalid_grant
    ],
)
def test_refusals(authority: Authority, file: TokenFile, codes: list[int], reason: str) -> None:
    authority.refuse(CLIENT, *codes)
    error = failed(source(authority, file).current)
    assert (type(error), error.reason, error.facts["code"]) == (TokenRefused, reason, f"AADSTS{codes[0]}")
    assert "hemligt-ord" not in str(error)
    assert file.read() is None


def test_a_service_that_asks_to_come_back_later(authority: Authority, file: TokenFile) -> None:
    authority.refuse(CLIENT, 90033, error="temporarily_unavailable")
    error = failed(source(authority, file).current)
    assert (type(error), error.exit_code) == (AuthorityUnreachable, 4)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"error": "access_denied"}, "declined"),
        ({"error": "expired_token"}, "expired-code"),
        ({"error": "invalid_client", "error_description": "AADSTS7000218: x"}, "public-client"),
        ({"error": "invalid_client"}, "public-client"),
        ({"error": "något annat", "error_description": "x" * 10_000}, "other"),
        ({"error_codes": ["x", 1]}, "other"),
        ({"error_codes": [-65001]}, "consent"),
        ({}, "other"),
    ],
)
def test_refusals_of_a_person(told: dict[str, object], reason: str) -> None:
    error = refusal_of(told, "code", account="brev")
    assert error.reason == reason
    assert len(str(error)) < 200


def test_a_tenant_that_does_not_exist(authority: Authority, file: TokenFile) -> None:
    error = failed(source(authority, file, authority=f"{authority.url}/annan").current)
    assert (type(error), error.reason) == (TokenRefused, "tenant")
    assert authority.posts == []


# The way there


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((503, b"overloaded"), "HTTP 503"),
        ((429, {"error": "slow"}), "HTTP 429"),
        ((200, b"<html>Logga in i natverket</html>"), "not understood"),
        ((200, b"[" * 100_000), "not understood"),
        ((200, b"[]"), "not understood"),
        ((200, b"x" * (oauth_http.MAX_BYTES + 1)), "not understood"),
        ((200, {"access_token": "a\x01user=annan", "expires_in": 60}), "not understood"),
        ((200, {"access_token": ["x"]}), "not understood"),
        ((302, b""), "redirect"),
        ((307, b""), "redirect"),
    ],
)
def test_answers_that_are_none(
    authority: Authority, file: TokenFile, answer: tuple[int, bytes | dict[str, object]], reason: str
) -> None:
    authority.answers[CLIENT] = [answer]
    error = failed(source(authority, file).current)
    assert (type(error), error.reason) == (AuthorityUnreachable, reason)
    assert error.exit_code == 4
    assert authority.grants() == [CLIENT]  # a secret is told nowhere else, and not twice


@pytest.mark.parametrize(
    "discovery",
    [
        {"token_endpoint": "http://localhost/token"},
        {"token_endpoint": 7},
        {"token_endpoint": None},
        {"token_endpoint": "https://anna:x@localhost/t/oauth2/token"},
    ],
)
def test_a_service_that_points_elsewhere(
    authority: Authority, file: TokenFile, discovery: dict[str, object]
) -> None:
    authority.discovery = discovery
    assert isinstance(failed(source(authority, file).current), AuthorityUnreachable)
    assert authority.posts == []


@pytest.mark.parametrize("seconds", [-1, 1e308, "tretusen", None, True])
def test_how_long_a_token_lasts_is_bounded(authority: Authority, file: TokenFile, seconds: object) -> None:
    authority.answers[CLIENT] = [(200, {"access_token": "abc", "expires_in": seconds})] * 2
    try:
        source(authority, file).current()
    except AuthorityUnreachable as error:
        assert error.reason == "not understood"  # noqa: PT017 (msal itself may refuse it)
        return
    kept = file.read()
    assert kept is not None
    assert kept.expires <= time.time() + oauth_cache.LONGEST_SECONDS


# What is left behind


def test_nothing_secret_in_errors_tracebacks_logs_and_reprs(
    authority: Authority, file: TokenFile, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    signed_in(authority, file)
    ended(file)
    used = TokenSource(by_person(authority), file)
    authority.answers[RENEWAL] = [(200, b"inte JSON: hemlig-fornyelse")]
    error = failed(used.current)
    other = failed(lambda: refused(authority, TokenFile(file.path.with_name("b"))))
    token = file.read()
    told = [caplog.text, repr(used), repr(token), repr(by_person(authority))]
    for caught in (error, other):
        frames = traceback.TracebackException.from_exception(caught, capture_locals=True)
        told += [str(caught), repr(caught.facts), *frames.format()]
    assert token is not None
    for secret in ("hemlig-", KEY.reveal(), "klienthemlighet", token.access.reveal()):
        assert [text for text in told if secret in text] == []


def refused(authority: Authority, file: TokenFile) -> None:
    authority.refuse(CLIENT, 7000215, error="invalid_client")
    source(authority, file).current()
