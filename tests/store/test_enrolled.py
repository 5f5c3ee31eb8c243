"""What a till keeps of its enrolment: keys, and the epoch it goes on in."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.journal import FactKind
from pos.signatures import Purpose, SigningKey, is_signed
from pos.store.enrolled import Enrolment, keep_enrolment, stored_secret
from pos.store.facts import TillIdentity
from pos.store.outbox import AgentStore
from pos.store.till_store import TillStore
from pos.store.trust import CA, HUB_KEY, TILL_KEY
from pos.store.verify import verify
from tests.templates import new_till

KEY = b"k" * 32
SECRET = "11" * 32


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "till.db"
    new_till(path, key=KEY, identity=TillIdentity("FUEN-1", "FUEN", 1))
    return path


def enrol(file: Path, epoch: int, secret: str = SECRET) -> None:
    enrolment = Enrolment(secret, "22" * 32, "pem", epoch)
    keep_enrolment(file, key=KEY, enrolment=enrolment, now_ms=1_000)


def act(file: Path, op_id: str) -> tuple[int, int, str, str]:
    """Record a fact; return its epoch, number, hash and signature."""
    store = TillStore(file, key=KEY)
    with store.transaction() as records:
        fact = records.journal.append(
            FactKind.DRAWER_OPENED,
            {"staff_id": "ana", "reason": "change"},
            op_id=op_id,
            at_ms=1,
            session_id=None,
        )
    store.close()
    return fact.epoch, fact.seq, fact.hash, fact.signature


def test_a_till_has_no_key_before_it_is_enrolled_and_keeps_it_then(file: Path) -> None:
    before = stored_secret(file, key=KEY)

    enrol(file, epoch=1)

    store = AgentStore(file, key=KEY)
    kept = [store.trust(name) for name in (TILL_KEY, HUB_KEY, CA)]
    store.close()
    assert before == ""
    assert stored_secret(file, key=KEY) == SECRET
    assert kept == [SECRET, "22" * 32, "pem"]


def test_what_happens_after_the_enrolment_is_signed(file: Path) -> None:
    *_, unsigned = act(file, "a")
    enrol(file, epoch=1)

    epoch, seq, digest, signature = act(file, "b")

    public = SigningKey(bytes.fromhex(SECRET)).public
    assert unsigned == ""
    assert (epoch, seq) == (1, 2)
    assert is_signed(public, Purpose.FACT, digest.encode("ascii"), signature)


def test_a_till_whose_number_was_elsewhere_meanwhile_begins_the_epoch_it_is_given(
    file: Path,
) -> None:
    enrol(file, epoch=1)
    act(file, "a")

    enrol(file, epoch=3, secret="33" * 32)

    assert act(file, "b")[:2] == (3, 2)
    assert verify(file, key=KEY) == []


@pytest.mark.parametrize("epoch", [1, 2])
def test_enrolling_again_never_goes_back_to_an_epoch(file: Path, epoch: int) -> None:
    enrol(file, epoch=2)

    enrol(file, epoch=epoch)

    assert act(file, "a")[:2] == (2, 2)
