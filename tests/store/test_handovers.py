"""What is on the counter survives a kill: handovers that are not done yet."""

from __future__ import annotations

from pathlib import Path

from pos.domain.collection import IdentityMethod
from pos.domain.collection_events import Identity, ParcelInHand
from pos.domain.handover import Choice, HandoverDraft
from pos.store.till_store import TillStore
from tests.builders import KEY, MORNING_MS

WHOLE = HandoverDraft(
    "o-1",
    MORNING_MS,
    fence=7,
    is_isolated=True,
    basket_id="b-1",
    parcels=(ParcelInHand(1, 2), ParcelInHand(2, 0)),
    choices=(Choice(1, 0, "no le queda"), Choice(2, 1_500)),
    identity=Identity(IdentityMethod.DOCUMENT, "Paco Gil", "hermano", "dni", "678Z"),
    strokes=(((10, 20), (30, -40)), ((0, 0),)),
    serials=("SN-1",),
    age_checked=True,
    approved_by="marta",
)


def test_a_handover_is_as_it_was_after_the_till_was_killed(
    store: TillStore, tmp_path: Path
) -> None:
    with store.transaction() as records:
        records.handovers.save(WHOLE)
    store.close()

    again = TillStore(tmp_path / "till.db", key=KEY)

    with again.reading() as records:
        assert records.handovers.get("o-1") == WHOLE
        assert records.handovers.of_basket("b-1") == WHOLE
        assert records.handovers.current() == (WHOLE,)
    again.close()


def test_several_handovers_are_listed_the_oldest_first(store: TillStore) -> None:
    late, early = HandoverDraft("o-1", MORNING_MS + 1), HandoverDraft("o-2", MORNING_MS)

    with store.transaction() as records:
        records.handovers.save(late)
        records.handovers.save(early)

    with store.reading() as records:
        assert records.handovers.current() == (early, late)
        assert records.handovers.get("o-3") is None


def test_a_ticket_without_a_handover_belongs_to_none(store: TillStore) -> None:
    with store.transaction() as records:
        records.handovers.save(HandoverDraft("o-1", MORNING_MS))

    with store.reading() as records:
        assert records.handovers.of_basket("") is None
        assert records.handovers.of_basket("b-1") is None


def test_a_handover_that_is_done_is_off_the_counter(store: TillStore) -> None:
    with store.transaction() as records:
        records.handovers.save(WHOLE)
        records.handovers.save(HandoverDraft("o-1", MORNING_MS))
        assert records.handovers.of_basket("b-1") is None
        records.handovers.remove("o-1")
        records.handovers.remove("o-1")

    with store.reading() as records:
        assert records.handovers.current() == ()
