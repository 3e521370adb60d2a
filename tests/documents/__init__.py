"""Documents made in a test, byte by byte: invented people, real municipalities."""
