"""Rows of every table, with invented people, for tests of the store."""

from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any
from zlib import compress

from sqlalchemy.orm import Session

from db import schema as s

AT = datetime(2021, 10, 18, 8, 30, tzinfo=UTC)
DAY = date(2021, 10, 18)


def raw(number: int = 1, **changed: Any) -> s.Raw:
    content = f"From: a@kommun.example\r\n\r\nBrev {number}".encode()
    values: dict[str, Any] = {
        "sha256": sha256(content).hexdigest(),
        "size": len(content),
        "content": compress(content),
        "taken_in_on": DAY,
    }
    return s.Raw(**values | changed)


def message(raw_id: int, number: int = 1, **changed: Any) -> s.Message:
    values: dict[str, Any] = {
        "key": f"{number:064d}",
        "kind": "received",
        "raw_id": raw_id,
        "subject": "Lokal",
        "sent_at": AT,
        "taken_in_on": DAY,
    }
    return s.Message(**values | changed)


def add_message(session: Session, number: int = 1, **changed: Any) -> int:
    """A message with a raw of its own; its id."""
    mail = raw(number)
    session.add(mail)
    session.flush()
    row = message(mail.id, number, **changed)
    session.add(row)
    session.flush()
    return row.id


def everything() -> list[list[s.Base]]:
    """A row of every table, in waves: each refers only to those before it. Ids are 1."""
    return [
        [
            raw(),
            s.Account(name="registrator", folders=["INBOX"], since=DAY, last_sync=AT, problem={"text": "nej"}),
            s.Thread(subject="Lokal", last_date=AT, messages=1),
            s.Municipality(code="2260", name="Ånge", county_code="22", county="Västernorrlands län"),
            s.Person(name="Åsa Öberg"),
            s.Absence(who="asa", deputy="bo", first=DAY, last=DAY, at=AT, by="asa"),
            s.PlanRevision(key="nyhet", day=DAY, source="källa", title="Plan", offices_min=28, offices_max=28),
            s.Audit(at=AT, actor="asa", action="accept", payload_digest="a" * 64, previous="b" * 64, digest="c" * 64),
            s.IssuedReport(as_of=DAY, number="2021/7", content={"offices": []}, digest="9" * 64, at=AT, by="asa", withdrawn_at=AT),
            s.Tombstone(digest="d" * 64, kind="raw", at=AT, by="asa"),
            s.SavedSearch(owner="asa", name="Ånge", query="kontor:ånge är:obesvarad", at=AT),
            s.Arrangement(
                subject="thread", action="join", one=1, other=2, payload={"references": ["<1@a>"]}, at=AT, by="asa", batch="b" * 16
            ),
        ],
        [
            s.Folder(account_id=1, name="INBOX", uidvalidity=2**32 - 1, last_sync=AT),
            s.ThreadKey(message_id="<1@kommun.example>", thread_id=1),
            s.Organisation(name="Ånge kommun", kind="municipality", domain="ange.se", municipality_code="2260"),
            s.Office(municipality_code="2260", phase=2, step="lokalsökning"),
            s.Phone(person_id=1, number="+46690250100"),
            s.PersonName(person_id=1, name="Åsa Öberg", seen_first=DAY, seen_last=DAY),
            s.PlanPhase(revision_id=1, number=2, offices_min=13, start=DAY, end=DAY),
            s.PlanSlot(revision_id=1, offices_min=5, offices_max=6, areas=["0180", "1280"]),
            s.AuditPayload(audit_id=1, salt="e" * 32, payload={"id": 1, "ord": ["å"]}),
        ],
        [
            s.Address(address="asa.oberg@ange.example", kind="person", person_id=1, organisation_id=1),
            s.Affiliation(person_id=1, organisation_id=1, title="utvecklare", seen_first=DAY, seen_last=DAY),
            s.Location(folder_id=1, uidvalidity=7, uid=2**32 - 1, raw_id=1, internal_date=AT),
            s.PlanEntry(revision_id=1, office_id=1, phase=2, vulnerable_area="required"),
            s.Step(office_id=1, kind="lokalval", planned_start=DAY, actual_end=DAY),
            s.OfficeChange(office_id=1, at=AT, by="asa", field="phase", value=2, because="Enligt beslut", batch="b" * 16, undone_at=AT),
            s.Note(at=AT, author="asa", kind="call", text="Ringde", office_id=1, person_id=1),
        ],
        [s.NoteVersion(note_id=1, at=AT, kind="note", text="Ringde?", office_id=1, person_id=1)],
        [message(1, thread_id=1, address_id=1, message_id="<1@kommun.example>", problems=["cut"], body="Vi återkommer.")],
        [
            s.Recipient(message_id=1, field="to", position=0, name="Åsa Öberg", address_id=1),
            s.Occurrence(message_id=1, raw_id=1, part="1.2", start=0, end=14, kind="received"),
            s.Reference(message_id=1, position=0, target="<0@kommun.example>"),
            s.AttachmentRow(
                message_id=1, position=0, part="2", filename="a.pdf", content_type="application/pdf", size=2**33,
                sha256="f" * 64,
            ),
            s.OfficeFact(
                key="f" * 64, message_id=1, office_id=1, municipality_code="2260", kind="step", field="step.behovsanalys.actual", status="done",
                side="end", value="x", window_start=DAY, window_end=DAY, text="Behovsanalysen blev klar.", start=0, end=25, rule="fact.step.done",
                confidence=0.9, since=DAY, decided_by="asa", decided_at=AT,
            ),
            s.MentionRow(
                message_id=1, label="MUNICIPALITY", start=0, end=4, text="Ånge", name="2260", value={"code": "2260"},
                rule="list", confidence=0.97,
            ),
            s.Finding(
                key="1" * 64, message_id=1, kind="commitment", obligor="sender", due_start=DAY, due_end=DAY,
                start_time=time(9, 30), text="Vi återkommer.", start=0, end=14, rule="promise", confidence=0.9,
            ),
            s.FollowUp(
                finding_key="1" * 64, message_id=1, office_id=1, kind="commitment", obligor="sender", owes="us",
                text="Vi återkommer.", since=DAY, evidence={"text": "svar"},
            ),
            s.Link(message_id=1, office_id=1, reason="subject", confidence=0.9),
            s.LinkDecision(message_id=1, office_id=1, linked=True, at=AT, by="asa"),
            s.LinkChange(message_id=1, office_id=1, until=DAY, linked=False),
            s.FollowUpChange(follow_up_id=1, message_id=1, until=DAY, facts={"kind": "request"}),
            s.Registration(message_id=1, state="number", number="KC-2106 0001", at=AT, by="asa"),
        ],
        [
            s.ReminderSent(person="asa@a.example", day=DAY, state="sent", message_id="<1@a.example>", at=AT, items={"named": [1]}),
            s.Reminded(follow_up_id=1, person="asa@a.example", day=DAY),
            s.Decision(follow_up_id=1, action="accept", at=AT, by="asa", text="Vi återkommer.", batch="b1"),
            s.ReportDue(key="slut", kind="final", due_end=DAY, recipient="r", source="s", follow_up_id=1),
        ],
    ]  # fmt: skip
