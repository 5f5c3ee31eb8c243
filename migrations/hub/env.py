"""Runs the hub's revisions on the connection that `sync.hub.database.migrate` hands over."""

from __future__ import annotations

from alembic import context

from sync.hub.schema import SCHEMA

context.configure(connection=context.config.attributes["connection"], target_metadata=SCHEMA)
with context.begin_transaction():
    context.run_migrations()
