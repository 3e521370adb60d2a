"""Mails made in a test: invented people, real municipalities."""

from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")

ANNA = "Anna Lindgren <anna.lindgren@statenssc.se>"
BO = "Bo Ekdahl <bo.ekdahl@ange.se>"
CIA = "Cia Norberg <cia.norberg@filipstad.se>"


def mail(
    text: str,
    *,
    sender: str = ANNA,
    to: Sequence[str] | str = BO,
    cc: Sequence[str] | str = (),
    subject: str = "Servicekontor",
    at: str = "2021-06-07 09:00",
    message_id: str | None = None,
    reply_to: Sequence[str] = (),
    headers: dict[str, str] | None = None,
) -> bytes:
    """An ordinary mail; `at` is Swedish local time, `reply_to` its References, oldest first."""
    made = EmailMessage()
    made["From"] = sender
    made["To"] = to if isinstance(to, str) else ", ".join(to)
    if cc:
        made["Cc"] = cc if isinstance(cc, str) else ", ".join(cc)
    made["Subject"] = subject
    made["Date"] = format_datetime(datetime.fromisoformat(at).replace(tzinfo=STOCKHOLM))
    made["Message-ID"] = message_id or f"<{abs(hash((text, at, sender)))}@x.example>"
    if reply_to:
        made["In-Reply-To"] = reply_to[-1]
        made["References"] = " ".join(reply_to)
    for name, value in (headers or {}).items():
        made[name] = value
    made.set_content(text, charset="utf-8", cte="8bit")
    return made.as_bytes()


def forwarded(inner_text: str, *, sender: str, at: str, to: str, subject: str) -> str:
    """A letter as Outlook quotes it below one's own words, in Swedish."""
    return f"Från: {sender}\nSkickat: {at}\nTill: {to}\nÄmne: {subject}\n\n{inner_text}"
