"""The server that takes our mail, as settings name it: checked, and connected when it is first needed."""

from collections.abc import Callable

from crm.account_settings import NewAccount, check, write
from crm.accounts import secret_of
from crm.errors import AccountRefused, SettingsInvalid
from crm.settings import Settings
from db.schema import Account
from ingest import secrets
from ingest.errors import IngestError
from ingest.smtp import Relay, RelayConfig

# Which setting is amiss, and how, by what an account of the same words is refused for.
_AMISS = {
    "client-id": ("smtp_client_id", "no client id"),
    "tenant": ("smtp_tenant", "missing, or no tenant of its own"),
    "authority": ("smtp_authority", "no https address"),
    "scope": ("smtp_scope", "no scope"),
    "token-mechanism": ("smtp_auth", "with smtp_client_id it is xoauth2 or oauthbearer"),
}


def relay_config(settings: Settings) -> RelayConfig:
    """Raises SettingsInvalid for the first setting that is missing."""
    if settings.smtp_host is None:
        raise SettingsInvalid("smtp_host", "missing")
    sender = sender_of(settings)
    if settings.smtp_user is not None and settings.smtp_secret is None:
        raise SettingsInvalid("smtp_secret", "missing")
    if settings.smtp_client_id is not None:
        _token_account(settings)
    return RelayConfig(
        host=settings.smtp_host,
        hello=sender.rpartition("@")[2],
        security=settings.smtp_security,
        port=settings.smtp_port or None,
        user=settings.smtp_user,
        ca_file=settings.smtp_ca_file,
        auth=settings.smtp_auth,
    )


def credential(settings: Settings) -> secrets.Credential | None:
    """What signs in there: none, a password or token from where the reference points, or a source of tokens.

    Tokens are got and kept as those of accounts are. Raises SettingsInvalid, ingest's settings errors.
    """
    if settings.smtp_user is None or settings.smtp_secret is None:
        return None
    if settings.smtp_client_id is None:
        return secrets.resolve(settings.smtp_secret)
    return secret_of(_token_account(settings))


def _token_account(settings: Settings) -> Account:
    """The server that takes mail as an account whose application signs in by itself; it stands in no store."""
    new = NewAccount(
        name=f"smtp {settings.smtp_host}",
        host=settings.smtp_host or "",
        user=settings.smtp_user or "",
        secret=settings.smtp_secret,
        security=settings.smtp_security,
        auth=settings.smtp_auth,
        flow="client",
        tenant=settings.smtp_tenant,
        client_id=settings.smtp_client_id,
        authority=settings.smtp_authority,
        certificate=settings.smtp_certificate,
        scope=settings.smtp_scope,
    )
    try:
        check(new)
    except AccountRefused as error:
        raise SettingsInvalid(*_AMISS.get(error.reason, ("smtp_client_id", error.reason))) from None
    row = Account(name=new.name)
    write(row, new)
    return row


def sender_of(settings: Settings) -> str:
    """Raises SettingsInvalid where there is none."""
    if settings.reminder_from is None:
        raise SettingsInvalid("reminder_from", "missing")
    return settings.reminder_from


class LazyRelay:
    """A post whose connection is made with the first mail, and anew after one that broke. Raises IngestErrors."""

    def __init__(self, settings: Settings, connect: Callable[..., Relay] = Relay) -> None:
        self._config = relay_config(settings)
        self._settings = settings
        self._connect = connect
        self._relay: Relay | None = None

    def send(self, sender: str, recipient: str, mail: bytes, before_end: Callable[[], None]) -> None:
        """As `Relay.send`."""
        if self._relay is None:
            self._relay = self._connect(self._config, credential(self._settings))
        try:
            self._relay.send(sender, recipient, mail, before_end)
        except IngestError as error:
            if error.exit_code == 4:  # the line is gone, or said so badly that it is not used again
                self.close()
            raise
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        if self._relay is not None:
            self._relay.close()
            self._relay = None
