"""What a till puts on its conflict desk by itself: paper in doubt, facts set aside."""

from __future__ import annotations

from pos.domain.desk import ItemKind, Resolution, item_id_of
from pos.domain.printing import PrintEvent, PrintJob, PrintKind, PrintState
from pos.services import desk, print_jobs
from pos.services.workstation import SignOn
from pos.store.outbox import AgentStore
from tests.services.conftest import KEY, Shop
from tests.services.desk_things import tell, told


def printed_in_doubt(sign_on: SignOn) -> PrintJob:
    job = print_jobs.queue_slip(sign_on, PrintKind.X_REPORT, "session")
    sent = print_jobs.advance(sign_on.station, job, PrintEvent.SENDING)
    return print_jobs.advance(sign_on.station, sent, PrintEvent.ANSWER_LOST)


def test_paper_in_doubt_is_looked_at(at_work: SignOn, lead: SignOn, shop: Shop) -> None:
    job = printed_in_doubt(at_work)

    (item,) = desk.items(shop.station)
    desk.resolve(lead, item.item_id, Resolution.SEEN)

    with shop.station.store.reading() as records:
        seen = records.prints.get(job.job_id)
    assert seen is not None
    assert seen.state is PrintState.CONFIRMED


def test_paper_in_doubt_is_looked_at_here_whatever_was_decided_elsewhere(
    at_work: SignOn, lead: SignOn, shop: Shop
) -> None:
    job = printed_in_doubt(at_work)
    item_id = item_id_of(ItemKind.PRINT_UNKNOWN, job.job_id)
    ended = told(item_id, "print_unknown", state="resolved", resolution="seen", resolutions=[])
    tell(shop.path, KEY, [ended])

    desk.resolve(lead, item_id, Resolution.SEEN)

    with shop.station.store.reading() as records:
        seen = records.prints.get(job.job_id)
    assert seen is not None
    assert seen.state is PrintState.CONFIRMED


def test_what_was_sent_again_in_vain_is_open_again(lead: SignOn, shop: Shop) -> None:
    agent = AgentStore(shop.path, key=KEY)
    agent.park(1, 1, "too_large")
    (item,) = desk.items(shop.station)
    desk.resolve(lead, item.item_id, Resolution.SEND_AGAIN)
    assert not desk.items(shop.station)[0].is_open

    agent.park(1, 1, "too_large")
    agent.close()

    assert desk.items(shop.station)[0].is_open
    desk.resolve(lead, item.item_id, Resolution.SEND_AGAIN)
    assert not desk.items(shop.station)[0].is_open


def test_what_was_set_aside_is_sent_again(lead: SignOn, shop: Shop) -> None:
    agent = AgentStore(shop.path, key=KEY)
    agent.park(1, 1, "too_large")

    (item,) = desk.items(shop.station)
    count = desk.send_again(lead)

    assert (item.kind, count) == (ItemKind.FACT_PARKED, 1)
    assert agent.queue_state().parked == 0
    assert desk.items(shop.station) == ()
    agent.close()
