"""The words by which a message is found, made where it is read: the process that writes has enough to do."""

from dataclasses import replace

from crm.readings import ReadMail, ReadMessage
from db.document import Document, document


def words_of(message: ReadMessage) -> Document:
    """Those of its subject, of its own words and of its documents."""
    chain = message.chain
    texts = [each.text for each in chain.attachments if each.text]
    return document(chain.subject or "", "\n\n".join([chain.body, *texts]))


def with_words(mail: ReadMail) -> ReadMail:
    """The mail, each of its messages with its words."""
    messages = tuple(replace(message, words=words_of(message)) for message in mail.messages)
    return replace(mail, messages=messages)
