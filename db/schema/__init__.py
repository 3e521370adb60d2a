"""The schema, by subject: mail, parties, offices, reading, work and log."""

from db.schema.base import Base
from db.schema.log import Audit, AuditPayload, Note, Registration, Tombstone
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
from db.schema.parties import Address, Affiliation, Organisation, Person, Phone
from db.schema.reading import Decision, Finding, FollowUp, Link, LinkDecision, MentionRow

__all__ = [
    "Account",
    "Address",
    "Affiliation",
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
    "Phone",
    "PlanEntry",
    "PlanPhase",
    "PlanRevision",
    "PlanSlot",
    "Raw",
    "Recipient",
    "Reference",
    "Registration",
    "ReportDue",
    "Step",
    "Thread",
    "ThreadKey",
    "Tombstone",
]
