"""What is wrong with a command line, in our words: click's own are in English alone."""

import re

import click

from tui.cli.options import metavar
from tui.i18n import N_, _
from tui.text import short_line

_QUOTED = re.compile(r"'(.+)'", re.DOTALL)
"""The file that click names; what it was given is nowhere else."""


def usage_text(error: click.ClickException) -> str:
    """What is wrong, and where the right words stand."""
    said = _usage_fact(error)
    context = getattr(error, "ctx", None)
    if context is None or "--help" in said:
        return said
    return said + " " + _("See {command} --help.").format(command=_help_path(context))


def _help_path(context: click.Context) -> str:
    """What is done where no subcommand is named has its options on its group's page."""
    return context.command_path.removesuffix(" list").removesuffix(" figures")


def _usage_fact(error: click.ClickException) -> str:
    match error:
        case click.exceptions.NoSuchCommand():
            return _no_such(N_("There is no command “{name}”."), error.command_name, error.possibilities)
        case click.NoSuchOption():
            return _no_such(N_("There is no option {name}."), error.option_name, error.possibilities)
        case click.MissingParameter():
            return _("{name} is missing.").format(name=_parameter(error))
        case click.BadParameter():
            return f"{_parameter(error)}: {short_line(_bad_value(error))}."
        case click.BadOptionUsage():
            return _("The option {name} is not used rightly: it needs a value.").format(
                name=short_line(error.option_name)
            )
        case click.FileError():
            return _("“{filename}” cannot be opened.").format(filename=short_line(error.filename))
    extra = _("There are words too many, or too few.")
    return (
        extra
        if isinstance(error, click.UsageError) and "argument" in error.message
        else short_line(error.message)
    )


def _no_such(text: str, name: str, near: list[str] | None) -> str:
    said = _(text).format(name=short_line(name))
    return said if not near else said + " " + _("Did you mean {names}?").format(names=", ".join(near))


def _parameter(error: click.BadParameter) -> str:
    """The option as it is written, and the variable if the value came from there."""
    if error.param is None:
        hint = error.param_hint
        return short_line(hint if isinstance(hint, str) else " ".join(hint or ("?",)))
    if isinstance(error.param, click.Option):
        name = "/".join(error.param.opts)
        return f"{name} {error.param.metavar}" if error.param.nargs > 1 else name
    return metavar((error.param.metavar or error.param.human_readable_name).upper())


def _bad_value(error: click.BadParameter) -> str:
    asked = None if error.param is None else error.param.type
    if isinstance(asked, click.Tuple):  # an id, which may be any word, and a number
        asked = asked.types[-1]
    match asked:
        case click.Choice():
            return _("choose one of {choices}").format(choices=", ".join(map(str, asked.choices)))
        case click.IntRange() | click.FloatRange() if asked.max is None:
            return _("write a number from {low} on").format(low=asked.min)
        case click.IntRange() | click.FloatRange():
            return _("write a number from {low} to {high}").format(low=asked.min, high=asked.max)
        case click.types.IntParamType() | click.types.FloatParamType():
            return _("write a number")
        case click.Path():
            name = _QUOTED.search(error.message)
            return _("“{name}” does not exist or cannot be read").format(name=name.group(1) if name else "?")
    return error.message.rstrip(".")
