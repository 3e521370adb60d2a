"""The server that takes our mail, as settings name it: checked, and connected when it is first needed."""

from collections.abc import Callable

from crm.errors import SettingsInvalid
from crm.settings import Settings
from ingest import secrets
from ingest.errors import IngestError
from ingest.smtp import Relay, RelayConfig


def relay_config(settings: Settings) -> RelayConfig:
    """Raises SettingsInvalid for the first setting that is missing."""
    if settings.smtp_host is None:
        raise SettingsInvalid("smtp_host", "missing")
    sender = sender_of(settings)
    if settings.smtp_user is not None and settings.smtp_secret is None:
        raise SettingsInvalid("smtp_secret", "missing")
    return RelayConfig(
        host=settings.smtp_host,
        hello=sender.rpartition("@")[2],
        security=settings.smtp_security,
        port=settings.smtp_port or None,
        user=settings.smtp_user,
        ca_file=settings.smtp_ca_file,
    )


def sender_of(settings: Settings) -> str:
    """Raises SettingsInvalid where there is none."""
    if settings.reminder_from is None:
        raise SettingsInvalid("reminder_from", "missing")
    return settings.reminder_from


class LazyRelay:
    """A post whose connection is made with the first mail, and anew after one that broke. Raises IngestErrors."""

    def __init__(self, settings: Settings, connect: Callable[..., Relay] = Relay) -> None:
        self._config = relay_config(settings)
        self._secret_ref = settings.smtp_secret
        self._connect = connect
        self._relay: Relay | None = None

    def send(self, sender: str, recipient: str, mail: bytes, before_end: Callable[[], None]) -> None:
        """As `Relay.send`."""
        if self._relay is None:
            self._relay = self._connect(self._config, self._secret())
        try:
            self._relay.send(sender, recipient, mail, before_end)
        except IngestError as error:
            if error.exit_code == 4:  # the line is gone, or said so badly that it is not used again
                self.close()
            raise
        except BaseException:
            self.close()
            raise

    def _secret(self) -> secrets.Secret | None:
        if self._config.user is None or self._secret_ref is None:
            return None
        return secrets.resolve(self._secret_ref)

    def close(self) -> None:
        if self._relay is not None:
            self._relay.close()
            self._relay = None
