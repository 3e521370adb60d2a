"""The options that every command takes, before or after its name, and the types of option values."""

import re
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from click.core import ParameterSource

from tui.i18n import LANGUAGES, N_, _, set_language

if TYPE_CHECKING:
    from crm.settings import Settings

_META: Final = "tui.cli.options"


@dataclass(frozen=True, slots=True)
class Options:
    """What was said on the line or in the environment; None where nothing was. Settings fill the rest."""

    database: str | None = None
    config: Path | None = None
    lang: str | None = None
    today: date | None = None
    user: str | None = None
    own: str | None = None
    no_progress: bool = False
    verbose: int = 0

    def settings(self) -> "Settings":
        """Line, then environment, then settings file. Raises crm.errors.SettingsInvalid."""
        return _settings(self)


@lru_cache(maxsize=8)
def _settings(options: Options) -> "Settings":
    from crm.settings import load

    settings = load(
        options.config,
        database_url=options.database,
        lang=options.lang,
        today=options.today,
        user=options.user,
        own=options.own,
    )
    set_language(settings.lang)
    return settings


class Day(click.ParamType[date]):
    """An ISO day, `2021-10-18`."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value)[:40])
        except ValueError:
            self.fail(_("“{value}” is not a day; write it as 2021-10-18").format(value=value), param, ctx)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        del param, ctx
        return _("DAY")


DAY: Final = Day()


def translated(message: str | None) -> str:
    """A help text that was marked by `N_`, in the interface's language."""
    return _(message) if message else ""


# What stands for a value in a usage line: ours, and click's own for the types that it knows.
_METAVARS: Final[dict[str, str]] = {
    "ADDRESS": N_("ADDRESS"),
    "CODE": N_("CODE"),
    "DIGEST": N_("DIGEST"),
    "DIRECTORY": N_("FOLDER"),
    "DOMAIN": N_("DOMAIN"),
    "FILE": N_("FILE"),
    "FLOAT": N_("NUMBER"),
    "INTEGER": N_("NUMBER"),
    "KEY": N_("KEY"),
    "MESSAGE": N_("MESSAGE"),
    "FROM": N_("FROM"),
    "NAME": N_("NAME"),
    "NOTE": N_("NOTE"),
    "OFFICE": N_("OFFICE"),
    "PATH": N_("PATH"),
    "PROVISION": N_("PROVISION"),
    "QUERY": N_("QUERY"),
    "SECONDS": N_("SECONDS"),
    "TEXT": N_("TEXT"),
    "TO": N_("TO"),
    "WHEN": N_("WHEN"),
    "WHO": N_("WHO"),
    "WORDS": N_("WORDS"),
}


def metavar(said: str) -> str:
    """`INTEGER RANGE` as NUMBER, `[NAME…]` as `[NAMN…]` in Swedish; choices in lower case stay."""
    words = said.replace(" RANGE", "")
    return re.sub(r"[A-Z]+", lambda found: _(_METAVARS.get(found[0], found[0])), words)


class Option(click.Option):
    """An option whose help is a msgid, translated when it is shown, and the word for its value with it."""

    def make_metavar(self, ctx: click.Context) -> str:
        return metavar(super().make_metavar(ctx))

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        if self.hidden:
            return None
        return self.get_help_spec(ctx) if hasattr(self, "get_help_spec") else "", translated(self.help)


class GlobalOption(Option):
    """An option of every command: the place nearest to the end of the line wins, the environment comes last."""

    def __init__(self, *names: str, everywhere: bool = True, **attributes: Any) -> None:
        super().__init__(list(names), expose_value=False, callback=_remember, **attributes)
        self.everywhere = everywhere


def _remember(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    said: dict[str, Any] = ctx.meta.setdefault(_META, {})
    name = str(param.name)
    if ctx.get_parameter_source(name) == ParameterSource.COMMANDLINE:
        said[name] = value
    elif value:
        said.setdefault(name, value)
    if name == "lang" and value:
        set_language(value)
    return value


def global_options(*, root: bool) -> list[click.Parameter]:
    """New parameters for one command; the environment is asked by the root alone."""

    def named(name: str) -> str | None:
        return f"ATERKOM_{name}" if root else None

    return [
        GlobalOption(
            "--database",
            metavar="URL",
            envvar=named("DATABASE_URL"),
            help=N_("Where the store is: sqlite:///FILE or postgresql+psycopg://…"),
        ),
        GlobalOption(
            "--config",
            type=click.Path(path_type=Path),
            metavar="FILE",
            envvar=named("CONFIG"),
            help=N_("Settings file to read instead of your own"),
        ),
        GlobalOption(
            "--lang",
            type=click.Choice(LANGUAGES),
            envvar=named("LANG"),
            help=N_("Language: sv (Swedish) or en (English)"),
        ),
        GlobalOption("--today", type=DAY, envvar=named("TODAY"), help=N_("Take this day for today")),
        GlobalOption(
            "--user", metavar="NAME", envvar=named("USER"), help=N_("Who decides; otherwise your login")
        ),
        GlobalOption(
            "--own",
            metavar="DOMAIN",
            envvar=named("OWN"),
            help=N_("Who we are: our domains and addresses, separated by commas"),
        ),
        GlobalOption("--no-progress", is_flag=True, help=N_("Show no progress")),
        GlobalOption("-v", "--verbose", count=True, help=N_("Say more; with an error, where it arose")),
    ]


def current(ctx: click.Context) -> Options:
    """The options as merged so far, for the command that is about to run."""
    said = ctx.meta.get(_META, {})
    return Options(**{f.name: said[f.name] for f in fields(Options) if said.get(f.name) is not None})
