"""A restore that is killed at any moment leaves what was there, and can be done again."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pos.domain.journal import GENESIS_HASH, chain_hash
from pos.open_till import init_folder
from pos.settings import TillSettings, write_settings
from pos.store.backup import take_backup
from pos.store.data_folder import DataFolder
from pos.store.engine import make_engine, transaction
from pos.store.keys import load_key
from pos.store.migrate import copy_before, migrate
from pos.store.verify import verify
from tests.architecture.sources import ROOT
from tests.commands.conftest import call
from tests.store.scripted_day import MOVES, Counter, add_staff, dump
from tests.store.test_migrate import OLD_DATA

KILLS = 6
RESTORE = (sys.executable, "-m", "pos.commands.main", "restore", "--offline", "--json")


@pytest.fixture
def till(tmp_path: Path) -> DataFolder:
    """Return the folder of a till after a day."""
    folder = DataFolder(tmp_path / "till")
    settings = TillSettings("FUEN", 2, "http://127.0.0.1:9")
    init_folder(folder, settings, 1)
    write_settings(folder.settings, settings)
    key = load_key(folder)
    assert key is not None
    add_staff(folder.database, key)
    counter = Counter(folder.database, seed="killed", key=key)
    counter.play(MOVES)
    counter.close()
    return folder


def is_whole(folder: DataFolder) -> bool:
    return verify(folder.database, key=load_key(folder)) == []


def journal_of(folder: DataFolder) -> list[tuple[object, ...]]:
    return dump(folder.database, ["journal"], load_key(folder) or b"")["journal"]


def journals(till: DataFolder) -> list[list[tuple[object, ...]]]:
    """Return the journals of the till and of what was set aside."""
    found = [till.root, *till.root.parent.glob("till.before-*")]
    return [journal_of(DataFolder(root)) for root in found]


def backup_of(folder: DataFolder) -> Path:
    return take_backup(folder, key=load_key(folder), now_ms=1_790_000_000_000).path


def test_whatever_moment_it_is_killed_at_a_whole_till_is_in_place(till: DataFolder) -> None:
    dice = random.Random(3)
    backup = backup_of(till)
    stick = till.root.parent / "stick"
    stick.mkdir()
    backup = backup.rename(stick / backup.name)
    code = call("backup", "key", "--data", till.root).out.replace("\n", "-").strip("-")
    words = ("--data", till.root, "--backup", backup, "--replace", "--key-code", code)
    command = [*RESTORE, *map(str, words)]

    first = journal_of(till)

    for _ in range(KILLS):
        restoring = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        draft = till.root.with_name(".till.restoring")
        while not draft.exists() and restoring.poll() is None:
            pass
        for _ in range(dice.randint(0, 4_000_000)):  # so that the kill falls anywhere
            if restoring.poll() is not None:
                break
        restoring.send_signal(signal.SIGKILL)
        restoring.wait()

        assert is_whole(till)
        assert first in journals(till)

    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert is_whole(till)
    assert not draft.exists()


def old_data() -> str:
    """Return the data of the first schema, its one fact chained as facts are."""
    digest = chain_hash(
        till="FUEN-2", epoch=1, seq=1, op_id="op1", kind="sale.completed",
        occurred_at_ms=1_790_000_060_000, body_json="{}", prev_hash=GENESIS_HASH,
    )  # fmt: skip
    text = (OLD_DATA / "0001.sql").read_text(encoding="utf-8")
    return text.replace("'0', '1')", f"'{GENESIS_HASH}', '{digest}')")


def test_a_copy_from_before_an_update_is_brought_up_to_date(till: DataFolder) -> None:
    key = load_key(till)
    old = till.root.parent / "old"
    old.mkdir()
    engine = make_engine(old / "till.db", key=key)
    migrate(engine, "0001")
    with transaction(engine) as connection:
        for statement in old_data().split(";\n"):
            connection.exec_driver_sql(statement)
    copy = copy_before(engine, "0001")
    engine.dispose()
    till.backups.mkdir(exist_ok=True)
    copy = copy.rename(till.backups / copy.name)

    said = call(
        "restore", "--data", old.with_name("again"), "--backup", copy, "--offline", "--hub",
        "http://127.0.0.1:9",
    )  # fmt: skip

    again = DataFolder(old.with_name("again"))
    assert "From the copy: 1 sales" in said.out
    counter = Counter(again.database, seed="again", key=key or b"")
    counter.close()
    assert [path.name for path in again.root.iterdir() if path.name == "backups"] == []


def test_the_copies_of_a_till_are_listed(till: DataFolder) -> None:
    taken = call("backup", "--data", till.root, "--to", till.root.parent)

    listed = call("backup", "list", "--data", till.root)

    (name,) = (path.name for path in till.backups.iterdir())
    assert (taken.code, listed.code) == (0, 0)
    assert name in taken.out
    assert name in listed.out
    assert (till.root.parent / "FUEN-2" / name).is_file()


def test_no_copy_is_made_of_what_is_no_till(tmp_path: Path) -> None:
    assert "no till in" in call("backup", "--data", tmp_path).err
    assert "--data" in call("backup").err
