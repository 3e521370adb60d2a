"""Fixtures of the stories that are told in mails."""

from tests.intake import filled, reader, take

__all__ = ["filled", "reader", "take"]
