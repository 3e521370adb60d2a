"""`aterkom offices`: the list by the newest plan, one office's page, and what staff decide on it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from tui import office_words, words
from tui.cli.commands.opening import opened
from tui.cli.commands.plan import plan
from tui.cli.commands.proposals import accept, proposals, proposals_of, reject
from tui.cli.frame import Options, argument, group, option
from tui.cli.happened import print_timeline, timeline_options
from tui.cli.output import print_json, print_line, print_table, say
from tui.cli.shared_options import json_option, page_options, reason_options
from tui.i18n import N_, _

if TYPE_CHECKING:
    from crm.office_setting import Why
    from crm.office_steps import Window
    from crm.rows.follow_ups import FollowUpRow
    from crm.rows.offices import OfficeRow, OfficeView

_HISTORY = 10


@group("offices", help=N_("List service offices, show one, set what holds for it"))
@option("--find", metavar="WORDS", help=N_("Only those with these words in their name"))
@option("--silent", is_flag=True, help=N_("Only those without contact for weeks, in a phase that is running"))
@option(
    "--late",
    is_flag=True,
    help=N_("Only those with a step whose planned end has passed, and what waits for it"),
)
@page_options
@json_option
def offices(
    options: Options,
    find: str | None,
    silent: bool,
    late: bool,
    limit: int,
    before: str | None,
    as_json: bool,
) -> None:
    from crm.finding import likeness
    from crm.offices import OfficeQuery, list_offices

    settings = options.settings()
    query = OfficeQuery(settings.day(), settings.silent_weeks if silent else None, late)
    with opened(options) as store, store.read() as session:
        rows = list_offices(session, limit=0 if find else limit, before=before, query=query)
    if find is not None:
        called = [row for row in rows if likeness(find, f"{row.municipality} {row.place or ''}")]
        rows = called[: limit or None]
    if as_json:
        print_json(rows)
    elif late:
        _print_late(rows)
    else:
        _print_offices(rows, silent=silent, weeks=settings.silent_weeks)


def _print_late(rows: "list[OfficeRow]") -> None:
    if not rows:
        say(_("Nothing is late."))
    for row in rows:
        print_line(f"{row.name} ({row.code})")
        for late in row.late:
            print_line(office_words.late_line(late), 2)
            if late.blocks:
                waiting = office_words.blocked(late.blocks, row.name)
                print_line(_("waiting for it: {steps}").format(steps=waiting), 4)


def _print_offices(rows: "list[OfficeRow]", *, silent: bool, weeks: int) -> None:
    if silent and not rows:
        say(_("No office has been without contact for {n} weeks.").format(n=weeks))
    if silent:
        head = [_("Code"), _("Office"), _("Phase"), _("Responsible"), _("Silence")]
        print_table(
            head, [(row.code, row.name, row.phase, row.owner, office_words.silence(row)) for row in rows]
        )
        return
    head = [
        _("Code"),
        _("Office"),
        _("Phase"),
        _("Last contact"),
        _("Step"),
        _("Assessment"),
        _("Responsible"),
    ]
    print_table(head, [_cells(row) for row in rows])


def _cells(row: "OfficeRow") -> tuple[object, ...]:
    return (
        row.code,
        row.name,
        row.phase,
        row.last_contact.isoformat() if row.last_contact else _("never"),
        words.said(words.STEPS, row.step),
        words.said(office_words.ASSESSMENTS, row.assessment),
        row.owner,
    )


@offices.sub(
    "show", help=N_("Show an office: last contact, who owes what, steps, assessment, correspondence")
)
@argument("name", metavar="NAME|CODE|ID")
@timeline_options
@json_option
def show(options: Options, name: str, limit: int, before: str | None, as_json: bool) -> None:
    from crm.offices import show_office
    from crm.rows.timeline import WithTimeline
    from crm.timeline import of_office, timeline

    settings = options.settings()
    with opened(options) as store, store.read() as session:
        view = show_office(session, name, settings.day(), settings.silent_weeks)
        happened = timeline(session, of_office(view.office.id), limit=limit, before=before)
    if as_json:
        print_json([WithTimeline(view, tuple(happened))])
        return
    office = view.office
    phase = _("phase {n}").format(n=office.phase) if office.phase else _("phase not known")
    print_line(f"{office.name} ({office.code}), {phase}")
    print_line(_("Last contact: {date}").format(date=words.ago(office.last_contact, settings.day())))
    if view.silent:
        print_line(office_words.silence(office))
    _facts(view)
    _side(words.said(words.OWES, "us"), view.we_owe)
    _side(words.said(words.OWES, "them"), view.they_owe)
    _side(words.said(words.OWES, "others"), view.others)
    _steps(view)
    proposals_of(view)
    _history(view)
    print_timeline(happened)


def _facts(view: "OfficeView") -> None:
    office = view.office
    told = {
        N_("Responsible"): office.owner,
        N_("Socially vulnerable area"): words.said(words.AREAS, office.vulnerable_area),
        N_("Step"): words.said(words.STEPS, office.step),
        N_("Assessment"): words.said(office_words.ASSESSMENTS, office.assessment),
        N_("Deviation"): view.deviation,
        N_("Reason"): view.reason,
        N_("Measure"): view.measure,
        N_("Contact persons"): ", ".join(_contact(person.name, person.title) for person in view.contacts),
        N_("Decisions"): ", ".join(view.decisions),
    }
    for label, value in told.items():
        if value:
            print_line(f"{_(label)}: {value}")


def _contact(name: str, title: str | None) -> str:
    return f"{name} ({title})" if title else name


def _steps(view: "OfficeView") -> None:
    if any(step.is_known or not step.needed for step in view.steps):
        print_line(_("Steps"))
        for step in office_words.shown_steps(view.steps):
            print_line(office_words.step_line(step), 2)
    for late in view.office.late:
        print_line(_("Late: {what}").format(what=office_words.late_line(late)))
        if late.blocks:
            waiting = office_words.blocked(late.blocks, view.office.name)
            print_line(_("waiting for it: {steps}").format(steps=waiting), 2)


def _history(view: "OfficeView") -> None:
    people = {int(person.id[1:]): person.name for person in view.contacts}
    shown = [row for row in view.history if row.field not in {"municipality", "place", "in_plan"}]
    if shown:
        print_line(_("What became different"))
    for row in shown[:_HISTORY]:
        print_line(office_words.history_line(row, people), 2)


def _side(title: str, rows: "tuple[FollowUpRow, ...]") -> None:
    if not rows:
        return
    print_line(title)
    for row in rows:
        said = f"{row.id} {words.window(row)}, {words.state(row)}: {words.quoted(row.text)}"
        origin = words.origin(row)
        print_line(said + (f" – {origin}" if origin else ""), 2)


class _Word(click.ParamType[str]):
    """One of our keys, or the Swedish word for it; an empty word takes away where that means something."""

    name = "word"

    def __init__(self, keys: Mapping[str, str], swedish: Mapping[str, str], *, may_be_empty: bool) -> None:
        self.keys = keys
        self.swedish = swedish
        self.may_be_empty = may_be_empty

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        said = " ".join(str(value).split()).casefold()
        key = self.swedish.get(said, said)
        if key in self.keys or (not key and self.may_be_empty):
            return key
        choices = ", ".join(f"{key} ({_(word)})" for key, word in self.keys.items())
        return self.fail(_("choose one of {choices}").format(choices=choices), param, ctx)


_ASSESSMENT = _Word(office_words.ASSESSMENTS, office_words.ASSESSMENT_WORDS, may_be_empty=True)
_AREA = _Word(words.AREAS, office_words.AREA_WORDS, may_be_empty=False)


@offices.sub("set", help=N_("Say who looks after an office and how it stands; undo takes it back"))
@argument("name", metavar="OFFICE")
@option("--owner", metavar="WHO", help=N_('Who is responsible at the agency; "" takes it away'))
@option("--phase", type=click.IntRange(1, 99), help=N_("Phase, until a newer plan says otherwise"))
@option(
    "--area", type=_AREA, metavar="WORD", help=N_("Socially vulnerable area: required, chosen, none, unknown")
)
@option("--place", metavar="PLACE", help=N_("Where in the municipality it lies"))
@option(
    "--assessment",
    type=_ASSESSMENT,
    metavar="WORD",
    help=N_("How it stands: on_plan, risk, late, done; what was said of the former goes"),
)
@option("--deviation", metavar="TEXT", help=N_("What is not as planned"))
@option("--reason", metavar="TEXT", help=N_("Why that is so"))
@option("--measure", metavar="TEXT", help=N_("What is done about it"))
@option(
    "--contact",
    "contacts",
    multiple=True,
    metavar="PERSON",
    help=N_("Contact person at the municipality: name, address or id; all of them"),
)
@option(
    "--decision",
    "decisions",
    multiple=True,
    metavar="NUMBER",
    help=N_("Number or address of a decision; all of them"),
)
@reason_options
@json_option
def set_(
    options: Options, name: str, because: str | None, message: str | None, as_json: bool, **given: Any
) -> None:
    from crm.office_setting import Wanted, set_office

    given["vulnerable_area"] = given.pop("area")
    for several in ("contacts", "decisions"):
        given[several] = given[several] or None
    if all(value is None for value in given.values()):
        raise click.UsageError(_("Say what is to be set, for example --owner or --assessment."))
    with opened(options) as store, store.write() as session:
        row, is_new = set_office(session, name, Wanted(**given), _why(options, because, message))
    _print_set(row, is_new=is_new, as_json=as_json)


@offices.sub("step", help=N_("Say when a step is planned and when it was done; undo takes it back"))
@argument("name", metavar="OFFICE")
@argument("step", metavar="STEP")
@option(
    "--planned",
    metavar="WHEN",
    help=N_('A day or window: 2022-03-01, “v. 9–11”, “våren 2022”; "" takes it away'),
)
@option(
    "--actual", metavar="WHEN", help=N_('When it was done: a day or window that has passed; "" takes it away')
)
@option("--begun", metavar="WHEN", help=N_("The day on which it began"))
@option("--finished", metavar="WHEN", help=N_("The day on which it ended"))
@option("--responsible", metavar="WHO", help=N_('Who sees to it; "" takes it away'))
@option(
    "--blocked-by",
    metavar="TEXT",
    help=N_('What it waits for: a step, an office and a step, or words; "" takes it away'),
)
@option(
    "--needed/--not-needed",
    default=None,
    help=N_("Whether it is to be done at all (rebuilding alone may be left out)"),
)
@reason_options
@json_option
def step(
    options: Options,
    name: str,
    step: str,
    because: str | None,
    message: str | None,
    as_json: bool,
    **given: Any,
) -> None:
    from crm.office_setting import WantedStep, set_step, step_named
    from crm.office_steps import OPTIONAL

    if all(value is None for value in given.values()):
        raise click.UsageError(_("Say what is to be set, for example --planned or --actual."))
    kind = step_named(step)
    if given["needed"] is False and kind not in OPTIONAL:
        raise click.UsageError(
            _("Only {steps} may be left out.").format(
                steps=", ".join(words.said(words.STEPS, one) for one in sorted(OPTIONAL))
            )
        )
    if given["actual"] is not None and (given["begun"] or given["finished"]):
        raise click.UsageError(_("Say either --actual, or --begun and --finished."))
    for side in ("planned", "actual", "begun", "finished"):
        given[side] = _window(options, given[side], is_past=side != "planned")
    with opened(options) as store, store.write() as session:
        row, is_new = set_step(session, name, kind, WantedStep(**given), _why(options, because, message))
    _print_set(row, is_new=is_new, as_json=as_json)


def _window(options: Options, text: str | None, *, is_past: bool) -> "Window | None":
    from crm.office_steps import Window
    from crm.when import past_window, window

    if text is None:
        return None
    if not text.strip():
        return Window()
    return Window(*(past_window if is_past else window)(text, options.settings().day()))


def _why(options: Options, because: str | None, message: str | None) -> "Why":
    from crm.office_setting import Why

    settings = options.settings()
    return Why(settings.user, settings.now(), because, message)


def _print_set(row: "OfficeRow", *, is_new: bool, as_json: bool) -> None:
    if not is_new:
        say(_("It was so already; nothing was changed."))
    if as_json:
        print_json([row])
    else:
        _print_offices([row], silent=False, weeks=0)


offices.add_command(plan)
offices.add_command(proposals)
offices.add_command(accept)
offices.add_command(reject)
