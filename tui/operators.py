"""The operators of the search and their choices, each in a line."""

from typing import Final

from tui.i18n import N_

OPERATORS: Final[dict[str, str]] = {
    "from": N_("from a person: address, name, @domain"),
    "to": N_("to a person"),
    "cc": N_("with a copy to a person"),
    "person": N_("from or to a person, or with a copy to them"),
    "organisation": N_("from or to somebody of an organisation"),
    "subject": N_("with this in the subject"),
    "office": N_("about an office"),
    "municipality": N_("about a municipality, or naming it"),
    "before": N_("written before a day, week, month or year"),
    "after": N_("written after it"),
    "since": N_("written in it or after it"),
    "during": N_("written in it"),
    "phone": N_("with a telephone number in it"),
    "number": N_("with a number of the diary"),
    "is": N_("of a kind"),
    "has": N_("with something"),
    "direction": N_("that go this way"),
    "folder": N_("in a folder of the mailbox"),
    "account": N_("in a mailbox"),
    "filename": N_("with a document of this name"),
}
CHOICES: Final[dict[str, str]] = {
    "is:received": N_("came as a mail of its own"),
    "is:sent": N_("from us"),
    "is:forwarded": N_("forwarded in another letter"),
    "is:quoted": N_("quoted in another letter"),
    "is:attached": N_("attached to another letter"),
    "is:unanswered": N_("nothing has come back yet"),
    "is:unread": N_("read in no mailbox"),
    "is:unjudged": N_("not judged for the diary"),
    "is:secret": N_("marked secret"),
    "is:quarantined": N_("could not be read"),
    "is:automatic": N_("written by a machine"),
    "has:attachment": N_("a document"),
    "has:followup": N_("a follow-up"),
    "has:note": N_("a note as evidence"),
    "direction:in": N_("to us"),
    "direction:out": N_("from us"),
    "direction:internal": N_("among ourselves"),
    "direction:others": N_("between others"),
}
