"""A real till and a real hub agree after every drain, also when one of them was copied or lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from pos.store.enrolled import Enrolment, keep_enrolment
from pos.store.outbox import AgentStore
from sync.agent.comparing import DigestState
from sync.agent.hub import Hub
from sync.agent.pushing import Pushing
from sync.credentials import credentials_of
from sync.hub import tables
from sync.hub.admin import add_shop
from sync.hub.agreement import digests
from sync.hub.agreement.forks import clone_key
from sync.hub.app import create_app
from sync.hub.conflicts import desk, desk_items
from sync.hub.database import HubDatabase
from sync.protocol.link import Link
from sync.protocol.pusher import Limits
from sync.wire.v1.desk import ItemKind, ItemState, Resolution
from tests.builders import IDENTITY, KEY
from tests.store.scripted_day import Counter, add_staff
from tests.sync.enrolling import enrolled, secret_of
from tests.sync.facts import T0
from tests.sync.serving import FixedClock, serving
from tests.templates import new_hub, new_till

MOVES = ["cash", "two tenders", "card", "cash", "close", "cash", "cash"]


class HandClock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.ms = 1_000

    def now_ms(self) -> int:
        return T0 + self.ms

    def monotonic_ms(self) -> int:
        return self.ms


class Machine:
    """One machine with a till's data folder and an agent without its process."""

    def __init__(self, path: Path, url: str, *, name: str) -> None:
        self.path = path
        self.store = AgentStore(path, key=KEY)
        self.clock = HandClock()
        self._http = credentials_of(self.store).open(url, deadline_s=30, incarnation=name)
        hub = Hub(self._http, till=IDENTITY.till, shop=IDENTITY.shop)
        self.pushing = Pushing(self.store, hub, self.clock, lambda: 0.0)
        self._name = name
        self._played = 0

    def play(self, moves: Sequence[str]) -> None:
        """Work at the till."""
        self._played += 1
        counter = Counter(self.path, seed=f"{self._name} {self._played}")
        counter.play(moves)
        counter.close()

    def sync(self) -> None:
        """Let the agent work for two minutes, and as long as there is something to do at once."""
        for _ in range(12):
            while self.pushing.step(Link(0))[1]:
                pass
            self.clock.ms += 10_000

    def end_amid(self, is_there: Callable[[], bool]) -> None:
        """Let the agent send a few facts at a time, and end as soon as something is there."""
        for _ in range(400):
            self.pushing._pusher = replace(self.pushing._pusher, limits=Limits(ops=3))
            self.pushing.step(Link(0))
            if is_there():
                return
            self.clock.ms += 3_000
        pytest.fail("it never came")

    @property
    def state(self) -> DigestState:
        return self.pushing.comparing.standing.state

    def close(self) -> None:
        self._http.close()
        self.store.close()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[HubDatabase]:
    opened = new_hub(tmp_path / "hub.db")
    add_shop(
        opened.engine, IDENTITY.shop, name="Fuencarral", currency="EUR", country="ES", now_ms=T0
    )
    yield opened
    opened.close()


@pytest.fixture
def hub_url(database: HubDatabase, tmp_path: Path) -> Iterator[str]:
    cache = tmp_path / "cache"
    cache.mkdir()
    with serving(create_app(database, clock=FixedClock(), cache_folder=cache)) as url:
        yield url


@pytest.fixture
def path(tmp_path: Path, database: HubDatabase) -> Path:
    """Return the database of an enrolled till where nothing happened yet."""
    file = tmp_path / "till.db"
    new_till(file, key=KEY, identity=IDENTITY)
    add_staff(file)
    told = enrolled(database, IDENTITY.till)
    enrolment = Enrolment(secret_of(IDENTITY.till), told.hub_key, told.ca, IDENTITY.epoch)
    keep_enrolment(file, key=KEY, enrolment=enrolment, now_ms=T0)
    return file


@contextmanager
def machines(url: str, *named: tuple[str, Path]) -> Iterator[list[Machine]]:
    opened = [Machine(path, url, name=name) for name, path in named]
    try:
        yield opened
    finally:
        for each in opened:
            each.close()


def numbers_at(database: HubDatabase) -> list[tuple[str, int]]:
    with database.reading() as connection:
        sale = tables.sale.c
        rows = connection.execute(select(sale.number, sale.fork).order_by(sale.number, sale.fork))
        return [(number, fork) for number, fork in rows]


def test_after_a_drain_they_agree_on_every_day(
    path: Path, hub_url: str, database: HubDatabase
) -> None:
    with machines(hub_url, ("a", path)) as (till,):
        till.play(MOVES)
        till.sync()

        standing = till.pushing.comparing.standing
        assert (standing.state, standing.differing) == (DigestState.AGREES, ())
        assert standing.agreed_through.startswith("2026-11-")
        assert till.store.queue_state().queued == 0
        with database.reading() as connection:
            assert connection.scalar(select(tables.till.c.report)) != ""


def test_a_hub_that_lost_what_sales_did_is_repaired_and_says_so(
    path: Path, hub_url: str, database: HubDatabase
) -> None:
    with machines(hub_url, ("a", path)) as (till,):
        till.play(MOVES)
        till.sync()
        sold = numbers_at(database)
        with database.transaction() as connection:
            for table in (tables.sale_tender, tables.sale_line, tables.sale):
                connection.execute(table.delete())
    with machines(hub_url, ("again", path)) as (till,):
        till.sync()

        assert till.state is DigestState.AGREES
    assert sold
    assert numbers_at(database) == sold


def test_a_difference_that_cannot_be_repaired_is_an_alarm(
    path: Path, hub_url: str, database: HubDatabase
) -> None:
    with machines(hub_url, ("a", path)) as (till,):
        till.play(MOVES)
        till.sync()
        with database.transaction() as connection:
            connection.execute(tables.sale.update().values(total=tables.sale.c.total + 1))
    with machines(hub_url, ("again", path)) as (till,):
        till.sync()

        assert till.state is DigestState.DIFFERS
        assert till.pushing.last_error == "digest_differs"
        assert till.pushing.comparing.standing.differing
    with database.reading() as connection:
        kinds = {
            item.kind for item in desk_items.items(connection, [IDENTITY.shop], ItemState.OPEN)
        }
    assert kinds == {ItemKind.DIGEST_DIFFERS}


def test_a_day_of_an_earlier_epoch_that_a_person_wants_again_is_sent(
    path: Path, hub_url: str, database: HubDatabase
) -> None:
    with machines(hub_url, ("a", path)) as (till,):
        till.play(["cash", "cash"])
        till.sync()
        till.store.begin_epoch(2, "copied", T0)
        till.play(["cash"])
        till.sync()
        sold = numbers_at(database)
        with database.transaction() as connection:
            day = connection.scalar(select(tables.sale.c.business_day)) or ""
            for table in (tables.sale_tender, tables.sale_line, tables.sale):
                connection.execute(table.delete())
            digests.send_again(connection, IDENTITY.till, 1, day)
            digests.send_again(connection, IDENTITY.till, 2, day)

        till.sync()

    assert len(sold) == 3
    assert numbers_at(database) == sold


def test_a_copied_till_goes_on_with_numbers_of_its_own_and_every_sale_counts_in_the_end(
    path: Path, hub_url: str, database: HubDatabase, tmp_path: Path
) -> None:
    copied = tmp_path / "copy" / "till.db"
    copied.parent.mkdir()
    with machines(hub_url, ("a", path)) as (till,):
        till.play(["cash", "cash"])
        till.sync()
    shutil.copyfile(path, copied)

    with machines(hub_url, ("original", path), ("copy", copied)) as (original, copy):
        for machine in (original, copy):
            machine.play(["cash", "cash"])
        for machine in (original, copy, original, copy):
            machine.sync()
        for machine in (original, copy):
            machine.play(["cash"])
            machine.sync()
        told = [{name for name, _ in machine.store.notices()} for machine in (original, copy)]
        epochs = [machine.store.epoch() for machine in (original, copy)]
        states = [machine.state for machine in (original, copy)]
        waiting = [machine.store.queue_state().queued for machine in (original, copy)]
        parked = [machine.store.queue_state().parked for machine in (original, copy)]
    item_id = desk.item_id_of(ItemKind.TILL_CLONED, clone_key(IDENTITY.till, 1))
    with database.transaction() as connection:
        act = desk.DeskAct("act", item_id, "marta", IDENTITY.shop, "hub", T0, Resolution.NEW_EPOCH)
        desk.resolve(connection, act)

    assert epochs == [1, 2]
    assert told == [{"cloned"}, {"cloned", "epoch_moved"}]
    assert states == [DigestState.AGREES] * 2
    assert waiting == [0, 0]
    assert (parked[0], parked[1] > 0) == (0, True)
    number = IDENTITY.number
    assert numbers_at(database) == [
        *((f"{number}-{sale:06d}", fork) for sale in (1, 2) for fork in (0,)),
        *((f"{number}-{sale:06d}", fork) for sale in (3, 4) for fork in (0, 1)),
        (f"{number}-000005", 0),
        (f"{number}.2-000001", 0),
    ]


def go_back(database: HubDatabase, through: int) -> None:
    """Let the hub forget everything above a fact of the first epoch, as an older copy of it."""
    inbox, mark = tables.inbox.c, tables.till_mark.c
    with database.transaction() as connection:
        connection.execute(tables.inbox.delete().where((inbox.seq > through) | (inbox.epoch > 1)))
        known = select(inbox.op_id)
        sales = select(tables.sale.c.sale_id).where(tables.sale.c.op_id.in_(known))
        for table in (tables.sale_tender, tables.sale_line, tables.sale):
            connection.execute(table.delete().where(table.c.sale_id.not_in(sales)))
        head = connection.scalar(select(inbox.hash).where(inbox.seq == through))
        connection.execute(tables.till_mark.delete().where(mark.epoch > 1))
        connection.execute(
            tables.till_mark.update().values(received_through=through, chain_head=head)
        )
        for table in (tables.incarnation, tables.epoch_grant, tables.conflict):
            connection.execute(table.delete())


def parked_in(machine: Machine) -> list[tuple[int, int]]:
    return [(epoch, seq) for epoch, seq, _, _ in machine.store.parked_facts(100)]


@pytest.mark.parametrize("moves_of_the_copy", [["cash"], ["cash"] * 2, ["cash"] * 5])
def test_a_hub_that_went_back_and_gave_the_place_of_facts_to_a_copy_keeps_them_beside(
    path: Path, hub_url: str, database: HubDatabase, tmp_path: Path, moves_of_the_copy: list[str]
) -> None:
    copied = tmp_path / "copy" / "till.db"
    copied.parent.mkdir()
    with machines(hub_url, ("a", path)) as (till,):
        till.play(["cash"])
        till.sync()
        (_, head) = till.store.head()
    shutil.copyfile(path, copied)
    with machines(hub_url, ("original", path)) as (till,):
        till.play(["cash"] * 2)
        till.sync()
        (_, last) = till.store.head()
    go_back(database, head.seq)

    with machines(hub_url, ("copy", copied), ("again", path)) as (copy, till):
        copy.play(moves_of_the_copy)
        copy.sync()
        till.sync()
        till.play(["cash"])
        till.sync()

        assert (parked_in(copy), copy.store.epoch()) == ([], 1)
        assert parked_in(till) == [(1, seq) for seq in range(head.seq + 1, last.seq + 1)]
        assert (till.store.epoch(), till.state) == (2, DigestState.AGREES)
        assert till.store.queue_state().queued == 0
    with database.reading() as connection:
        beside = connection.scalars(select(tables.conflict.c.seq).order_by(tables.conflict.c.seq))
        assert list(beside) == list(range(head.seq + 1, last.seq + 1))


def held_of(database: HubDatabase, epoch: int) -> int:
    with database.reading() as connection:
        wanted = select(func.max(tables.inbox.c.seq)).where(tables.inbox.c.epoch == epoch)
        return connection.scalar(wanted) or 0


def test_an_agent_that_ended_while_it_sent_an_older_epoch_again_goes_on_with_it(
    path: Path, hub_url: str, database: HubDatabase
) -> None:
    with machines(hub_url, ("a", path)) as (till,):
        till.play(["cash"] * 4)
        till.sync()
        (_, end) = till.store.head()
        till.store.begin_epoch(2, "copied", T0)
        till.play(["cash"])
        till.sync()
        (_, end_of_second) = till.store.head()
    go_back(database, 2)
    with machines(hub_url, ("ends", path)) as (till,):
        till.end_amid(lambda: held_of(database, 1) > 2)
        between = held_of(database, 1)

    with machines(hub_url, ("again", path)) as (till,):
        till.sync()

        assert till.state is DigestState.AGREES
    assert 2 < between < end.seq
    assert [held_of(database, epoch) for epoch in (1, 2)] == [end.seq, end_of_second.seq]


def test_an_agent_that_ended_while_facts_were_kept_beside_brings_the_rest_of_them(
    path: Path, hub_url: str, database: HubDatabase, tmp_path: Path
) -> None:
    copied = tmp_path / "copy" / "till.db"
    copied.parent.mkdir()
    with machines(hub_url, ("a", path)) as (till,):
        till.play(["cash"])
        till.sync()
        (_, head) = till.store.head()
    shutil.copyfile(path, copied)
    with machines(hub_url, ("original", path)) as (till,):
        till.play(["cash"] * 3)
        till.sync()
        (_, last) = till.store.head()
    go_back(database, head.seq)
    with machines(hub_url, ("copy", copied), ("ends", path)) as (copy, till):
        copy.play(["cash"])
        copy.sync()
        till.end_amid(lambda: parked_in(till) != [])
        between = parked_in(till)

    with machines(hub_url, ("again", path)) as (till,):
        till.sync()

        assert till.state is DigestState.AGREES
        parked = parked_in(till)
    assert 0 < len(between) < len(parked)
    assert parked == [(1, seq) for seq in range(head.seq + 1, last.seq + 1)]
