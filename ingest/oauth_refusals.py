"""What a sign-in service's refusal is about: one word for each kind, whatever the service's own sentence says.

Its sentence is never repeated: it is foreign text, names people, and might hold what we sent.
Error names: RFC 6749 (5.2), RFC 8628 (3.5), OpenID Connect Core (3.1.2.6). Numbers: "Microsoft Entra authentication
and authorization error codes", https://learn.microsoft.com/entra/identity-platform/reference-error-codes.
"""

import re
from collections.abc import Mapping
from typing import Any, Final, Literal

from ingest.errors import AuthorityUnreachable, IngestError, TokenRefused

_NUMBER = re.compile(r"AADSTS(\d{3,8})", re.ASCII)
_NAME = re.compile(r"[a-z_]{1,40}", re.ASCII)
_LOOKED_THROUGH = 2000

LATER: Final = "later"
Shown = Literal["secret", "certificate", "code"]

_NUMBERS: Final[dict[str, frozenset[int]]] = {
    "consent": frozenset({65001, 65002, 650056, 90094, 90095}),
    "declined": frozenset({65004}),
    "expired-code": frozenset({70019, 70020}),
    "tenant": frozenset({90002, 90023, 900021, 900023, 90013, 50059, 50020, 500021}),
    "conditional-access": frozenset(
        {50097, 50131, 50158, 53000, 53001, 53002, 53003, 53004, 53009, 53010, 53011, 530003}
        | {530021, 530031, 530032, 530033, 530034, 530035, 530036, 530037}
    ),
    "clock": frozenset({70002007, 700024, 700223, 500133, 5000133}),
    "secret": frozenset({7000215, 7000218, 7000216, 70002, 50012}),
    "secret-expired": frozenset({7000222}),
    "certificate": frozenset({700027, 700021, 700022, 7000273, 7000274, 50027}),
    "application": frozenset({700016, 700038, 7000112, 90124, 70001}),
    "user": frozenset({50034, 50053, 50057, 51004, 50056, 50126}),
    "assignment": frozenset({50105, 501051}),
    "scope": frozenset({70011, 500011, 1002012, 28002, 28003, 650053, 650057, 500014}),
    "again": frozenset(
        {50013, 50055, 50072, 50074, 50076, 50078, 50079, 50089, 50132, 50133, 50144, 50173, 54005}
        | {65005, 70000, 70008, 70043, 70044, 700082, 700081, 700084, 16000, 500571}
    ),
    LATER: frozenset({50001, 50196, 90006, 90012, 90014, 90020, 90024, 90033, 90055, 90087, 20033, 1000000}),
}
_NAMES: Final[dict[str, str]] = {
    "access_denied": "declined",
    "authorization_declined": "declined",
    "bad_verification_code": "expired-code",
    "code_expired": "expired-code",
    "consent_required": "consent",
    "expired_token": "expired-code",
    "interaction_required": "again",
    "invalid_client": "secret",
    "invalid_grant": "again",
    "invalid_resource": "scope",
    "invalid_scope": "scope",
    "invalid_tenant": "tenant",
    "login_required": "again",
    "server_error": LATER,
    "temporarily_unavailable": LATER,
    "unauthorized_client": "application",
}


def refusal_of(told: Mapping[str, Any], shown: Shown, **facts: str | None) -> IngestError:
    """TokenRefused with a `reason` of this module, or AuthorityUnreachable where the service says "later".

    `shown` is what the application showed: a secret, a certificate, or a person's code and nothing of its own.
    """
    number = _number(told)
    name = _name(told)
    code = f"AADSTS{number}" if number else name
    word = _word(number, name)
    if word == "secret" and shown != "secret":
        word = "certificate" if shown == "certificate" else "public-client"
    if word == LATER:
        return AuthorityUnreachable(**facts, reason=LATER, code=code)
    return TokenRefused(**facts, reason=word, code=code)


def _word(number: int | None, name: str | None) -> str:
    for word, numbers in _NUMBERS.items():
        if number in numbers:
            return word
    return _NAMES.get(name or "", "other")


def _number(told: Mapping[str, Any]) -> int | None:
    """Microsoft's number: from its list, else from its sentence."""
    codes = told.get("error_codes")
    if isinstance(codes, list) and codes and isinstance(codes[0], int):
        return abs(codes[0]) % 10**9
    found = _NUMBER.search(str(told.get("error_description", ""))[:_LOOKED_THROUGH])
    return int(found[1]) if found else None


def _name(told: Mapping[str, Any]) -> str | None:
    name = told.get("error")
    return name if isinstance(name, str) and _NAME.fullmatch(name) else None
