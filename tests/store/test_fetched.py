"""What the hub hands back is believed only as far as it is this till's own word."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.journal import Fact, chain_hash
from pos.signatures import Purpose, SigningKey
from pos.store import trust
from pos.store.engine import make_engine, transaction
from pos.store.fetched import Taking, acknowledge, begin_taking, head_of
from pos.store.outbox import AgentStore
from pos.store.statements import Statements
from pos.store.verify import verify
from tests.builders import IDENTITY, KEY
from tests.store.scripted_day import Counter, add_staff
from tests.store.test_rebuild import facts_of
from tests.templates import new_till

SECRET = bytes(range(32))
STRANGER = SigningKey(bytes(32))


class Till:
    """A till's file that facts are taken into."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = make_engine(path, key=KEY)

    def take(self, facts: Sequence[Fact]) -> Taking:
        with transaction(self._engine) as connection:
            sql = Statements(connection)
            taking = begin_taking(sql)
            taking.take(sql, facts)
        return taking

    def head(self) -> int:
        with transaction(self._engine) as connection:
            return head_of(Statements(connection), 1)

    def waiting(self) -> int:
        with transaction(self._engine) as connection:
            query = "SELECT count(*) FROM outbox WHERE state <> 'acknowledged'"
            ((count,),) = Statements(connection).rows(query)
        return int(count)

    def acknowledge(self, through: int, chain_head: str) -> bool:
        with transaction(self._engine) as connection:
            return acknowledge(Statements(connection), 1, through, chain_head, 5)

    def close(self) -> None:
        self._engine.dispose()


@pytest.fixture
def facts(tmp_path: Path) -> list[Fact]:
    """Return what a till with a key recorded in a short day; leave its empty file beside."""
    path = tmp_path / "day.db"
    new_till(path, key=KEY, identity=IDENTITY)
    add_staff(path)
    engine = make_engine(path, key=KEY)
    with transaction(engine) as connection:
        trust.write(Statements(connection), trust.TILL_KEY, SECRET.hex())
    engine.dispose()
    shutil.copyfile(path, tmp_path / "till.db")
    counter = Counter(path, seed="day")
    counter.play(["cash", "card", "movement"])
    counter.close()
    return facts_of(path)


@pytest.fixture
def till(tmp_path: Path, facts: list[Fact]) -> Iterator[Till]:
    made = Till(tmp_path / "till.db")
    yield made
    made.close()


def said(fact: Fact, **changes: object) -> Fact:
    """Return a fact that says something else and is hashed anew, so that it looks genuine."""
    changed = replace(fact, **changes)  # type: ignore[arg-type]
    digest = chain_hash(
        till=changed.till, epoch=changed.epoch, seq=changed.seq, op_id=changed.op_id,
        kind=changed.kind.value, occurred_at_ms=changed.occurred_at_ms,
        body_json=changed.body_json, prev_hash=changed.prev_hash,
    )  # fmt: skip
    return replace(changed, hash=digest)


def signed_by(key: SigningKey, fact: Fact) -> Fact:
    return replace(fact, signature=key.sign(Purpose.FACT, fact.hash.encode()))


def test_facts_are_taken_as_the_hubs_own_knowledge(till: Till, facts: list[Fact]) -> None:
    taking = till.take(facts)

    assert (taking.taken, taking.stopped, till.waiting()) == (len(facts), [], 0)
    assert facts_of(till.path) == facts
    assert verify(till.path, key=KEY) == []


def test_what_is_here_already_is_not_taken_twice(till: Till, facts: list[Fact]) -> None:
    till.take(facts[:3])

    assert till.take(facts).taken == len(facts) - 3


@pytest.mark.parametrize(
    ("forge", "reason"),
    [
        (lambda fact: replace(fact, body_json="{}"), "changed"),
        (lambda fact: said(fact, body_json="{}"), "did not sign"),
        (lambda fact: replace(said(fact, body_json="{}"), signature=""), "not signed"),
        (lambda fact: signed_by(STRANGER, said(fact, body_json="{}")), "did not sign"),
        (lambda fact: signed_by(STRANGER, fact), "did not sign"),
        (lambda fact: said(fact, prev_hash="f" * 64), "chain"),
        (lambda fact: said(fact, till="FUEN-3"), "chain"),
        (lambda fact: said(fact, seq=fact.seq + 1), "chain"),
    ],
)
def test_what_this_till_never_said_is_not_taken_nor_anything_after_it(
    till: Till, facts: list[Fact], forge: Callable[[Fact], Fact], reason: str
) -> None:
    place = 4

    taking = till.take([*facts[:place], forge(facts[place]), *facts[place + 1 :]])

    (stopped,) = taking.stopped
    assert reason in stopped.reason
    assert (taking.taken, till.head()) == (place, place)


def test_a_hub_that_tells_another_story_is_not_believed(till: Till, facts: list[Fact]) -> None:
    till.take(facts[:5])

    taking = till.take([said(facts[4], body_json="{}"), *facts[5:]])

    assert [(each.seq, "another fact" in each.reason) for each in taking.stopped] == [(5, True)]
    assert till.head() == 5


def test_a_fact_that_cannot_be_understood_is_undone_by_itself(
    till: Till, facts: list[Fact]
) -> None:
    sold = next(place for place, fact in enumerate(facts) if fact.kind.value == "sale.completed")
    strange = signed_by(SigningKey(SECRET), said(facts[sold], body_json='{"lines":[]}'))

    taking = till.take([*facts[:sold], strange, *facts[sold + 1 :]])

    assert (taking.taken, till.head(), len(taking.stopped)) == (sold, sold, 1)
    assert verify(till.path, key=KEY) == []


def test_facts_from_before_the_key_need_no_signature(till: Till, facts: list[Fact]) -> None:
    early = [replace(fact, signature="") for fact in facts[:4]]

    assert till.take([*early, *facts[4:]]).stopped == []


def test_the_hub_is_believed_to_hold_only_what_is_the_same_here(
    till: Till, facts: list[Fact]
) -> None:
    till.take(facts)

    assert till.acknowledge(len(facts), facts[-1].hash)
    assert not till.acknowledge(len(facts), "f" * 64)
    assert not till.acknowledge(len(facts) + 1, facts[-1].hash)


def test_a_hub_that_has_gone_back_lowers_no_mark_and_so_is_found_to_lack_the_rest(
    till: Till, facts: list[Fact]
) -> None:
    till.take(facts)
    till.acknowledge(len(facts), facts[-1].hash)

    assert till.acknowledge(2, facts[1].hash)

    with closing(AgentStore(till.path, key=KEY)) as agent:
        found = agent.agreement(1, 0)
    assert found is not None
    assert (found.through, found.head) == (len(facts), facts[-1].hash)
