"""`aterkom plan`: the revisions, what one says otherwise than another, and the reports that the government has asked for."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui import dates, office_words, words
from tui.cli.commands.opening import opened
from tui.cli.frame import Options, argument, group, option
from tui.cli.output import print_json, print_line, print_table, say
from tui.cli.shared_options import due_option, json_option
from tui.i18n import N_, _, ngettext
from tui.text import clean_line

if TYPE_CHECKING:
    from crm.plan_differences import Difference
    from crm.plan_revisions import Imported, PlanRow
    from crm.report_duties import DutyRow


@group("plan", help=N_("Plans: list, take in a revision, compare two; reports to the government"))
@json_option
def plan(options: Options, as_json: bool) -> None:
    from crm.plan_revisions import list_plans

    with opened(options) as store, store.read() as session:
        rows = list_plans(session)
    if as_json:
        print_json(rows)
        return
    print_table(
        [_("Plan"), _("Day"), _("Holds"), _("Offices"), _("Where it stands")],
        [
            (row.key, row.day.isoformat(), _("yes") if row.current else "", _offices(row), row.source)
            for row in rows
        ],
    )


def _offices(row: "PlanRow") -> str:
    """`28 (14 + 14)`: how many, and how many in each phase that the plan says."""
    phases = " + ".join(str(count) for count in row.phases.values())
    return f"{row.offices} ({phases})" if sum(row.phases.values()) == row.offices else str(row.offices)


@plan.sub("import", help=N_("Import a plan from a TOML or CSV file; undo takes it back"))
@argument("file", metavar="FILE", type=click.Path(path_type=Path))
@option("--key", metavar="NAME", help=N_("What the revision is called; else its day"))
@option("--day", metavar="DATE", help=N_("The plan's day (2022-03-01), where the file does not say it"))
@option("--title", metavar="TEXT", help=N_("The plan's title, where the file does not say it"))
@option("--source", metavar="TEXT", help=N_("Where the plan stands, where the file does not say it"))
@json_option
def import_(options: Options, file: Path, as_json: bool, **given: Any) -> None:
    from crm.errors import NotUnderstood
    from crm.plan_files import Given, read_plan
    from crm.plan_revisions import import_plan
    from crm.report_duties import keep_internal_days
    from crm.when import day

    settings = options.settings()
    if given["day"] is not None:
        if not given["day"].strip():
            raise NotUnderstood("date", given["day"])
        given["day"] = day(given["day"], settings.day())
    read = read_plan(file, settings.day(), Given(**given))
    with opened(options) as store, store.write() as session:
        done = import_plan(session, read, name=file.name, by=settings.user, now=settings.now())
        keep_internal_days(session, settings.internal_days())
    if not done.new:
        say(_("The plan {key} was taken in already; nothing was changed.").format(key=done.plan.key))
    if as_json:
        print_json([_imported(done)])
    elif done.new:
        _print_imported(done)


def _imported(done: "Imported") -> dict[str, Any]:
    from tui.cli.output import plain

    changes = [_fields(row) for row in done.changes]
    return {**plain(done.plan), "new": done.new, "than": done.than, "changes": changes}


def _print_imported(done: "Imported") -> None:
    offices = ngettext("{n} office", "{n} offices", done.plan.offices).format(n=done.plan.offices)
    print_line(_("The plan {key} is taken in: {offices}.").format(key=done.plan.key, offices=offices))
    if not done.plan.current:
        print_line(_("A newer plan holds; the offices are as they were."))
    if done.than is not None:
        _print_changes(done.than, done.plan.key, done.changes)


def _print_changes(old: str, new: str, changes: "tuple[Difference, ...] | list[Difference]") -> None:
    print_line(_("Changes to the plan, {old} → {new}").format(old=old, new=new))
    if not changes:
        print_line(_("none"), 2)
    for row in changes:
        print_line(office_words.difference(row), 2)


@plan.sub("diff", help=N_("How one plan differs from another; the newest two where none is named"))
@argument("old", metavar="A", required=False)
@argument("new", metavar="B", required=False)
@json_option
def diff(options: Options, old: str | None, new: str | None, as_json: bool) -> None:
    from crm.plan_revisions import diff as compare

    with opened(options) as store, store.read() as session:
        before, after, changes = compare(session, old, new)
    if as_json:
        print_json({"from": before, "to": after, **_fields(row)} for row in changes)
    else:
        _print_changes(before, after, changes)


def _fields(row: "Difference") -> dict[str, Any]:
    from tui.cli.output import plain

    office = f"k{row.office}" if row.office is not None else None
    return {**plain(row), "office": office}


@group("reports", help=N_("Reports that the government has asked for, with the internal days before them"))
@json_option
def reports(options: Options, as_json: bool) -> None:
    from crm.report_duties import internal_days_hold, keep_internal_days, list_duties

    days = options.settings().internal_days()
    with opened(options) as store:
        with store.read() as session:
            is_right = internal_days_hold(session, days)
        if not is_right:  # settings have changed: the days follow
            with store.write() as session:
                keep_internal_days(session, days)
        with store.read() as session:
            rows = list_duties(session)
    print_duties(rows, as_json=as_json)


@reports.sub("move", help=N_("Move the day on which a report is due, with what says so; undo takes it back"))
@argument("key", metavar="REPORT")
@due_option
@option("--source", required=True, metavar="TEXT", help=N_("What says so: a decision, a letter"))
@json_option
def move(options: Options, key: str, due: str, source: str, as_json: bool) -> None:
    from crm.report_duties import move_duty
    from crm.when import window

    settings = options.settings()
    wanted = window(due, settings.day())
    with opened(options) as store, store.write() as session:
        row = move_duty(session, key, wanted, source=source, by=settings.user, now=settings.now())
    print_duties([row], as_json=as_json)


@reports.sub("close", help=N_("Mark a report as handed over, with what shows it; undo takes it back"))
@argument("key", metavar="REPORT")
@option("--evidence", required=True, metavar="TEXT", help=N_("What shows it: a mail's id, a receipt"))
@option("--number", metavar="NUMBER", help=N_("Its number in the diary"))
@option("--on", "on", metavar="WHEN", help=N_("The day on which it was handed over; else today"))
@json_option
def close(
    options: Options, key: str, evidence: str, number: str | None, on: str | None, as_json: bool
) -> None:
    from crm.report_duties import close_duty
    from crm.when import past_window

    settings = options.settings()
    start, end = past_window(on, settings.day()) if on else (None, settings.day())
    with opened(options) as store, store.write() as session:
        row = close_duty(
            session,
            key,
            evidence=evidence,
            number=number,
            on=end or start or settings.day(),
            by=settings.user,
            now=settings.now(),
        )
    print_duties([row], as_json=as_json)


def print_duties(rows: "list[DutyRow]", *, as_json: bool) -> None:
    """A report a paragraph: when, to whom, whence the date, the days before it, and how it was closed."""
    if as_json:
        print_json(rows)
        return
    for row in rows:
        due = dates.window(row.due_start, row.due_end)
        print_line(
            f"{row.key}: {words.said(office_words.REPORTS, row.kind)}, {clean_line(row.recipient)}, {due}"
        )
        print_line(_("Source: {source}").format(source=row.source), 2)
        if row.due_end != row.first_due_end:
            print_line(_("At first: {date}").format(date=dates.day(row.first_due_end)), 2)
        for one in row.days:
            when = dates.day(one.due) if one.due else "–"
            state = words.said(words.STATES, one.state)
            print_line(f"{words.said(office_words.INTERNAL, one.kind)}: {when}, {state} ({one.follow_up})", 2)
        if row.closed_on is not None:
            print_line(_closed(row), 2)


def _closed(row: "DutyRow") -> str:
    date = dates.day(row.closed_on) if row.closed_on else ""
    evidence = clean_line(row.evidence or "")
    if not row.number:
        return _("Handed over {date}: {evidence}").format(date=date, evidence=evidence)
    said = _("Handed over {date} under the number {number}: {evidence}")
    return said.format(date=date, number=clean_line(row.number), evidence=evidence)


plan.add_command(reports)
