"""`aterkom reminders` in each of its forms, on the invented mailbox: read back by the libraries that people's programs use."""

import io
import sqlite3
from contextlib import closing
from datetime import date, datetime
from email import message_from_string, policy
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from tests.integration.commands import Machine, said_once
from tests.maildrop import PASSWORD, USER, MailDrop, maildrop
from tests.servers import Certificates

FORMULA = '=HYPERLINK("http://evil.example","Vi återkommer")'


def ids_by_text(machine: Machine) -> dict[str, str]:
    return {row["text"]: row["id"] for row in machine("reminders", "--json").rows}


def first(machine: Machine, state: str = "proposed") -> dict[str, Any]:
    return next(
        row for row in machine("reminders", "--json").rows if row["state"] == state and row["message"]
    )


def changed(machine: Machine, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(machine.file)) as connection, connection:
        connection.execute(statement, values)


def marked(machine: Machine) -> dict[str, Any]:
    """A follow-up whose mail is marked confidential."""
    row = first(machine)
    changed(
        machine,
        "INSERT INTO registration (message_id, state, number, secret_provision, at, by)"
        " VALUES (?, 'number', '2021-00077-1.1.1', '21 kap. 7 § OSL', '2021-10-01 00:00:00.000000', 'eva')",
        int(row["message"][1:]),
    )
    return row


def events(text: str | bytes) -> dict[str, Any]:
    return {str(event["uid"]): event for event in Calendar.from_ical(text).walk("VEVENT")}


# A sheet


def sheet(machine: Machine, tmp_path: Path, *words: str) -> Any:
    file = tmp_path / "lista.xlsx"
    machine("reminders", "--format", "xlsx", "--output", str(file), *words)
    return load_workbook(io.BytesIO(file.read_bytes()))


def test_a_sheet_has_days_and_text_that_is_never_calculated(filled: Machine, tmp_path: Path) -> None:
    row = next(row for row in filled("reminders", "--json").rows if row["due_end"] and row["message"])
    changed(filled, "UPDATE follow_up SET text = ? WHERE id = ?", FORMULA, int(row["id"][1:]))
    book = sheet(filled, tmp_path)
    cells = [cell for page in book for line in page.iter_rows(min_row=2) for cell in line if cell.value]
    assert {cell.data_type for cell in cells} == {"s", "d"}
    assert f"'{FORMULA}" in [cell.value for cell in cells]
    (line,) = [line for page in book for line in page.iter_rows(values_only=True) if line[0] == row["id"]]
    assert line[2] == datetime.fromisoformat(row["due_end"])
    for page in book:
        assert page.freeze_panes == "B2"
        assert page.print_title_rows == "$1:$1"
        assert page.column_dimensions["K"].width > 40


def test_a_sheet_has_a_page_for_each_bucket(filled: Machine, tmp_path: Path) -> None:
    swedish = {"overdue": "Försenade", "due": "Aktuella nu", "soon": "Snart", "later": "Senare", "undated": "Utan datum"}  # fmt: skip
    rows = filled("reminders", "--json").rows
    book = sheet(filled, tmp_path)
    assert book.sheetnames == list(dict.fromkeys(swedish[row["bucket"]] for row in rows))
    listed = [line[0] for page in book for line in page.iter_rows(min_row=2, values_only=True)]
    assert listed == [row["id"] for row in rows]


def test_a_sheet_of_nothing_opens_too(filled: Machine, tmp_path: Path) -> None:
    assert len(sheet(filled, tmp_path, "--for", "ingen").sheetnames) == 1


# A calendar


def written(machine: Machine, file: Path, *words: str) -> dict[str, Any]:
    machine("reminders", "--format", "ics", "--output", str(file), *words)
    return events(file.read_bytes())


def test_a_calendar_that_is_written_again_changes_and_cancels(filled: Machine, tmp_path: Path) -> None:
    file = tmp_path / "kalender.ics"
    name = first(filled)["id"]
    uid = f"{name}@aterkom"
    assert uid not in written(filled, file)
    filled("follow-ups", "accept", name)
    before = written(filled, file)
    unchanged = file.read_bytes()
    written(filled, file)
    assert file.read_bytes() == unchanged
    assert (before[uid]["status"], int(before[uid]["sequence"])) == ("CONFIRMED", 1)
    filled("follow-ups", "move", name, "--due", "2021-11-15", "--because", "de bad om det")
    moved = written(filled, file)
    assert moved[uid].decoded("dtstart") == date(2021, 11, 15)
    assert int(moved[uid]["sequence"]) > 1
    filled("follow-ups", "snooze", name, "--until", "2021-11-01")
    assert written(filled, file)[uid]["status"] == "CONFIRMED"
    filled("follow-ups", "done", name)
    gone = written(filled, file)
    assert (gone[uid]["status"], set(gone)) == ("CANCELLED", set(moved))
    assert int(gone[uid]["sequence"]) > int(moved[uid]["sequence"])
    later = ("--today", "2022-03-01")
    written(filled, file, *later)
    assert uid not in written(filled, file, "--today", "2022-06-01")


def test_a_calendar_says_that_something_was_handed_over(filled: Machine, tmp_path: Path) -> None:
    file, name = tmp_path / "anna.ics", first(filled)["id"]
    filled("follow-ups", "accept", name)
    filled("follow-ups", "assign", name, "anna")
    assert written(filled, file, "--for", "anna")[f"{name}@aterkom"]["status"] == "CONFIRMED"
    filled("follow-ups", "assign", name, "bo")
    event = written(filled, file, "--for", "anna")[f"{name}@aterkom"]
    assert (event["status"], str(event["summary"])) == ("CANCELLED", name)
    assert "description" not in event


def test_the_file_is_replaced_at_once_and_keeps_its_mode(filled: Machine, tmp_path: Path) -> None:
    file = tmp_path / "kalender.ics"
    written(filled, file)
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o644)
    before = file.stat().st_ino
    filled("follow-ups", "accept", first(filled)["id"])
    written(filled, file)
    assert (file.stat().st_mode & 0o777, file.stat().st_ino != before) == (0o644, True)
    assert [path.name for path in tmp_path.iterdir() if "kalender" in path.name] == ["kalender.ics"]


def test_a_file_that_is_no_calendar_is_left_alone(filled: Machine, tmp_path: Path) -> None:
    file = tmp_path / "brev.txt"
    file.write_text("Kära dagbok")
    said_once(filled("reminders", "--format", "ics", "--output", str(file), code=2), "brev.txt")
    assert file.read_text() == "Kära dagbok"


# A marked mail


def test_a_marked_mail_shows_date_and_number_alone(filled: Machine, tmp_path: Path) -> None:
    row = marked(filled)
    filled("follow-ups", "accept", row["id"])
    sender = next(
        one["from"]
        for one in filled("messages", "--json", "--limit", "0").rows
        if one["id"] == row["message"]
    )
    file = tmp_path / "x.xlsx"
    filled("reminders", "--format", "xlsx", "--output", str(file))
    cells = [
        cell for page in load_workbook(file) for line in page.iter_rows(values_only=True) for cell in line
    ]
    mail = message_from_string(filled("reminders", "--format", "mail").out, policy=policy.default)
    forms = {
        "table": filled("reminders").out,
        "json": filled("reminders", "--json").out,
        "ics": filled("reminders", "--format", "ics").out.replace("\r\n ", ""),
        "mail": "".join(str(part.get_content()) for part in mail.iter_parts()),
        "xlsx": "\n".join(str(cell) for cell in cells),
    }
    for form, said in forms.items():
        assert row["text"][:30] not in said, form
        assert sender["name"] not in [line.strip() for line in said.split(" – ")], form
        assert "2021-00077-1.1.1" in said, form
    (bare,) = [one for one in filled("reminders", "--json").rows if one["id"] == row["id"]]
    assert {name for name, value in bare.items() if value is not None} == {
        "bucket", "id", "message", "approximate", "state", "since", "found", "secret", "number",
        *(name for name in ("due_start", "due_end", "start_time", "end_time") if row[name]),
    }  # fmt: skip


# A mail


@pytest.fixture
def mailing(filled: Machine, certificates: Certificates) -> Machine:
    """Settings for everything but the port."""
    filled.more |= {
        "ATERKOM_SMTP_HOST": "localhost",
        "ATERKOM_SMTP_USER": USER,
        "ATERKOM_SMTP_SECRET": "env:SMTP_PASSWORD",
        "ATERKOM_SMTP_CA_FILE": certificates.ca_file,
        "ATERKOM_REMINDER_FROM": "aterkom@statenssc.se",
        "ATERKOM_REMINDER_UNASSIGNED": "kontor@statenssc.se",
        "ATERKOM_REMINDER_ADDRESSES": '{"anna": "anna@statenssc.se"}',
        "SMTP_PASSWORD": PASSWORD,
    }
    return filled


def at(machine: Machine, drop: MailDrop) -> Machine:
    machine.more["ATERKOM_SMTP_PORT"] = str(drop.port)
    return machine


def test_a_mail_to_look_at(filled: Machine, tmp_path: Path) -> None:
    name = first(filled)["id"]
    changed(filled, "UPDATE follow_up SET text = '<b>Vi & ni</b> {{ 7*7 }}' WHERE id = ?", int(name[1:]))
    made = message_from_string(filled("reminders", "--format", "mail").out, policy=policy.default)
    assert made["Auto-Submitted"] == "auto-generated"
    plain, html = (made.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None
    assert html is not None
    assert "”<b>Vi & ni</b> {{ 7*7 }}”" in plain.get_content()
    assert "&lt;b&gt;Vi &amp; ni&lt;/b&gt; {{ 7*7 }}" in html.get_content()
    assert "Förslag att granska" in plain.get_content()
    file = tmp_path / "brev.eml"
    filled("reminders", "--format", "mail", "--output", str(file))
    assert message_from_string(file.read_text(), policy=policy.default)["Subject"] == made["Subject"]


def test_our_own_mail_that_comes_back_promises_nothing(filled: Machine, tmp_path: Path) -> None:
    before = filled("follow-ups", "--json", "--limit", "0").rows
    file = tmp_path / "tillbaka.eml"
    filled("reminders", "--format", "mail", "--output", str(file))
    filled("import", str(file))
    text = message_from_string(file.read_text(), policy=policy.default).get_body(("plain",))
    assert text is not None
    (tmp_path / "vidare.eml").write_text(
        "From: Bo Ekdahl <bo.ekdahl@ange.se>\nTo: anna@statenssc.se\nSubject: VB: listan\n"
        "Date: Mon, 18 Oct 2021 09:00:00 +0200\nContent-Type: text/plain; charset=utf-8\n\n"
        f"Se nedan.\n\nFrån: Återkom\nSkickat: den 18 oktober 2021 07:30\nTill: Bo Ekdahl\nÄmne: listan\n\n{text.get_content()}"
    )
    filled("import", str(tmp_path / "vidare.eml"))
    assert len(filled("follow-ups", "--json", "--limit", "0").rows) == len(before)


def test_each_person_gets_one_mail_a_day(mailing: Machine, certificates: Certificates) -> None:
    mailing("follow-ups", "assign", first(mailing)["id"], "anna")
    with maildrop(certificates) as drop:
        rows = at(mailing, drop)("reminders", "--send", "--json").rows
        assert {row["person"]: row["state"] for row in rows} == {
            "anna@statenssc.se": "sent",
            "anna.lindgren@statenssc.se": "sent",  # who wrote a promise has it until somebody is assigned
            "kontor@statenssc.se": "sent",
        }
        again = mailing("reminders", "--send", "--json").rows
        assert {row["state"] for row in again} == {"already"}
    letters = drop.letters()
    assert len(drop.mails) == 3
    assert {str(letter["Message-ID"]) for letter in letters.values()} == {row["message_id"] for row in rows}
    assert "aterkom@statenssc.se" in letters["anna@statenssc.se"]["From"]


def test_a_refused_recipient_is_named_and_the_others_get_theirs(
    mailing: Machine, certificates: Certificates
) -> None:
    mailing("follow-ups", "assign", first(mailing)["id"], "anna")
    with maildrop(certificates) as drop:
        drop.refused["anna@statenssc.se"] = "550 no such user"
        said_once(at(mailing, drop)("reminders", "--send", code=1), "anna@statenssc.se", "no such user")
        assert [to for to, _ in drop.mails] == ["anna.lindgren@statenssc.se", "kontor@statenssc.se"]


def test_a_refused_sign_in_is_3_and_a_server_that_is_away_4(
    mailing: Machine, certificates: Certificates
) -> None:
    with maildrop(certificates) as drop:
        wrong = {"SMTP_PASSWORD": "fel"}
        said_once(at(mailing, drop)("reminders", "--send", code=3, env=wrong), USER)
        assert drop.tries == 1
    said_once(mailing("reminders", "--send", code=4), "localhost")


def test_settings_that_are_missing(mailing: Machine, filled: Machine) -> None:
    for name in ("ATERKOM_REMINDER_FROM", "ATERKOM_SMTP_SECRET", "ATERKOM_SMTP_HOST"):
        kept = mailing.more.pop(name)
        said_once(mailing("reminders", "--send", code=3), name.removeprefix("ATERKOM_").lower())
        mailing.more[name] = kept
    said_once(mailing("reminders", "--send", code=2, env={"ATERKOM_SMTP_HOST": "smtp.example", "ATERKOM_SMTP_SECURITY": "plain"}), "smtp.example")  # fmt: skip
    said_once(mailing("reminders", "--send", "--office", "Ånge", code=2), "--send")


def test_doctor_signs_in_and_sends_nothing(mailing: Machine, certificates: Certificates) -> None:
    def row(**env: str) -> dict[str, Any]:
        found = mailing("--lang", "en", "doctor", "--json", code=1, env=env).rows
        return next(one for one in found if one["check"] == "reminders")

    with maildrop(certificates) as drop:
        at(mailing, drop)
        assert (row()["ok"], drop.mails) == (True, [])
        refused = row(SMTP_PASSWORD="fel")
        assert not refused["ok"]
        assert USER in refused["detail"]
    assert not row()["ok"]
    assert not row(ATERKOM_SMTP_SECRET="")["ok"]
