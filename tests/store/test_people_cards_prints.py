"""Staff, card attempts, print jobs and receipts by e-mail, kept and found again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.card_payment import AttemptState, CardAttempt
from pos.domain.printing import EmailJob, PrintJob, PrintKind, PrintState
from pos.domain.staff import Lockout, Role
from pos.store.outbox import AgentStore
from pos.store.till_store import TillStore
from tests.builders import KEY, eur, staff_member

EMAIL = EmailJob("e1", "sale-1", "remedios@example.org", "Tu tique", "Total 3,50", b"%PDF", 5)


@pytest.fixture
def agent(store: TillStore, tmp_path: Path) -> Iterator[AgentStore]:
    """Return the agent's side of the same till."""
    made = AgentStore(tmp_path / "till.db", key=KEY)
    yield made
    made.close()


def test_people_are_who_the_hub_says(store: TillStore, agent: AgentStore) -> None:
    ana, eva = staff_member("ana"), staff_member("eva", Role.MANAGER)

    agent.apply_staff([(eva, "hash-e"), (ana, "hash-a")], cursor=7)
    agent.apply_staff([(replace(eva, is_active=False), "hash-e2")], cursor=8)

    with store.reading() as records:
        assert records.staff.all() == (ana, replace(eva, is_active=False))
        assert records.staff.get("ana") == ana
        assert records.staff.by_badge("badge-ana") == ana
        assert records.staff.by_badge("badge-eva") is None
        assert records.staff.pin_hash("eva") == "hash-e2"
        assert records.staff.pin_hash("nobody") is None
    assert (agent.cursor("staff"), agent.cursor("settings")) == (8, 0)


def test_whom_a_whole_list_does_not_name_is_let_in_no_more(
    store: TillStore, agent: AgentStore
) -> None:
    ana, eva = staff_member("ana"), staff_member("eva")
    agent.apply_staff([(ana, None), (eva, None)], cursor=7)

    agent.apply_staff([(ana, None)], cursor=8)
    with store.reading() as records:
        by_a_change = records.staff.all()
    agent.apply_staff([(ana, None)], cursor=9, only={"ana"})

    assert by_a_change == (ana, eva)
    with store.reading() as records:
        assert records.staff.all() == (ana, replace(eva, is_active=False))


def test_a_badge_two_people_claim_signs_nobody_in(store: TillStore, agent: AgentStore) -> None:
    ana = staff_member("ana")

    agent.apply_staff([(ana, None), (replace(ana, staff_id="eva"), None)], cursor=1)

    with store.reading() as records:
        assert records.staff.by_badge("badge-ana") is None


def test_a_restart_forgives_no_wrong_pin(store: TillStore, tmp_path: Path) -> None:
    with store.transaction() as records:
        records.staff.save_lockout("ana", Lockout(4))
        records.staff.save_lockout("ana", Lockout(5, 99))

    again = TillStore(tmp_path / "till.db", key=KEY)
    with again.reading() as records:
        assert records.staff.lockout("ana") == Lockout(5, 99)
        assert records.staff.lockout("eva") == Lockout()
    again.close()


def test_settings_reach_the_till_as_the_hub_wrote_them(
    store: TillStore, agent: AgentStore
) -> None:
    agent.apply_settings({"shop": {"name": "Fuencarral"}, "receipt": {"header": ["¡Hola!"]}}, 3)
    agent.apply_settings({"shop": {"name": "Fuencarral 21"}}, 4)

    assert store.setting("shop") == {"name": "Fuencarral 21"}
    assert agent.setting("receipt") == {"header": ["¡Hola!"]}
    assert store.setting("nothing") is None
    assert agent.cursor("settings") == 4


def test_open_card_attempts_are_found_after_a_restart(store: TillStore) -> None:
    requested = CardAttempt("a1", "b1", eur(5_00), AttemptState.REQUESTED, 2)
    unknown = CardAttempt("a2", "b1", eur(6_00), AttemptState.UNKNOWN, 1)
    approved = CardAttempt("a3", "b2", eur(7_00), AttemptState.REQUESTED, 3)

    with store.transaction() as records:
        for attempt in (requested, unknown, approved):
            records.cards.save(attempt)
        approved = replace(
            approved, state=AttemptState.APPROVED, authorisation="8713", is_verified=False
        )
        records.cards.save(approved)

    with store.reading() as records:
        assert records.cards.open() == (unknown, requested)
        assert records.cards.of_basket("b1") == (unknown, requested)
        assert records.cards.get("a3") == approved
        assert records.cards.get("a9") is None


def test_what_a_printer_took_that_cannot_say_more_waits_for_nothing(store: TillStore) -> None:
    taken = PrintJob("j1", PrintKind.ORIGINAL, "sale-1", PrintState.HANDED_OVER, 1)
    unknown = PrintJob("j2", PrintKind.ORIGINAL, "sale-2", PrintState.UNKNOWN, 2)

    with store.transaction() as records:
        records.prints.save(taken)
        records.prints.save(unknown)

    with store.reading() as records:
        assert records.prints.unfinished() == (unknown,)


def test_print_jobs_wait_until_the_printer_confirms(store: TillStore) -> None:
    first = PrintJob("j1", PrintKind.ORIGINAL, "sale-1", PrintState.QUEUED, 1)
    second = PrintJob("j2", PrintKind.GIFT, "sale-1", PrintState.QUEUED, 2)
    failed = replace(first, state=PrintState.FAILED, error="no paper")

    with store.transaction() as records:
        for job in (second, first, failed, replace(second, state=PrintState.CONFIRMED)):
            records.prints.save(job)

    with store.reading() as records:
        assert records.prints.unfinished() == (failed,)
        assert [job.job_id for job in records.prints.of_subject("sale-1")] == ["j1", "j2"]
        assert records.prints.get("j1") == failed
        assert records.prints.get("j9") is None


def test_a_receipt_by_email_is_tried_again_later(store: TillStore, agent: AgentStore) -> None:
    with store.transaction() as records:
        records.prints.queue_email(EMAIL)
    assert agent.next_email(now_ms=10) == EMAIL

    agent.mark_email_failed("e1", "no route", next_try_at_ms=20)

    assert agent.next_email(now_ms=19) is None
    assert agent.next_email(now_ms=20) == EMAIL


def test_a_receipt_that_cannot_be_sent_is_given_up(store: TillStore, agent: AgentStore) -> None:
    with store.transaction() as records:
        records.prints.queue_email(EMAIL)

    agent.mark_email_failed("e1", "no such mailbox", next_try_at_ms=None)

    assert agent.next_email(now_ms=10**15) is None


def test_once_sent_nobody_knows_the_address_any_more(
    store: TillStore, agent: AgentStore, tmp_path: Path
) -> None:
    with store.transaction() as records:
        records.prints.queue_email(EMAIL)

    agent.mark_email_sent("e1")

    with store.reading() as records:
        kept = records.prints._sql.rows("SELECT * FROM email_job")
    assert agent.next_email(now_ms=10**15) is None
    assert "remedios@example.org" not in str(kept)
