"""What holds for the options of all commands at once."""

from collections.abc import Iterator

import click
import pytest

from tui.cli.table import COMMANDS

CHECKED_BY_CRM = {("account add", "port"), ("account set", "port")}


def options_of(command: click.Command, path: str) -> Iterator[tuple[str, click.Option]]:
    yield from ((path, one) for one in command.params if isinstance(one, click.Option))
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from options_of(found, f"{path} {name}")


OPTIONS = [one for name, lazy in COMMANDS.items() for one in options_of(lazy.load(), name)]


def test_no_number_may_be_any_number() -> None:
    ranged = (click.IntRange, click.FloatRange)
    numbers = (click.types.IntParamType, click.types.FloatParamType)
    free = {
        (path, one.name)
        for path, one in OPTIONS
        if isinstance(one.type, numbers) and not isinstance(one.type, ranged)
    }
    assert free == CHECKED_BY_CRM


@pytest.mark.parametrize("name", ["as_json", "limit", "before"])
def test_one_option_means_the_same_everywhere(name: str) -> None:
    named = [one for _path, one in OPTIONS if one.name == name]
    assert len(named) > 10
    assert {tuple(one.opts) for one in named} == {tuple(named[0].opts)}
    assert {one.is_flag for one in named} == {name == "as_json"}
