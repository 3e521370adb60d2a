"""Commands as Återkom has them: global options anywhere, help in the interface's language, loaded when used.

A command is a function that takes `Options` first and gives an exit code or None:

    @command("sync", help=N_("Fetch mail"))
    @argument("names", nargs=-1)
    @option("--watch", is_flag=True, help=N_("Stay and fetch again"))
    def sync(options: Options, names: tuple[str, ...], watch: bool) -> int | None: ...

    @group("follow-ups", help=N_("…"))        # `follow-ups` itself lists
    @option("--state", help=N_("…"))
    def follow_ups(options: Options, state: str | None) -> None: ...

    @follow_ups.sub("accept", help=N_("…"))
    @argument("ids", nargs=-1, required=True)
    def accept(options: Options, ids: tuple[str, ...]) -> None: ...
"""

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from importlib import import_module
from itertools import islice
from typing import Any, Concatenate, Final, NamedTuple, ParamSpec

import click

from tui.cli.options import GlobalOption, Option, current, global_options, metavar, translated
from tui.cli.options import Options as Options  # noqa: PLC0414 - commands import it from here
from tui.i18n import N_, _

P = ParamSpec("P")
Body = Callable[Concatenate[Options, P], int | None]
LIST: Final = "list"


def option(*names: str, **attributes: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`click.option` whose `help=N_("…")` is translated when shown."""
    return click.option(*names, cls=Option, **attributes)


argument = click.argument


class _Translated(click.Command):
    """Help with translated headings; the options that every command has stand last and short."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(_piece(p) for p in self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=_("Usage:") + " ")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = _("Show this help and end")
        return found

    def get_short_help_str(self, limit: int = 45) -> str:
        del limit
        return translated(self.help).partition("\n")[0]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(translated(self.help))

    def own_records(self, ctx: click.Context) -> list[tuple[str, str]]:
        """Help of the options that this command alone has."""
        own = [p for p in self.get_params(ctx) if not isinstance(p, GlobalOption | click.Argument)]
        return [record for p in own if (record := p.get_help_record(ctx)) is not None]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Options")):
            formatter.write_dl(self.own_records(ctx))
        _format_global(ctx, self, formatter)


def _piece(piece: str) -> str:
    known = {
        "[OPTIONS]": _("[OPTIONS]"),
        "COMMAND [ARGS]...": _("COMMAND …"),
        "[COMMAND] [ARGS]...": _("[COMMAND] …"),
    }
    return known[piece] if piece in known else metavar(piece)


def _format_global(ctx: click.Context, command: click.Command, formatter: click.HelpFormatter) -> None:
    shared = [p for p in command.get_params(ctx) if isinstance(p, GlobalOption)]
    if ctx.parent is not None:
        names = ", ".join(p.opts[-1] for p in shared)
        with formatter.section(_("For every command (see aterkom --help)")):
            formatter.write_text(names)
        return
    records = [record for p in shared if (record := p.get_help_record(ctx)) is not None]
    with formatter.section(_("Options of every command, before or after its name")):
        formatter.write_dl(records)


def _repeated(args: Sequence[str], params: Sequence[click.Parameter]) -> list[str]:
    """`--folders A B` as `--folders A --folders B`, once the words that the command itself needs are there."""
    options = {
        name: p for p in params if isinstance(p, click.Option) for name in (*p.opts, *p.secondary_opts)
    }
    needed = sum(isinstance(p, click.Argument) and p.required for p in params)
    said: list[str] = []
    several: str | None = None
    words = iter(args)
    for word in words:
        option = options.get(word)
        if option is not None:
            several = word if option.multiple else None
            said.append(word)
            if not option.is_flag and not option.count:
                said += islice(words, 1)
        elif word.startswith("-") or several is None or needed > 0:
            needed -= not word.startswith("-")
            said.append(word)
        else:
            said += [several, word]
    return said


class Command(_Translated):
    """A command that takes the global options after its name."""

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        # An option of its own comes first: `account add --user` is who signs in, `aterkom --user` who decides.
        own = {name for parameter in self.params for name in parameter.opts}
        self.params.extend(option for option in global_options(root=False) if own.isdisjoint(option.opts))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, _repeated(args, self.params))


class Group(_Translated, click.Group):
    """A command that lists by itself and has commands below it.

    What follows its name is a command below it, or else the words of its own body, the command `own`.
    """

    def __init__(self, *args: Any, own: str = LIST, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.no_args_is_help = False
        self.own = own

    def sub(self, name: str, *, help: str) -> Callable[[Body[P]], Command]:  # noqa: A002 - click's own word
        """A command below this one; its function takes `Options` first."""

        def add(body: Body[P]) -> Command:
            made = _make(name, help, body)
            self.add_command(made)
            return made

        return add

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        leading = leading_options(args, self.commands)
        name = args[leading] if leading < len(args) else None
        if name in ctx.help_option_names:
            return super().parse_args(ctx, [name])
        if name is None or name not in self.commands:
            self._refuse_typo(ctx, name)
            return super().parse_args(ctx, [self.own, *args])
        return super().parse_args(ctx, [name, *args[:leading], *args[leading + 1 :]])

    def _refuse_typo(self, ctx: click.Context, name: str | None) -> None:
        """A word where the list takes none is a misspelt command."""
        takes_words = any(isinstance(p, click.Argument) for p in self.commands[self.own].params)
        if name is not None and not name.startswith("-") and not takes_words:
            raise click.exceptions.NoSuchCommand(name, possibilities=self._listed(), ctx=ctx)

    def _listed(self) -> list[str]:
        return [name for name in self.commands if name != self.own]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Options")):
            body = self.commands[self.own]
            own = body.own_records(ctx) if isinstance(body, _Translated) else []
            formatter.write_dl(own or self.own_records(ctx))
        below = [(name, self.commands[name].get_short_help_str()) for name in self._listed()]
        if below:
            with formatter.section(_("Commands")):
                formatter.write_dl(below)
        _format_global(ctx, self.commands[self.own], formatter)


def leading_options(args: list[str], names: Mapping[str, object]) -> int:
    """How many of `args` are global options before a command below: they may stand there as well."""
    flags = {"--no-progress", "-v", "--verbose"}
    valued = {"--database", "--config", "--lang", "--today", "--user", "--own"}
    at = 0
    while at < len(args) and args[at] not in names:
        if args[at] in flags or ("=" in args[at] and args[at].partition("=")[0] in valued):
            at += 1
        elif args[at] in valued:
            at += 2
        else:
            break
    return at


def command(name: str, *, help: str) -> Callable[[Body[P]], Command]:  # noqa: A002 - click's own word
    """Makes a command of a function that takes `Options` first."""

    def make(body: Body[P]) -> Command:
        return _make(name, help, body)

    return make


def group(
    name: str,
    *,
    help: str,  # noqa: A002 - click's own word
    kind: type[Group] = Group,
    own: str = LIST,
) -> Callable[[Body[P]], Group]:
    """Makes a group whose body runs when no command below it is named; `own` is that body's name among them."""

    def make(body: Body[P]) -> Group:
        made = kind(name, own=own, help=help)
        made.add_command(_make(own, help, body))
        return made

    return make


def _make(name: str, text: str, body: Body[P]) -> Command:
    def run(*args: P.args, **values: P.kwargs) -> int | None:
        return body(current(click.get_current_context()), *args, **values)

    declared = list(reversed(getattr(body, "__click_params__", [])))
    return Command(name, callback=run, params=declared, help=text)


class Lazy(NamedTuple):
    """Where a command is found when it is called, and its line in `aterkom --help`."""

    target: str
    help: str

    def load(self) -> click.Command:
        module, _dot, attribute = self.target.partition(":")
        found = getattr(import_module(module), attribute)
        if not isinstance(found, click.Command):
            raise TypeError(self.target)
        return found


def _print_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    del param
    if value:
        from crm import __version__

        click.echo(f"aterkom {__version__}")
        ctx.exit()


class Root(_Translated, click.Group):
    """`aterkom`: commands by name, each loaded when it is called."""

    def __init__(self, table: Mapping[str, Lazy], **attributes: Any) -> None:
        super().__init__("aterkom", invoke_without_command=True, help=ABOUT, **attributes)
        self.table = table
        self.params.append(
            Option(
                ["--version"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_print_version,
                help=N_("Show the version and end"),
            )
        )
        self.params.extend(global_options(root=True))

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        return self.table[cmd_name].load() if cmd_name in self.table else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.table:
            near = get_close_matches(args[0][:60], self.table)
            raise click.exceptions.NoSuchCommand(args[0], possibilities=near, ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(lazy.help)) for name, lazy in self.table.items()])
        with formatter.section(_("Options")):
            formatter.write_dl(self.own_records(ctx))
        _format_global(ctx, self, formatter)


ABOUT: Final = N_("Keeps the promises that are made by mail. Without a command the full screen opens.")
