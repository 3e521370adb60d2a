"""Settings: a TOML file and environment variables; what a command line says comes before both.

Secrets never stand here: an account names where its secret is kept.
"""

import getpass
import re
from contextvars import ContextVar
from datetime import date, datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import platformdirs
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from crm.duty_settings import DutySettings
from crm.errors import SettingsFileInvalid, SettingsInvalid
from crm.limit_settings import LimitSettings
from crm.mail_settings import MailSettings
from crm.retention_settings import RetentionSettings
from nlp.models import NONE, OURS, located

APP = "aterkom"
_FILE: ContextVar[Path] = ContextVar("settings file")  # the one that is being loaded


def data_dir() -> Path:
    """Where the built-in store lies."""
    return Path(platformdirs.user_data_dir(APP))


def config_file() -> Path:
    """Where settings are looked for when no `--config` is given."""
    return Path(platformdirs.user_config_dir(APP)) / "settings.toml"


def _default_url() -> str:
    return f"sqlite:///{data_dir() / 'aterkom.sqlite'}"


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "okänd"


class Settings(DutySettings, MailSettings, LimitSettings, RetentionSettings, BaseSettings):
    """Every setting, as it stands in the file and (in capitals, with ATERKOM_ before it) in the environment."""

    model_config = SettingsConfigDict(env_prefix="ATERKOM_", extra="ignore", frozen=True)

    database_url: str = Field(
        default_factory=_default_url,
        description="Where the store is: sqlite:///FILE or postgresql+psycopg://…",
    )
    lang: Literal["sv", "en"] = Field("sv", description="Language of the interface")
    today: date | None = Field(None, description="The day that stands for today; for demonstration and tests")
    user: str = Field(default_factory=_login, description="Who decides; stands beside every decision")
    own: str | None = Field(
        None,
        description="Who we are: domains and addresses, separated by comma or space; else each account's domain",
    )
    own_numbers: str = Field(
        r"\d{4}-\d{5}(?:-\d+(?:\.\d+)*)?",
        description="Regular expression of our own diary's numbers; all others are somebody else's",
    )
    zone: str = Field("Europe/Stockholm", description="The zone of dates that are written without one")
    jobs: int = Field(0, ge=0, le=64, description="Reading processes; 0: one for each processor")
    name_model: str = Field(
        OURS,
        description="Trained spaCy pipeline that is asked about names which no rule explains: a package or a folder; none for rules alone",
    )
    watch_interval: float = Field(
        120, ge=1, le=86_400, description="Seconds between two looks of a sync that stays (sync --watch)"
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Command line, then environment, then the file that `load` reads."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=_FILE.get())

    @field_validator("own_numbers")
    @classmethod
    def _a_pattern(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"it is no regular expression: {error}") from None
        return pattern

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"there is no time zone {zone!r}") from None
        return zone

    @field_validator("name_model")
    @classmethod
    def _known_model(cls, name: str) -> str:
        if name not in {OURS, NONE} and located(name) is None:
            raise ValueError(f"there is no spaCy pipeline {name!r}")
        return name

    def own_names(self) -> tuple[str, ...]:
        """Domains and addresses that are ours, in lower case; empty when not set."""
        return tuple((self.own or "").replace(",", " ").lower().split())

    def day(self) -> date:
        """Today where we are, or the day that was set for it."""
        return self.now().date()

    def now(self) -> datetime:
        """The present moment in our zone, on the day that stands for today."""
        present = datetime.now(ZoneInfo(self.zone))
        return present if self.today is None else datetime.combine(self.today, present.timetz())


def load(config: Path | None = None, **given: object) -> Settings:
    """Settings from `config` (default: the user's file, if there is one), environment and what is `given`.

    A value of None in `given` means not given. Raises SettingsInvalid.
    """
    if config is not None and not config.is_file():
        raise SettingsFileInvalid(str(config), "no such file")
    file = config or config_file()

    named = _FILE.set(file)
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        raise SettingsInvalid(str(first["loc"][0]), first["msg"]) from None
    except ValueError as error:  # a TOML file that is none
        raise SettingsFileInvalid(str(file), str(error)) from None
    finally:
        _FILE.reset(named)
