"""Bringing till.db to the present schema, from nothing and from every earlier revision."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from pos.domain.errors import StoreUnavailable
from pos.resources import migrations_path
from pos.store.engine import make_engine, transaction
from pos.store.migrate import SchemaTooNew, migrate, stored_revision
from pos.store.tables import SCHEMA_REVISION, metadata
from pos.store.till_store import TillStore, create_till
from tests.architecture.sources import ROOT
from tests.builders import IDENTITY, KEY, till_store

CONFIG = Config()
CONFIG.set_main_option("script_location", str(migrations_path("till")))
CONFIG.set_main_option("path_separator", "os")
REVISIONS = [script.revision for script in ScriptDirectory.from_config(CONFIG).walk_revisions()]
OLD_DATA = Path(__file__).parent / "old_data"
OPEN = """
import sys
from pathlib import Path
from pos.store.till_store import TillStore
TillStore(Path(sys.argv[1]), key=bytes.fromhex(sys.argv[2])).close()
print("alembic" in sys.modules)
"""


def schema_of(engine: Engine) -> set[tuple[str, str]]:
    with transaction(engine) as connection:
        rows = connection.exec_driver_sql("SELECT type, name FROM sqlite_master").all()
    return {(row[0], row[1]) for row in rows}


def test_the_program_knows_which_revision_is_the_newest() -> None:
    assert ScriptDirectory.from_config(CONFIG).get_current_head() == SCHEMA_REVISION


def test_an_empty_file_gets_the_tables_the_program_describes(tmp_path: Path) -> None:
    engine = make_engine(tmp_path / "till.db", key=KEY)

    assert migrate(engine) is True

    with transaction(engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_till_of_every_earlier_revision_keeps_its_data(revision: str, tmp_path: Path) -> None:
    path = tmp_path / "till.db"
    engine = make_engine(path, key=KEY)
    migrate(engine, revision)
    with transaction(engine) as connection:
        for statement in (OLD_DATA / f"{revision}.sql").read_text(encoding="utf-8").split(";\n"):
            connection.exec_driver_sql(statement)
    engine.dispose()

    store = TillStore(path, key=KEY)

    with store.reading() as records:
        shift = records.sessions.current()
        assert shift is not None
        assert records.sessions.figures(shift.session_id).sales == 1
        sale = records.sales.by_number("2-000001")
        assert sale is not None
        promotion = 1_00 if revision >= "0004" else 0
        assert (sale.total.minor, len(sale.lines)) == (3_50, 1)
        assert sale.lines[0].promotion.minor == promotion
        assert [given.name for given in sale.promotions] == (["1 EUR menos"] if promotion else [])
        assert records.journal.head().seq == 1
        returned = records.returns.of_purchase("b1")
        assert [part.due.minor for part in returned] == ([3_50] if revision >= "0005" else [])
        orders = [order.customer_name for order in records.orders.open()]
        assert orders == (["Carmen Ortega Vidal"] if revision >= "0003" else [])
    store.close()


def test_a_till_is_copied_before_its_schema_changes(tmp_path: Path) -> None:
    path = tmp_path / "till.db"
    engine = make_engine(path, key=KEY)
    migrate(engine, "0001")
    with transaction(engine) as connection:
        for statement in (OLD_DATA / "0001.sql").read_text(encoding="utf-8").split(";\n"):
            connection.exec_driver_sql(statement)

    migrate(engine)
    engine.dispose()

    copy = tmp_path / "backups" / "before-0001.db"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert b"sale.completed" not in copy.read_bytes()
    engine = make_engine(copy, key=KEY, read_only=True)
    with transaction(engine) as connection:
        assert stored_revision(connection) == "0001"
        assert connection.exec_driver_sql("SELECT number FROM sale").scalar() == "2-000001"
    engine.dispose()


def test_a_till_that_cannot_be_copied_first_stays_as_it_is(tmp_path: Path) -> None:
    engine = make_engine(tmp_path / "till.db", key=KEY)
    migrate(engine, "0001")
    (tmp_path / "backups").write_text("in the way", encoding="utf-8")

    with pytest.raises(StoreUnavailable, match="no copy before"):
        migrate(engine)

    with transaction(engine) as connection:
        assert stored_revision(connection) == "0001"
    engine.dispose()


def test_a_till_that_is_made_is_not_copied(tmp_path: Path) -> None:
    till_store(tmp_path).close()

    assert not (tmp_path / "backups").exists()


def test_a_present_file_is_opened_without_the_migration_tool(tmp_path: Path) -> None:
    till_store(tmp_path).close()

    done = subprocess.run(
        [sys.executable, "-c", OPEN, str(tmp_path / "till.db"), KEY.hex()],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip

    assert done.stdout.strip() == "False"


def test_a_file_of_a_later_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "till.db"
    till_store(tmp_path).close()
    engine = make_engine(path, key=KEY)
    with transaction(engine) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    before = schema_of(engine)

    with pytest.raises(SchemaTooNew, match="9999"):
        TillStore(path, key=KEY)

    assert schema_of(engine) == before
    engine.dispose()


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    engine = make_engine(tmp_path / "till.db", key=KEY)
    with transaction(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE outbox (in_the_way INTEGER)")

    with pytest.raises(Exception, match="already exists"):
        migrate(engine)

    assert schema_of(engine) == {("table", "outbox")}
    with transaction(engine) as connection:
        assert stored_revision(connection) is None
    engine.dispose()


def test_making_a_till_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "till.db"

    create_till(path, key=KEY, identity=IDENTITY)
    create_till(path, key=KEY, identity=IDENTITY)

    store = TillStore(path, key=KEY)
    assert store.identity == IDENTITY
    store.close()
