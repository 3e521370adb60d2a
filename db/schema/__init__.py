"""The schema, by subject: mail, parties, offices, reading, reminding, work and log."""

from db.schema.base import Base
from db.schema.log import Arrangement, Audit, AuditPayload, Note, Registration, Tombstone
from db.schema.mail import (
    Account,
    AttachmentRow,
    Folder,
    Location,
    Message,
    Occurrence,
    Raw,
    Recipient,
    Reference,
    Thread,
    ThreadKey,
)
from db.schema.offices import (
    Municipality,
    Office,
    PlanEntry,
    PlanPhase,
    PlanRevision,
    PlanSlot,
    ReportDue,
    Step,
)
from db.schema.parties import Address, Affiliation, Organisation, Person, PersonName, Phone
from db.schema.reading import Decision, Finding, FollowUp, Link, LinkDecision, MentionRow
from db.schema.reminding import Reminded, ReminderSent

__all__ = [
    "Account",
    "Address",
    "Affiliation",
    "Arrangement",
    "AttachmentRow",
    "Audit",
    "AuditPayload",
    "Base",
    "Decision",
    "Finding",
    "Folder",
    "FollowUp",
    "Link",
    "LinkDecision",
    "Location",
    "MentionRow",
    "Message",
    "Municipality",
    "Note",
    "Occurrence",
    "Office",
    "Organisation",
    "Person",
    "PersonName",
    "Phone",
    "PlanEntry",
    "PlanPhase",
    "PlanRevision",
    "PlanSlot",
    "Raw",
    "Recipient",
    "Reference",
    "Registration",
    "Reminded",
    "ReminderSent",
    "ReportDue",
    "Step",
    "Thread",
    "ThreadKey",
    "Tombstone",
]
