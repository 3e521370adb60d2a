"""People: whose name a mailbox bears, and whom a text names."""

from nlp.people.finder import find_people
from nlp.people.mailboxes import given_first, is_address_of, name_of_address

__all__ = ["find_people", "given_first", "is_address_of", "name_of_address"]
