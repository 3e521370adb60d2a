"""Runs the revisions on the connection, and in the transaction, that `db.upgrade` passes in."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=None,
    transactional_ddl=True,  # SQLite as well: `db.engine` begins its transactions itself
)
context.run_migrations()
