"""Municipalities: who they are (`gazetteer`), and where a text names one (`finder`)."""
