"""What a letter says of an office: its phase, steps done or planned, place, area, who is responsible."""

from nlp.facts.find import find_facts

__all__ = ["find_facts"]
