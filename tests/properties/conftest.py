"""Fixtures of the properties that are told in mails."""

from tests.intake import reader

__all__ = ["reader"]
