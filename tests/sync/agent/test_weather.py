"""The agent's own store and the hub's own intake, with every kind of weather between them."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from pos.store.agreement import Agreement
from pos.store.outbox import AgentStore
from sync.agent.hub import Hub
from sync.agent.pushing import Pushing
from sync.http import HubUnreachable
from sync.hub import tables
from sync.hub.agreement.digests import compare
from sync.hub.agreement.held_facts import take_report
from sync.hub.database import HubDatabase
from sync.hub.intake.ingest import known_till, receive
from sync.protocol.link import Link
from sync.protocol.pusher import Answer, Batch, OpResult, Reply
from sync.wire.v1.push import PushRequest
from sync.wire.v1.tills import DayTotals, DigestAnswer, ReportAnswer, TillDigest, TillReport
from tests.sync.facts import T0
from tests.sync.hub.journal_kit import CONNECTOR, TILL, hub_with_till
from tests.sync.till_data import ShopTill

SALES = 40
WEATHER = st.sampled_from(
    ["fine", "request lost", "answer lost", "sent twice", "old answer", "old request", "413",
     "503", "page of a hotel", "forged"]
)  # fmt: skip


class HandClock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.ms = 1_000

    def now_ms(self) -> int:
        return T0 + self.ms

    def monotonic_ms(self) -> int:
        return self.ms


class HubInTheWeather(Hub):
    """The hub itself, behind a network that does what the day brings."""

    def __init__(self, database: HubDatabase, weather: Iterator[str]) -> None:
        self._database = database
        self._weather = weather
        self._requests: list[PushRequest] = []
        self._answers: list[Answer] = []

    def push(self, batch: Batch, encoded: Sequence[bytes]) -> Reply:
        """Carry a batch there and an answer back, or something else."""
        turn = next(self._weather, "fine")
        ops = [json.loads(each) for each in encoded]
        request = PushRequest.model_validate(
            {
                "epoch": batch.epoch,
                "from_seq": batch.from_seq,
                "is_repair": batch.is_repair,
                "ops": ops,
            }
        )
        if turn == "request lost":
            return Reply(None)
        if turn == "413" and len(ops) > 1:
            return Reply(413)
        if turn == "503":
            return Reply(503, retry_after_ms=1_000)
        self._requests.append(request)
        answer = self._take(request)
        if turn == "sent twice":
            answer = self._take(request)
        if turn == "old request":
            self._take(self._requests[0])
        self._answers.append(answer)
        match turn:
            case "answer lost":
                return Reply(None)
            case "page of a hotel":
                return Reply(200, None)
            case "forged":
                return Reply(200, replace(answer, chain_head="c" * 64))
            case "old answer":
                return Reply(200, self._answers[0])
        return Reply(200, answer)

    def compare(self, own: Agreement) -> DigestAnswer:
        """Compare, when the weather lets it through."""
        self._through()
        days = tuple(
            DayTotals(
                day=day.day,
                sales=day.sales,
                total_minor=day.total_minor,
                by_tender=dict(day.by_tender),
                returns=day.returns,
                returns_minor=day.returns_minor,
                by_refund=dict(day.by_refund),
                by_reissue=dict(day.by_reissue),
            )
            for day in own.days
        )
        said = TillDigest(epoch=own.epoch, through=own.through, head=own.head, days=days)
        with self._database.transaction() as connection:
            return compare(connection, known_till(connection, TILL), said, T0)

    def report(self, report: TillReport) -> ReportAnswer:
        """Report, when the weather lets it through."""
        self._through()
        with self._database.transaction() as connection:
            return take_report(connection, known_till(connection, TILL), report, "agent", T0)

    def _through(self) -> None:
        if next(self._weather, "fine") != "fine":
            raise HubUnreachable("bad weather")

    def _take(self, request: PushRequest) -> Answer:
        said = receive(self._database, CONNECTOR, TILL, request, now_ms=T0, speaker="agent")
        results = tuple(OpResult(r.seq, r.op_id, r.outcome.value, r.code) for r in said.results)
        return Answer(
            said.till,
            said.epoch,
            said.received_through,
            said.chain_head,
            said.hub_time_ms,
            results,
            said.move_to_epoch,
        )


@pytest.fixture(scope="module")
def sold(tmp_path_factory: pytest.TempPathFactory) -> ShopTill:
    """Return a till with sales that the hub has not heard of."""
    till = ShopTill(tmp_path_factory.mktemp("till"), "http://127.0.0.1:1")
    till.sell(SALES)
    till.close()
    return till


@pytest.fixture(scope="module")
def empty_hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hub")
    with hub_with_till(folder):
        pass
    return folder / "hub.db"


def acknowledged_by(store: AgentStore) -> int:
    queue = store.queue_state()
    return SALES - queue.queued - queue.parked


def held_by(database: HubDatabase) -> tuple[int, int]:
    """Return how many facts the hub holds, and how many sales they became."""
    with database.reading() as connection:
        facts = connection.scalar(select(func.count()).select_from(tables.inbox)) or 0
        return facts, connection.scalar(select(func.count()).select_from(tables.sale)) or 0


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(days=st.lists(WEATHER, max_size=40))
def test_nothing_is_acknowledged_that_the_hub_does_not_hold_and_nothing_is_applied_twice(
    sold: ShopTill, empty_hub: Path, days: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copyfile(sold.folder.database, folder / "till.db")
        shutil.copyfile(empty_hub, folder / "hub.db")
        store = AgentStore(folder / "till.db", key=sold.key)
        clock = HandClock()
        with hub_with_till(folder) as database:
            hub = HubInTheWeather(database, iter(days))
            pushing = Pushing(store, hub, clock, lambda: 0.0)

            for _ in range(len(days) + 20):
                pushing.step(Link(0))
                clock.ms += 400_000
                facts, sales = held_by(database)
                assert acknowledged_by(store) <= facts == sales

            assert held_by(database) == (SALES, SALES)
        assert (store.queue_state().queued, store.queue_state().parked) == (0, 0)
        store.close()
