"""`aterkom search`: messages by words and operators, and searches that are kept."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from tui import dates
from tui.cli.commands.messages import show
from tui.cli.commands.opening import opened
from tui.cli.frame import LIST, Group, Options, argument, group, leading_options, option
from tui.cli.output import print_json, print_table, say
from tui.cli.shared_options import json_option, page_options
from tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from crm.rows.searching import SavedSearchRow


class _Search(Group):
    """What follows is a search, but for `save` and `saved` as the very first word; `-möte` is no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        at = leading_options(args, self.commands)
        if "--help" in args:
            return super().parse_args(
                ctx, args if args[at : at + 1] and args[at] in {"save", "saved"} else ["--help"]
            )
        name, rest = (args[at] if at < len(args) else None), args[at + 1 :]
        if name == "saved":
            return super().parse_args(ctx, args)
        if name == "save" and not all(word.startswith("--") for word in rest):
            return super().parse_args(
                ctx, [*args[:at], name, *_words_apart(rest, self.commands[name].params)]
            )
        return click.Group.parse_args(self, ctx, [LIST, *_words_apart(args, self.commands[LIST].params)])


def _words_apart(args: Sequence[str], params: Sequence[click.Parameter]) -> list[str]:
    """Options before, and behind a `--` the words, of which one may begin with a single dash."""
    valued = {
        name
        for one in params
        if isinstance(one, click.Option) and not one.is_flag and not one.count
        for name in one.opts
    }
    options: list[str] = []
    words: list[str] = []
    rest = iter(args)
    for word in rest:
        if word == "--":
            words += rest
        elif word.startswith("--") or word in {"-h", "-v", "-vv"}:
            options.append(word)
            if word in valued:
                options += [value for value in [next(rest, None)] if value is not None]
        else:
            words.append(word)
    return [*options, "--", *words] if words else options


@group("search", help=N_("Find letters by words, people, places and days (docs/search.md)"), kind=_Search)
@argument("query", nargs=-1, metavar="QUERY")
@option("--saved", metavar="NAME", help=N_("Begin with the search that is saved under this name"))
@option("--order", type=click.Choice(["date", "rank"]), default="date", help=N_("Newest or best first"))
@page_options
@option("--operators", is_flag=True, help=N_("List the operators that can be used beside words"))
@json_option
def search(
    options: Options,
    query: tuple[str, ...],
    saved: str | None,
    order: str,
    limit: int,
    before: str | None,
    operators: bool,
    as_json: bool,
) -> None:
    from crm.saved_searches import query_of
    from crm.search import search as find

    if operators:
        _show_operators()
        return
    if not query and saved is None:
        raise click.UsageError(_("{name} is missing.").format(name=_("QUERY")))
    settings = options.settings()
    with opened(options) as store, store.read() as session:
        kept = query_of(session, saved, by=settings.user) if saved is not None else ""
        text = " ".join(word for word in (kept, *query) if word)
        rows = find(
            session,
            text,
            today=settings.day(),
            order="rank" if order == "rank" else "date",
            limit=limit,
            before=before,
        )
        if not rows and before is None:
            _say_nothing_found(session, text, options)
    if rows or as_json:
        show(rows, as_json=as_json)


def _say_nothing_found(session: "Session", text: str, options: Options) -> None:
    """Where it was looked, up to when, and what would find something."""
    from crm.searching.instead import instead, searched

    looked = searched(session)
    mailboxes = ", ".join(looked.mailboxes) or _("the mail that was imported")
    zone = options.settings().now().tzinfo
    time = dates.moment(looked.until.astimezone(zone)) if looked.until else _("now")
    say(_("Nothing found in {mailboxes} up to {time}.").format(mailboxes=mailboxes, time=time))
    for row in instead(session, text, options.settings().day()):
        number = ngettext("{n} letter found", "{n} letters found", row.messages)
        number = number.format(n=dates.number(row.messages)) if not row.more else _("many letters")
        if row.without is None:
            say(_("Without å, ä, ö: {number}. Search for: {query}").format(number=number, query=row.query))
        else:
            say(_("Without {part}: {number}").format(part=row.without, number=number))


def _show_operators() -> None:
    """Each operator with its line, its choices below it."""
    from crm.searching.operators import OPERATORS
    from tui.operators import CHOICES
    from tui.operators import OPERATORS as EXPLAINED

    rows = []
    for one in OPERATORS:
        rows.append((f"{one.words[0]}:", f"{one.words[1]}:", _(EXPLAINED[one.name])))
        for choice, words in (one.choices or {}).items():
            said = _(CHOICES[f"{one.name}:{choice}"])
            rows.append((f"{one.words[0]}:{words[0]}", f"{one.words[1]}:{words[1]}", said))
    print_table([_("Swedish"), _("English"), _("Letters")], rows)


@search.sub("save", help=N_("Save a search under a name; one of that name is replaced, undo takes it back"))
@argument("name", metavar="NAME")
@argument("query", nargs=-1, required=True, metavar="QUERY")
@json_option
def save(options: Options, name: str, query: tuple[str, ...], as_json: bool) -> None:
    from crm.saved_searches import save as keep

    settings = options.settings()
    with opened(options) as store, store.write() as session:
        rows = keep(
            session, name, " ".join(query), by=settings.user, now=settings.now(), today=settings.day()
        )
    _show_saved(rows, as_json=as_json)


@search.sub("saved", help=N_("The searches that you keep, and how many letters each finds"))
@option("--remove", metavar="NAME", help=N_("Delete this one; undo takes it back"))
@option("--rename", nargs=2, metavar="NAME NAME", help=N_("Give one another name"))
@json_option
def saved_searches(
    options: Options, remove: str | None, rename: tuple[str, str] | None, as_json: bool
) -> None:
    from crm import saved_searches as saved

    settings = options.settings()
    by, now = settings.user, settings.now()
    with opened(options) as store:
        if remove is not None:
            with store.write() as session:
                rows = saved.remove(session, remove, by=by, now=now)
            say(_("No longer kept:"))
        elif rename is not None:
            with store.write() as session:
                rows = saved.rename(session, *rename, by=by, now=now)
        else:
            with store.read() as session:
                rows = saved.list_saved(session, by=by, today=settings.day())
    if not rows and not as_json:
        say(_("You keep no search yet. Keep one with: aterkom search save NAME QUERY"))
    _show_saved(rows, as_json=as_json)


def _show_saved(rows: "Sequence[SavedSearchRow]", *, as_json: bool) -> None:
    if as_json:
        print_json(rows)
        return
    print_table(
        [_("Id"), _("Name"), _("Letters"), _("Search")],
        [(row.id, row.name, _number(row), row.query) for row in rows],
    )


def _number(row: "SavedSearchRow") -> str:
    if row.messages is None:
        return ""
    said = dates.number(row.messages)
    return _("over {n}").format(n=said) if row.more else said
