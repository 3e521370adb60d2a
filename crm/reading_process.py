"""What a reading process runs: bytes of a mail in, the mail as read and the words by which it is found out."""

from collections.abc import Callable
from dataclasses import fields
from multiprocessing.reduction import ForkingPickler
from operator import attrgetter
from typing import Any, Final

from crm.address_book import PersonCard
from crm.linking import OfficeLink
from crm.reading import read_mail
from crm.readings import ReadingContext, ReadMail, ReadMessage
from crm.wording import with_words
from crm.working import announce_loading
from ingest.model import Attachment, ChainMessage, Mailbox
from nlp.model import DateMention, FollowUp, MunicipalityMention, PersonMention, Reading, TextMention
from nlp.models import OURS
from nlp.reader import Reader
from nlp.trained import name_model

# What a mail as read is made of. Pickled as calls with values, they cost half of what dataclasses with slots cost.
_ANSWERS: Final[tuple[type[Any], ...]] = (
    *(ReadMail, ReadMessage, ChainMessage, Mailbox, Attachment, OfficeLink, PersonCard),
    *(Reading, DateMention, MunicipalityMention, PersonMention, TextMention, FollowUp),
)


def reading(context: ReadingContext) -> Callable[[bytes], ReadMail]:
    """What a reading process runs; the language is loaded once."""
    for answer in _ANSWERS:
        ForkingPickler.register(answer, _as_call(answer))
    if (model := name_model(context.name_model)) is not None:
        model.before_loading = announce_loading
        if context.name_model != OURS:
            model.load()  # one that does not load is a setting to put right, not every mail's fault
    reader = Reader(context.name_model)
    return lambda raw: with_words(read_mail(raw, reader, context))


def _as_call(kind: type[Any]) -> Callable[[Any], tuple[type[Any], tuple[Any, ...]]]:
    values = attrgetter(*(field.name for field in fields(kind)))
    return lambda one: (kind, values(one))
