"""Whatever a sign-in service answers, and whatever stands in a token's file: a token, or an error of ours."""

import json
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import oauth
from ingest.errors import IngestError, TokenFileDamaged
from ingest.oauth import SignIn, TokenSource, sign_in_by_code
from ingest.oauth_cache import Token, TokenFile
from ingest.oauth_http import Answer, host_of
from ingest.oauth_refusals import refusal_of
from ingest.secrets import Secret

WORDS = st.sampled_from(
    [
        "abc",
        "",
        "authorization_pending",
        "slow_down",
        "invalid_grant",
        "AADSTS65001: x",
        "https://a.example",
        "7",
    ]
)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | WORDS
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(
    """access_token token_type expires_in refresh_in refresh_token id_token client_info scope error error_description
    error_codes suberror foci device_code user_code verification_uri interval token_endpoint issuer
    authorization_endpoint device_authorization_endpoint correlation_id claims""".split()
)
ANSWERS = st.dictionaries(NAMES, VALUES, max_size=10)
STATUSES = st.sampled_from([200, 200, 400, 401])


class Service:
    """Stands in for the HTTP: answers in turn what it was given, and what is usual in between."""

    def __init__(self, discovery: dict[str, Any], answers: list[tuple[int, dict[str, Any]]]) -> None:
        self.refusal: dict[str, Any] = {}
        self._discovery, self._answers = discovery, list(answers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""

    def get(self, _url: str, **_given: Any) -> Answer:
        base = "https://login.example/t"
        told = {name: f"{base}/{name}" for name in ("issuer", "token_endpoint", "authorization_endpoint")}
        told["device_authorization_endpoint"] = f"{base}/device"
        return Answer(200, json.dumps({**told, **self._discovery}), {})

    def post(self, _url: str, **_given: Any) -> Answer:
        status, told = self._answers.pop(0) if self._answers else (400, {"error": "expired_token"})
        self.refusal = told if status >= 400 else {}
        return Answer(status, json.dumps(told), {})


def attempted(work: Callable[[TokenFile], object]) -> None:
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # msal's, about answers that are odd
        file = TokenFile(Path(folder, "tokens", "brev.json"))
        try:
            work(file)
        except IngestError:
            return
        kept = file.read()
        assert kept is not None
        assert kept.access


@settings(max_examples=25, deadline=None)
@given(discovery=ANSWERS, answer=st.tuples(STATUSES, ANSWERS))
def test_any_answer_to_an_application(discovery: dict[str, Any], answer: tuple[int, dict[str, Any]]) -> None:
    made = SignIn("brev", "client", "https://login.example/t", "c", "s/.default")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(oauth, "Http", lambda: Service(discovery, [answer]))
        attempted(lambda file: TokenSource(made, file, Secret("hemligt")).current())


@settings(max_examples=25, deadline=None)
@given(code=ANSWERS, answers=st.lists(st.tuples(STATUSES, ANSWERS), max_size=3))
def test_any_answer_to_a_person(code: dict[str, Any], answers: list[tuple[int, dict[str, Any]]]) -> None:
    made = SignIn("brev", "device", "https://login.example/t", "c", "s")
    usual = {"device_code": "x", "user_code": "A", "verification_uri": "https://a.example", "expires_in": 60}
    given_answers = [(200, {**usual, **code}), *answers]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(oauth, "Http", lambda: Service({}, given_answers))
        attempted(lambda file: sign_in_by_code(made, file, lambda _code: None, lambda _seconds: None))


@settings(deadline=None)
@given(told=ANSWERS, shown=st.sampled_from(["secret", "certificate", "code"]))
def test_any_refusal_has_a_short_reason(told: dict[str, Any], shown: Any) -> None:
    error = refusal_of(told, shown, account="brev")
    assert error.exit_code in {3, 4}
    assert error.reason
    assert len(str(error)) < 200


@settings(max_examples=50, deadline=None)
@given(data=st.binary(max_size=200) | VALUES.map(lambda value: json.dumps(value).encode()))
def test_any_file_is_a_token_or_damaged(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = TokenFile(Path(folder, "tokens", "brev.json"))
        file.write(Token(Secret("abc"), 1e10))
        file.path.write_bytes(data)
        with pytest.raises(TokenFileDamaged):
            file.read()


@settings(max_examples=50, deadline=None)
@given(access=st.text(min_size=1), expires=st.floats(), notes=st.text(min_size=1) | st.none(), user=st.text())
def test_a_token_comes_back_as_it_was_kept(access: str, expires: float, notes: str | None, user: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = TokenFile(Path(folder, "tokens", "brev.json"))
        token = Token(Secret(access), expires, Secret(notes) if notes else None, user)
        file.write(token)
        assert repr(file.read()) == repr(token)
        kept = file.read()
        assert kept is not None
        assert (kept.access, kept.notes) == (token.access, token.notes)


@settings(deadline=None)
@given(url=st.text() | st.text().map("https://{}".format))
def test_any_address_has_a_host_or_none(url: str) -> None:
    host = host_of(url)
    assert host is None or (host and url.lower().startswith("https://"))
