"""docs/commands.md: every command and option, from what the commands say of themselves."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from tui.cli.frame import Group
from tui.cli.options import GlobalOption, global_options, metavar, translated
from tui.cli.table import COMMANDS
from tui.i18n import set_language

_HEAD = """# Commands
Every command with its options, in the words of `aterkom COMMAND --help`. `make reference` writes this page from the
program, and a test holds it to that. What the commands are for stands in the [README](../README.md) and the pages beside this one.
"""


def reference() -> str:
    """The whole page, in English. Leaves the language of the interface at English."""
    set_language("en")
    shared = _section("Options of every command", "Before or after its name", global_options(root=False))
    told = [part for name, lazy in COMMANDS.items() for part in _commands(lazy.load(), name)]
    return "\n".join([_HEAD, shared, *told])


def _commands(command: click.Command, path: str) -> Iterator[str]:
    """A command, and those below it; what a group does by itself is told once, under its own name."""
    if path == "offices plan":  # another name of `plan`
        return
    own = command.commands[command.own] if isinstance(command, Group) else command
    declared = [one for one in own.params if not isinstance(one, GlobalOption)]
    yield _section(f"`{_usage(own, path)}`", translated(own.help), declared)
    if isinstance(command, Group):
        for name, below in command.commands.items():
            if below is not own:
                yield from _commands(below, f"{path} {name}")


def _usage(command: click.Command, path: str) -> str:
    context = click.Context(command, info_name=path)
    words = [metavar(one.make_metavar(context)) for one in command.params if isinstance(one, click.Argument)]
    return " ".join(["aterkom", path, *words])


def _section(title: str, said: str, params: Iterable[click.Parameter]) -> str:
    lines = [_line(one) for one in params if isinstance(one, click.Option) and not one.hidden]
    return "\n".join([f"## {title}", f"{said.rstrip('.')}.", *lines, ""])


def _line(option: click.Option) -> str:
    context = click.Context(click.Command("aterkom"))
    value = "" if option.is_flag or option.count else f" {option.make_metavar(context)}"
    names = (*option.opts, *option.secondary_opts)
    return f"- {', '.join(f'`{name}{value}`' for name in names)}: {translated(option.help)}"


if __name__ == "__main__":
    Path("docs/commands.md").write_text(reference(), encoding="utf-8")
