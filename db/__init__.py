"""The store: engine, schema, migrations, full text."""
