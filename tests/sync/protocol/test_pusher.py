"""Pushing by the protocol alone: whatever the network does, each fact arrives once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.protocol.pusher import (
    MAX_BYTES,
    MAX_OPS,
    Answer,
    Batch,
    CannotBeSent,
    GoBack,
    Limits,
    OpResult,
    PendingOp,
    Pusher,
    Reply,
    Smaller,
    StartOver,
    Stored,
    TryLater,
    read_reply,
)

TILL = "FUEN-1"
GENESIS = "0" * 64


def ops(count: int, *, first: int = 1, size: int = 1_000) -> list[PendingOp]:
    return [
        PendingOp(seq, f"op-{seq}", hashlib.sha256(str(seq).encode()).hexdigest(), size)
        for seq in range(first, first + count)
    ]


def answer_to(batch: Batch, **changed: object) -> Answer:
    whole = Answer(
        batch.till,
        batch.epoch,
        batch.through,
        batch.ops[-1].hash,
        5,
        tuple(OpResult(op.seq, op.op_id, "applied", "") for op in batch.ops),
    )
    return replace(whole, **changed)  # type: ignore[arg-type]


def batch_of(count: int, *, first: int = 1) -> Batch:
    return Batch(TILL, 1, tuple(ops(count, first=first)))


def verdict_of(batch: Batch, **changed: object) -> object:
    return read_reply(batch, Reply(200, answer_to(batch, **changed)), Limits())


def test_a_batch_holds_what_waits_in_sequence_up_to_the_limits() -> None:
    pusher = Pusher(TILL)

    by_count = pusher.next_batch(1, ops(MAX_OPS + 50))
    by_size = pusher.next_batch(1, ops(10, size=MAX_BYTES // 3))
    to_the_hole = pusher.next_batch(1, [*ops(3), *ops(3, first=5)])

    assert by_count is not None
    assert by_size is not None
    assert to_the_hole is not None
    assert len(by_count.ops) == MAX_OPS
    assert [op.seq for op in by_size.ops] == [1, 2]
    assert [op.seq for op in to_the_hole.ops] == [1, 2, 3]
    assert pusher.next_batch(1, []) is None


def test_one_op_above_the_limit_still_goes() -> None:
    batch = Pusher(TILL).next_batch(1, ops(2, size=MAX_BYTES * 2))

    assert batch is not None
    assert [op.seq for op in batch.ops] == [1]


def test_an_answer_that_names_every_op_acknowledges_them() -> None:
    batch = batch_of(3)

    assert verdict_of(batch) == Stored(3, batch.ops[2].hash, (), 5)


@pytest.mark.parametrize("outcome", ["duplicate", "parked", "applied_with_exception"])
def test_what_the_hub_keeps_for_a_person_of_its_own_is_acknowledged_too(outcome: str) -> None:
    batch = batch_of(1)
    results = (OpResult(1, "op-1", outcome, "any"),)

    assert verdict_of(batch, results=results) == Stored(1, batch.ops[0].hash, (), 5)


def test_a_conflict_stays_at_the_till_and_what_follows_is_not_acknowledged() -> None:
    batch = batch_of(3)
    results = (
        OpResult(1, "op-1", "duplicate", ""),
        OpResult(2, "op-2", "conflict", "same_number"),
        OpResult(3, "op-3", "conflict", "forked_chain"),
    )

    verdict = verdict_of(batch, results=results, received_through=2, chain_head="f" * 64)

    expected = ((2, "same_number"), (3, "forked_chain"))
    assert verdict == Stored(1, batch.ops[0].hash, expected, 5)


def test_a_till_is_sent_to_a_later_epoch_with_what_the_hub_stored() -> None:
    verdict = verdict_of(batch_of(1), move_to_epoch=4)

    assert isinstance(verdict, Stored)
    assert (verdict.through, verdict.move_to_epoch) == (1, 4)


def test_what_is_sent_again_for_repair_says_so_until_all_is_sent() -> None:
    pusher = Pusher(TILL).send_from(3, is_repair=True)

    first = pusher.next_batch(1, ops(2, first=3))
    assert first is not None
    onwards = pusher.after(read_reply(first, Reply(200, answer_to(first)), Limits()))
    plain = onwards.all_sent().next_batch(1, ops(1, first=5))

    assert plain is not None
    assert (first.is_repair, onwards.resend_from, plain.is_repair) == (True, 5, False)


def test_an_answer_to_half_of_the_batch_acknowledges_that_half() -> None:
    batch = batch_of(4)
    half = answer_to(batch).results[:2]

    verdict = verdict_of(batch, results=half, received_through=2, chain_head=batch.ops[1].hash)

    assert verdict == Stored(2, batch.ops[1].hash, (), 5)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"till": "FUEN-2"}, id="another till"),
        pytest.param({"epoch": 2}, id="another epoch"),
        pytest.param({"move_to_epoch": 1}, id="sends the till where it is"),
        pytest.param({"received_through": 2}, id="acknowledges above its own mark"),
        pytest.param({"chain_head": "a" * 64}, id="another chain"),
        pytest.param({"results": ()}, id="says nothing"),
        pytest.param({"results": (OpResult(9, "op-9", "applied", ""),)}, id="not sent"),
        pytest.param({"results": (OpResult(1, "op-2", "applied", ""),)}, id="other id"),
        pytest.param({"results": (OpResult(1, "op-1", "gone", ""),)}, id="no such outcome"),
        pytest.param({"results": (OpResult(1, "op-1", "applied", ""),) * 2}, id="twice"),
    ],
)
def test_an_answer_that_cannot_be_believed_marks_nothing(changed: dict[str, object]) -> None:
    assert isinstance(verdict_of(batch_of(3), **changed), TryLater)


@pytest.mark.parametrize("status", [None, 200, 301, 400, 401, 403, 404, 422, 500, 502, 503])
def test_whatever_is_no_answer_of_the_hub_marks_nothing(status: int | None) -> None:
    verdict = read_reply(batch_of(3), Reply(status, None, retry_after_ms=7_000), Limits())

    assert isinstance(verdict, TryLater)
    assert verdict.is_silent == (status in {None, 200, 301, 502, 503})
    assert verdict.retry_after_ms in {7_000, None}


def test_a_hole_makes_the_till_go_back_and_send_again_until_nothing_is_left() -> None:
    batch = batch_of(3, first=10)

    verdict = verdict_of(batch, results=(), received_through=4, chain_head="b" * 64)
    back = Pusher(TILL).after(GoBack(4))
    again = batch_of(3, first=5)
    onwards = back.after(read_reply(again, Reply(200, answer_to(again)), Limits()))

    assert verdict == GoBack(4)
    assert (back.resend_from, onwards.resend_from) == (5, 8)
    assert onwards.all_sent().resend_from is None


def test_what_follows_nothing_the_hub_knows_goes_again_from_the_first_once() -> None:
    refused = Reply(422, None, "broken_chain")
    pusher = Pusher(TILL).send_from(7)

    verdict = read_reply(batch_of(3, first=7), refused, Limits())
    over = pusher.after(verdict)
    stuck = replace(over, resend_from=4).after(read_reply(batch_of(3, first=4), refused, Limits()))

    assert verdict == StartOver()
    assert over.resend_from == 1
    assert stuck.resend_from == 4
    assert over.all_sent() == Pusher(TILL)
    assert isinstance(read_reply(batch_of(3), refused, Limits()), TryLater)


def test_a_request_too_large_is_halved_until_it_fits_and_grows_back() -> None:
    pusher = Pusher(TILL)
    waiting = ops(200, size=100)

    sizes = []
    while True:
        batch = pusher.next_batch(1, waiting)
        assert batch is not None
        sizes.append(len(batch.ops))
        if len(batch.ops) <= 30:
            break
        verdict = read_reply(batch, Reply(413), pusher.limits)
        assert isinstance(verdict, Smaller)
        pusher = pusher.after(verdict)
    for _ in range(15):
        pusher = pusher.after(Stored(1, "", (), 5))

    assert sizes == sorted(sizes, reverse=True)
    assert pusher.limits == Limits()


def test_an_op_too_large_by_itself_goes_without_its_body_and_is_parked() -> None:
    pusher = Pusher(TILL)
    alone = pusher.next_batch(1, ops(1, size=MAX_BYTES * 4))
    assert alone is not None

    verdict = read_reply(alone, Reply(413), pusher.limits)
    pusher = pusher.after(verdict)
    batch = pusher.next_batch(1, ops(2, size=MAX_BYTES * 4))
    assert batch is not None
    first = batch.ops[0]
    results = (OpResult(1, "op-1", "parked", "withheld"),)
    stored = read_reply(
        batch,
        Reply(200, answer_to(batch, results=results, received_through=1, chain_head=first.hash)),
        pusher.limits,
    )

    assert verdict == CannotBeSent(1)
    assert batch.withheld == {1}
    assert stored == Stored(1, first.hash, ((1, "too_large"),), 5)
    assert pusher.after(stored).withheld == frozenset()


def test_a_hub_that_refuses_even_the_bare_place_is_tried_later() -> None:
    batch = replace(batch_of(1), withheld=frozenset({1}))

    assert isinstance(read_reply(batch, Reply(413), Limits()), TryLater)


@dataclass
class ModelHub:
    """A hub in a few lines: stores in sequence, knows what it has, may lose its last facts."""

    facts: list[PendingOp] = field(default_factory=list)
    effects: list[str] = field(default_factory=list)

    def receive(self, batch: Batch) -> Answer:
        head = self.facts[-1].hash if self.facts else GENESIS
        if batch.from_seq > len(self.facts) + 1:
            return Answer(batch.till, batch.epoch, len(self.facts), head, 5, ())
        results = []
        for op in batch.ops:
            is_known = op.seq <= len(self.facts)
            results.append(OpResult(op.seq, op.op_id, "duplicate" if is_known else "applied", ""))
            if not is_known:
                self.facts.append(op)
                self.effects.append(op.op_id)
        mark = self.facts[-1]
        return Answer(batch.till, batch.epoch, mark.seq, mark.hash, 5, tuple(results))


NETWORK = st.sampled_from(
    ["arrives", "request lost", "answer lost", "sent twice", "old answer", "413", "503", "html",
     "forged", "hub restored"]
)  # fmt: skip


@settings(max_examples=300)
@given(count=st.integers(1, 40), weather=st.lists(NETWORK, max_size=60))
def test_whatever_the_network_does_every_fact_arrives_once_and_is_acknowledged_once(
    count: int, weather: list[str]
) -> None:
    journal, hub = ops(count), ModelHub()
    acknowledged: set[int] = set()
    pusher, old_answers = Pusher(TILL, limits=Limits(ops=7)), [answer_to(batch_of(1, first=900))]
    turns = iter(weather)

    for _ in range(len(weather) + 10 * count + 10):
        resend = pusher.resend_from
        waiting = (
            [op for op in journal if op.seq >= resend]
            if resend is not None
            else [op for op in journal if op.seq not in acknowledged]
        )
        batch = pusher.next_batch(1, waiting)
        if batch is None:
            if resend is None and len(hub.facts) == count:
                break
            pusher = pusher.all_sent()
            continue
        turn = next(turns, "arrives")
        reply = _deliver(turn, batch, hub, old_answers)
        verdict = read_reply(batch, reply, pusher.limits)
        if isinstance(verdict, Stored) and verdict.through:
            named = {op.seq for op in batch.ops if op.seq <= verdict.through}
            assert reply.answer is not None
            assert named <= {result.seq for result in reply.answer.results}
            assert all(seq <= len(hub.facts) for seq in named)
            acknowledged |= named
        pusher = pusher.after(verdict)

    assert acknowledged == set(range(1, count + 1))
    assert [op.seq for op in hub.facts] == list(range(1, count + 1))
    assert set(hub.effects) == {op.op_id for op in journal}
    if "hub restored" not in weather:
        assert len(hub.effects) == count


def _deliver(turn: str, batch: Batch, hub: ModelHub, old_answers: list[Answer]) -> Reply:
    """Return what comes back for a batch in this weather."""
    if turn == "hub restored":
        del hub.facts[len(hub.facts) // 2 :]
        del old_answers[1:]  # only a signature could tell that they are from before
        turn = "arrives"
    if turn == "request lost":
        return Reply(None)
    if turn == "413":
        return Reply(413) if len(batch.ops) > 1 else Reply(503)
    if turn == "503":
        return Reply(503, retry_after_ms=1000)
    if turn == "forged":
        return Reply(200, answer_to(batch, chain_head="c" * 64))
    if turn == "old answer":
        return Reply(200, old_answers[-1])
    answer = hub.receive(batch)
    if turn == "sent twice":
        answer = hub.receive(batch)
    old_answers.append(answer)
    if turn == "answer lost":
        return Reply(None)
    return Reply(200, None) if turn == "html" else Reply(200, answer)
