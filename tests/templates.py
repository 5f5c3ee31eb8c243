"""Empty databases to copy: to migrate one takes longer than most tests do."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from pos.store.engine import make_engine
from pos.store.facts import TillIdentity
from pos.store.migrate import migrate
from pos.store.till_store import create_till
from sync.hub.database import HubDatabase, open_database


def new_till(path: Path, *, key: bytes | None, identity: TillIdentity) -> None:
    """Do as `create_till` does, with a copy of a file that this process migrated once."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_bytes(_migrated(key))
    create_till(path, key=key, identity=identity)


def new_hub(path: Path) -> HubDatabase:
    """Open a hub's SQLite file as `open_database` does, from a copy that was migrated once."""
    if not path.exists():
        path.write_bytes(_hub())
    return open_database(f"sqlite:///{path}")


@cache
def _migrated(key: bytes | None) -> bytes:
    with tempfile.TemporaryDirectory(prefix="mostrador-template-") as name:
        path = Path(name) / "till.db"
        engine = make_engine(path, key=key)
        migrate(engine)
        engine.dispose()
        return path.read_bytes()


@cache
def _hub() -> bytes:
    with tempfile.TemporaryDirectory(prefix="mostrador-template-") as name:
        path = Path(name) / "hub.db"
        open_database(f"sqlite:///{path}").close()
        return path.read_bytes()
