"""Municipalities: who they are, and where a text names one."""

from nlp.municipalities.finder import find_municipalities
from nlp.municipalities.gazetteer import Municipality, by_name, municipalities, municipality_of_domain

__all__ = ["Municipality", "by_name", "find_municipalities", "municipalities", "municipality_of_domain"]
