"""Where reminders are mailed, and by which server. Its password stands elsewhere: settings hold a reference."""

import re
from typing import Literal

from pydantic import BaseModel, Field, field_validator

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){0,8}")


def is_address(text: str) -> bool:
    """Whether mail can be sent to it: one plain address, nothing around it."""
    return _ADDRESS.fullmatch(text) is not None


def _address(text: str) -> str:
    if not is_address(text):
        raise ValueError(f"{text!r} is no mail address")
    return text.lower()


class MailSettings(BaseModel):
    """The server that takes our mail, and who gets which."""

    smtp_host: str | None = Field(
        None, description="Mail server that reminders are sent by; without one nothing is sent"
    )
    smtp_port: int = Field(
        0, ge=0, le=65_535, description="Its port; 0: 465 with tls, 587 with starttls, 25 with plain"
    )
    smtp_security: Literal["tls", "starttls", "plain"] = Field(
        "tls", description="How the connection is kept safe: tls, starttls, or plain (to this machine alone)"
    )
    smtp_user: str | None = Field(
        None, description="Who signs in there; without one the server has to know this machine"
    )
    smtp_secret: str | None = Field(
        None,
        description="Where its password is: env:VAR, file:PATH, command:…, keyring:SERVICE/USER or credential:NAME",
    )
    smtp_auth: Literal["password", "xoauth2", "oauthbearer"] = Field(
        "password", description="How one signs in there: password, or with a token by xoauth2 or oauthbearer"
    )
    smtp_client_id: str | None = Field(
        None,
        description="Application that gets the tokens, whose secret smtp_secret is then; without one smtp_secret gives the token itself",
    )
    smtp_tenant: str | None = Field(None, description="Tenant of that application")
    smtp_authority: str | None = Field(
        None, description="Address of what gives the tokens, if not Microsoft's; https alone"
    )
    smtp_scope: str | None = Field(None, description="What the token is for, if not Exchange Online")
    smtp_certificate: str | None = Field(
        None, description="Certificate of the application, a PEM file; smtp_secret is its private key then"
    )
    smtp_ca_file: str | None = Field(
        None, description="Certificate authority of that server, a PEM file, if not one of the system's"
    )
    reminder_from: str | None = Field(None, description="Sender of the reminders")
    reminder_unassigned: str | None = Field(
        None, description="Address that is reminded of what nobody is responsible for"
    )
    reminder_addresses: dict[str, str] = Field(
        default_factory=dict, description="Mail address of each person by name or login"
    )

    @field_validator("reminder_from", "reminder_unassigned")
    @classmethod
    def _one_address(cls, text: str | None) -> str | None:
        return None if text is None else _address(text)

    @field_validator("reminder_addresses")
    @classmethod
    def _addresses(cls, named: dict[str, str]) -> dict[str, str]:
        return {name.strip().casefold(): _address(text) for name, text in named.items()}
