"""Whole screens: the four views, a letter by itself, questions and help."""
