"""The store's revisions, oldest first. Alembic is loaded only to run them."""

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0022")
HEAD = REVISIONS[-1]
