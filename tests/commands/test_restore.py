"""A till set up again from a copy and its hub: nothing twice, nothing half, nothing lost."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from pos.store.data_folder import DataFolder, FolderRole
from pos.store.engine import make_engine, transaction
from pos.store.epoch_marker import noted_epoch
from pos.store.keys import load_key
from pos.store.recovery_code import code_of
from pos.store.statements import Statements
from sync.hub.admin import add_shop
from sync.hub.app import create_app
from sync.hub.database import open_database
from sync.hub.tables import inbox
from tests.commands.conftest import call
from tests.commands.scripted_shop import Shop
from tests.store.scripted_day import MOVES
from tests.store.test_rebuild import SAME_TABLES
from tests.sync.serving import FixedClock, serving

SEEDS = range(8)


@pytest.fixture
def shop(tmp_path: Path, db_url: str) -> Iterator[Shop]:
    database = open_database(db_url)
    add_shop(database.engine, "FUEN", name="Nogal", currency="EUR", country="ES", now_ms=1)
    cache = tmp_path / "cache"
    cache.mkdir()
    with serving(create_app(database, clock=FixedClock(), cache_folder=cache)) as url:
        yield Shop(tmp_path, url, database, db_url)
    database.close()


def moves(dice: random.Random, most: int = 18) -> list[str]:
    return [dice.choice(MOVES) for _ in range(dice.randint(1, most))]


def restored(shop: Shop, backup: Path, *words: object, name: str = "again") -> DataFolder:
    said = call("restore", "--data", shop.root / name, "--backup", backup, *words)
    assert (said.code, said.err.count("mostrador:")) == (0, 0), said.err
    return DataFolder(shop.root / name)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_till_restored_at_any_point_of_a_day_repeats_nothing_and_lacks_nothing(
    shop: Shop, seed: int
) -> None:
    dice = random.Random(seed)
    shop.play(moves(dice))
    if dice.random() < 0.5:
        shop.push()
    backup = shop.copy()
    shop.play(moves(dice))
    shop.push()
    told = shop.rows("sale", "cash_movement", "till_session", "session_report", "card_attempt")

    shop.play([*moves(dice, 5), "cash"])  # burns with the machine

    again = restored(shop, backup)
    assert shop.rows(*told, folder=again) == told
    shop.play([*moves(dice), "cash"], folder=again)
    shop.push(folder=again)

    assert shop.violations(again) == []
    facts, burnt = (
        {(row[1], row[2]): row[9] for row in shop.rows("journal", folder=folder)["journal"]}
        for folder in (again, shop.folder)
    )
    assert facts == shop.at_hub()
    assert {**burnt, **facts} == {**facts, **burnt}  # nothing of one number says two things
    sold, lost = (
        {row[2]: row[1] for row in shop.rows("sale", folder=folder)["sale"]}
        for folder in (again, shop.folder)
    )
    assert {**lost, **sold} == {**sold, **lost}
    assert shop.agrees(again)


def test_a_till_restored_while_facts_had_not_reached_the_hub_repeats_no_number(
    shop: Shop,
) -> None:
    shop.play(["cash", "card"])
    backup = shop.copy()
    shop.play(["cash"])
    shop.push()
    shop.play(["cash", "cash"])  # burns with the machine

    again = restored(shop, backup)
    shop.play(["cash"], folder=again)
    shop.push(folder=again)

    old, new = shop.rows("sale"), shop.rows("sale", folder=again)
    mine, theirs = ({row[2] for row in rows["sale"]} for rows in (old, new))
    assert theirs - mine == {"2.2-000001"}
    assert mine - theirs == {"2-000004", "2-000005"}
    assert shop.agrees(again)


def test_what_it_says_names_where_everything_came_from(shop: Shop) -> None:
    shop.play(["cash"])
    backup = shop.copy()
    shop.play(["cash"])
    shop.push()

    said = call("restore", "--data", shop.root / "again", "--backup", backup)

    assert "From the copy: 1 sales, the last one 2-000001" in said.out
    assert "Nothing that the hub holds is missing." in said.out
    assert "its next receipt is 2.2-000001" in said.out


def test_a_shift_that_was_open_goes_on_and_its_z_holds_all_of_it(shop: Shop) -> None:
    shop.play(["cash"])
    backup = shop.copy()
    shop.play(["cash", "movement"])
    shop.push()

    again = restored(shop, backup)
    shop.play(["cash", "close"], folder=again)

    (report,) = shop.rows("session_report", folder=again)["session_report"]
    assert (report[2], json.loads(str(report[3]))["figures"]["sales"]) == ("Z2.2-000001", 3)
    assert shop.violations(again) == []


def test_a_copy_carried_away_opens_with_the_code_from_the_safe(shop: Shop) -> None:
    shop.play(["cash"])
    shop.push()
    backup = shop.to_stick(shop.copy())

    without = call("restore", "--data", shop.root / "again", "--backup", backup)
    wrong = call(
        "restore", "--data", shop.root / "again", "--backup", backup, "--key-code",
        code_of(bytes(32)),
    )  # fmt: skip
    printed = call("backup", "key", "--data", shop.folder.root).out
    again = restored(shop, backup, "--key-code", printed)

    assert (without.code, wrong.code) == (1, 1)
    assert "--key-code" in without.err
    assert "the key does not open" in wrong.err
    assert shop.violations(again) == []
    assert load_key(again) == shop.key


def test_without_the_hub_the_till_goes_on_above_every_epoch_that_is_known(shop: Shop) -> None:
    shop.play(["cash"])
    backup = shop.copy()
    shop.folder.epoch_marker.write_text("6\n", encoding="ascii")

    again = restored(shop, backup, "--offline")
    shop.play(["cash"], folder=again)

    numbers = {row[2] for row in shop.rows("sale", folder=again)["sale"]}
    assert numbers == {"2-000001", "2.7-000001"}
    assert noted_epoch(again) == 7
    assert shop.violations(again) == []


def test_a_hub_that_does_not_answer_leaves_everything_as_it_was(shop: Shop) -> None:
    shop.play(["cash"])
    backup = shop.copy()

    said = call(
        "restore", "--data", shop.root / "again", "--backup", backup, "--hub",
        "http://127.0.0.1:9",
    )  # fmt: skip

    assert said.code == 1
    assert "nothing was changed" in said.err
    assert sorted(path.name for path in shop.root.iterdir()) == [
        "cache", "hub.db", "hub.db-shm", "hub.db-wal", "till",
    ]  # fmt: skip


def test_a_damaged_copy_is_refused_and_nothing_is_made(shop: Shop) -> None:
    shop.play(["cash"] * 4)
    backup = shop.to_stick(shop.copy())
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(content)

    said = call(
        "restore", "--data", shop.root / "again", "--backup", backup, "--key-code",
        code_of(shop.key),
    )  # fmt: skip

    assert said.code == 1
    assert not (shop.root / "again").exists()


@pytest.mark.parametrize("role", list(FolderRole))
def test_a_folder_that_is_open_is_never_replaced(shop: Shop, role: FolderRole) -> None:
    shop.play(["cash"])
    backup = shop.copy()
    lock = shop.folder.lock(role)

    said = call(
        "restore", "--data", shop.folder.root, "--backup", backup, "--replace", "--offline"
    )
    lock.release()

    assert said.code == 1
    assert f"is the {role.value} of" in said.err


def test_a_till_is_replaced_in_one_step_and_the_old_one_set_aside(shop: Shop) -> None:
    shop.play(["cash"])
    shop.push()
    backup = shop.copy()

    refused = call("restore", "--data", shop.folder.root, "--backup", backup)
    again = restored(shop, backup, "--replace", name="till")

    assert "not empty" in refused.err
    assert shop.violations(again) == []
    assert shop.violations(DataFolder(shop.root / "till.before-1")) == []
    assert shop.rows("till_identity", folder=again)["till_identity"][0][3] == 2


def test_a_folder_that_is_no_tills_is_never_touched(shop: Shop) -> None:
    shop.play(["cash"])
    backup = shop.copy()
    (shop.root / "photos").mkdir()
    (shop.root / "photos" / "cat.jpg").touch()

    said = call("restore", "--data", shop.root / "photos", "--backup", backup, "--replace")

    assert (said.code, "not the folder of a till" in said.err) == (1, True)
    assert [path.name for path in (shop.root / "photos").iterdir()] == ["cat.jpg"]


def test_facts_the_hub_changed_are_not_taken_and_said_to_be_missing(shop: Shop) -> None:
    shop.play(["cash"])
    backup = shop.copy()
    shop.play(["cash", "cash"])
    shop.push()
    before = len(shop.rows("sale")["sale"])
    with shop.database.transaction() as connection:
        sold = select(func.max(inbox.c.seq)).where(inbox.c.kind == "sale.completed")
        last = connection.scalar(sold)
        connection.execute(
            inbox.update().where(inbox.c.seq == last).values(body_json='{"total": 0}')
        )

    said = call("restore", "--data", shop.root / "again", "--backup", backup)

    again = DataFolder(shop.root / "again")
    assert f"Missing: epoch 1 from fact {last} on: it was changed." in said.out
    assert len(shop.rows("sale", folder=again)["sale"]) == before - 1
    assert shop.violations(again) == []


def test_a_fact_that_is_missing_in_one_epoch_cuts_no_later_one_short(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.facts_back.MAX_OPS", 3)
    shop.play(["cash"])
    backup = shop.copy()
    shop.play(["cash", "cash"])
    shop.push()
    once = restored(shop, backup, name="once")
    shop.play(["cash"] * 4, folder=once)
    shop.push(folder=once)
    with shop.database.transaction() as connection:
        sold = select(func.max(inbox.c.seq)).where(inbox.c.kind == "sale.completed")
        last = connection.scalar(sold.where(inbox.c.epoch == 1))
        too_long = inbox.update().where(inbox.c.epoch == 1, inbox.c.seq == last)
        connection.execute(too_long.values(body_json=None))

    said = call("restore", "--data", shop.root / "again", "--backup", backup)

    again = DataFolder(shop.root / "again")
    assert said.out.count("Missing: ") == 1
    assert f"Missing: epoch 1 from fact {last} on: its text was too long" in said.out
    numbers = {row[2] for row in shop.rows("sale", folder=again)["sale"]}
    assert numbers == {"2-000001", "2-000002", *(f"2.2-{sale:06d}" for sale in range(1, 5))}
    assert shop.violations(again) == []


def test_a_till_restored_twice_never_comes_back_to_an_epoch(shop: Shop) -> None:
    shop.play(["cash"])
    backup = shop.copy()
    for name in ("once", "twice"):
        again = restored(shop, backup, name=name)
        shop.play(["cash"], folder=again)
        shop.push(folder=again)

    numbers = {row[2] for row in shop.rows("sale", folder=again)["sale"]}
    assert numbers == {"2-000001", "2.2-000001", "2.3-000001"}
    assert shop.violations(again) == []
    assert shop.agrees(again)


def test_a_card_that_was_charged_when_the_machine_burned_comes_back_with_its_ticket(
    shop: Shop,
) -> None:
    backup = shop.copy()
    shop.play(["left at card"])
    shop.push()

    again = restored(shop, backup)

    tickets = shop.rows("ticket", "ticket_line", folder=again)
    assert tickets["ticket_line"] == shop.rows("ticket_line")["ticket_line"]
    assert [row[1:3] for row in tickets["ticket"]] == [("paying", 1)]
    assert shop.violations(again) == []


def test_the_settings_of_the_machine_come_back_from_the_copy(shop: Shop) -> None:
    text = shop.folder.settings.read_text(encoding="utf-8")
    shop.folder.settings.write_text(text.replace('"light"', '"dark"'), encoding="utf-8")
    backup = shop.to_stick(shop.copy())

    again = restored(shop, backup, "--key-code", code_of(shop.key), "--offline")

    assert again.settings.read_text(encoding="utf-8") == shop.folder.settings.read_text(
        encoding="utf-8"
    )
    engine = make_engine(again.database, key=shop.key, read_only=True)
    with transaction(engine) as connection:
        kept = Statements(connection).rows("SELECT 1 FROM setting WHERE key = 'settings.toml'")
    engine.dispose()
    assert kept == []


def test_every_table_is_as_it_was_before(shop: Shop) -> None:
    shop.play([*MOVES, *MOVES])
    shop.push()
    backup = shop.copy()
    shop.play([*MOVES, *MOVES])
    shop.push()
    tables = [table for table in SAME_TABLES if table not in {"till_identity", "journal"}]

    again = restored(shop, backup)

    assert shop.rows(*tables, folder=again) == shop.rows(*tables)
