"""A digest as a mail: plain text and HTML, known again as ours when it comes back."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tui import dates, reminder_words, words
from tui.i18n import _, language, ngettext
from tui.text import clean_line

if TYPE_CHECKING:
    from datetime import datetime

    from jinja2 import Environment

    from crm.digests import Digest, Entry
    from crm.freshness import Stale

TEMPLATES: Final = Path(__file__).parent / "templates"


def mail(digest: "Digest", now: "datetime", *, sender: str | None, message_id: str | None = None) -> bytes:
    """The mail of a digest, lines ending with CRLF. Without an address it is to nobody: something to look at."""
    made = EmailMessage(policy=SMTP)
    made["Subject"] = subject(digest)
    if sender:
        made["From"] = f"Återkom <{sender}>"
    made["To"] = digest.address or "undisclosed-recipients:;"
    made["Date"] = format_datetime(now)
    if message_id:
        made["Message-ID"] = message_id
    # RFC 3834: nobody's absence answers it; Exchange wants to be told in its own words. X-Aterkom: ours again.
    made["Auto-Submitted"] = "auto-generated"
    made["X-Auto-Response-Suppress"] = "All"
    made["X-Aterkom"] = "digest"
    facts = _facts(digest)
    made.set_content(_template("digest.txt.j2").render(facts), cte="quoted-printable")
    made.add_alternative(_template("digest.html.j2").render(facts), subtype="html", cte="quoted-printable")
    return made.as_bytes()


def subject(digest: "Digest") -> str:
    """How much is new, and of which day."""
    day = dates.day(digest.day, week=False)
    told = len(digest.numbers)
    if not told and digest.stale is not None:
        return _("Återkom {day}: no new mail is fetched").format(day=day)
    said = ngettext("{n} reminder", "{n} reminders", told).format(n=dates.number(told))
    return _("Återkom {day}: {reminders}").format(day=day, reminders=said)


@lru_cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(("html.j2",)),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def _template(name: str) -> Any:
    return _environment().get_template(name)


def _facts(digest: "Digest") -> dict[str, Any]:
    from crm.digests import MARK

    return {
        "lang": language(),
        "title": _("Reminders for {day}").format(day=dates.day(digest.day)),
        "notices": list(_notices(digest)),
        "sections": _sections(digest),
        "footer": _footer(digest),
        "mark": MARK,
    }


def _notices(digest: "Digest") -> "list[str]":
    said = []
    if digest.stale is not None:
        said.append(stale(digest.stale))
    if any(entry.doubtful for entry in digest.entries):
        said.append(
            _(
                "An earlier mail was cut off while it was sent, and may not have come. What it told of is repeated here."
            )
        )
    if not digest.entries:
        said.append(_("Nothing is due."))
    return said


def stale(found: "Stale") -> str:
    """That mail may be missing, and since when."""
    names = clean_line(", ".join(found.accounts))
    if found.since is None:
        return _("{mailboxes}: never fetched – mail may be missing.").format(mailboxes=names)
    return _("{mailboxes}: nothing fetched since {date} – mail may be missing.").format(
        mailboxes=names, date=dates.day(found.since, week=False)
    )


def _sections(digest: "Digest") -> list[dict[str, Any]]:
    from crm.digests import SECTIONS

    found = []
    for section in SECTIONS:
        entries = [_entry(entry) for entry in digest.entries if entry.section == section]
        more = digest.more.get(section, 0)
        if entries or more:
            title = words.said(reminder_words.SECTIONS, section)
            found.append({"title": title, "entries": entries, "more": _more(more)})
    return found


def _more(number: int) -> str:
    if not number:
        return ""
    return ngettext("and {n} more", "and {n} more", number).format(n=dates.number(number))


def _entry(entry: "Entry") -> dict[str, str]:
    row = entry.reminder.follow_up
    mark = _("NEW") if entry.days else _("Perhaps told before") if entry.doubtful else ""
    return {
        "mark": mark,
        "head": reminder_words.head(row, state=False),
        "detail": reminder_words.detail(row),
    }


def _footer(digest: "Digest") -> list[str]:
    said = [_("“NEW” comes up today, or has since the last mail; the rest stands and was told of before.")]
    said.append(_("The whole list: aterkom reminders. Nobody reads answers to this mail."))
    if digest.names:
        said.append(_("Responsible: {names}").format(names=clean_line(", ".join(digest.names))))
    return said
