"""Training of the named-entity model: corpora and generated agency mail in, a spaCy pipeline out. Never loaded by reading."""
