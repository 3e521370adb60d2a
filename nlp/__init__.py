"""Swedish reading: text and a date in, plain dataclasses out."""
