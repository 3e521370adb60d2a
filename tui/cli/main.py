"""`aterkom`: the entry point. Turns whatever happens into data, one plain line and an exit code."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from tui.cli import errors
from tui.cli.frame import Lazy, Root
from tui.cli.options import Options, current
from tui.cli.signals import listen_for_signals
from tui.cli.table import COMMANDS
from tui.i18n import DEFAULT, _, set_language


def cli(table: Mapping[str, Lazy] = COMMANDS) -> Root:
    """The root command over a table of commands."""
    return Root(table, callback=_open_screen)


@click.pass_context
def _open_screen(ctx: click.Context) -> int | None:
    if ctx.invoked_subcommand is not None:
        return None
    return run_screen(current(ctx))


def run_screen(options: Options) -> int:
    """The full screen, until it is left; without a terminal it would wait for ever."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError(
            _("The full screen needs a terminal. See what else there is with: aterkom --help")
        )
    from tui.app import run

    return run(options)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs a command line and ends the process with its exit code."""
    listen_for_signals()
    given = list(sys.argv[1:] if arguments is None else arguments)
    code = run_line(given)
    _flush()
    sys.exit(code)


def run_line(arguments: list[str], table: Mapping[str, Lazy] = COMMANDS) -> int:
    """Runs one command line and gives its exit code; whatever went wrong is said on stderr."""
    set_language(_early_language(arguments, os.environ))
    _tolerate_odd_encodings()
    try:
        result = cli(table).main(arguments, prog_name="aterkom", standalone_mode=False)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except (KeyboardInterrupt, click.Abort):
        return errors.INTERRUPTED
    except BrokenPipeError:
        errors.silence_stdout()
        return 0
    except Exception as error:  # noqa: BLE001 - the last door: every error ends as one line and a code
        return errors.report(error, verbose=_is_verbose(arguments))
    return result if isinstance(result, int) else 0


def _early_language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language, known before anything is parsed: help and usage errors speak it as well."""
    for at, word in enumerate(arguments):
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
        if word == "--lang" and at + 1 < len(arguments):
            return arguments[at + 1]
    return environment.get("ATERKOM_LANG") or _language_of_settings(arguments, environment)


def _language_of_settings(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """`lang` of the settings file, read without what checks the settings; that comes with the command."""
    import tomllib

    import platformdirs

    named = [arguments[at + 1] for at, word in enumerate(arguments[:-1]) if word == "--config"]
    default = Path(platformdirs.user_config_dir("aterkom")) / "settings.toml"
    file = Path(named[-1] if named else environment.get("ATERKOM_CONFIG") or default)
    try:
        with file.open("rb") as source:
            return str(tomllib.load(source).get("lang", DEFAULT))
    except (OSError, ValueError):
        return DEFAULT


def _is_verbose(arguments: Sequence[str]) -> bool:
    return any(word in {"-v", "-vv", "--verbose"} for word in arguments)


def _tolerate_odd_encodings() -> None:
    """A terminal that is not UTF-8 shows `?` for what it cannot; it ends nothing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _flush() -> None:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        errors.silence_stdout()


if __name__ == "__main__":
    main()
