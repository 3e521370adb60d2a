"""Who owes whom what, and when: commitments, requests, deadlines and meetings of one letter's own words."""

from nlp.followups.find import find_follow_ups

__all__ = ["find_follow_ups"]
