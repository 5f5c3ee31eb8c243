"""Alembic's entry into till.db; the connection and its transaction come from pos.store.migrate."""

from __future__ import annotations

from alembic import context

from pos.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
