"""The page about sending: what waits, what went wrong and what to do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.readiness import BackupTrouble, Topic
from pos.screens.navigator import Screen
from pos.screens.ports import DigestStatus, LinkState, LinkStatus
from pos.screens.readiness.view_model import ReadinessViewModel
from pos.screens.sync.view import SyncPage
from pos.screens.sync.view_model import SyncViewModel
from pos.screens.sync.wording import problem
from pos.services.workstation import SignOn
from pos.store.outbox import AgentStore
from tests.builders import KEY
from tests.screens.counter_kit import MARTA, Kit

MINUTE_MS = 60_000


def open_page(kit: Kit) -> SyncPage:
    page = SyncPage(SyncViewModel(kit.counter, kit.navigator))
    kit.show(Screen.SYNC, page)
    return page


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_it_says_what_waits_and_how_old_the_oldest_is(kit: Kit) -> None:
    now_ms = kit.clock.at_ms
    status = LinkStatus(LinkState.OFFLINE, queued=7, oldest_ms=now_ms - 23 * MINUTE_MS)
    kit.devices.link.say(status)

    queue = open_page(kit).view_model.lines[0]

    assert queue.amber
    assert (queue.word, plain(queue.second)) == (
        "7 acts wait to be sent",
        "the oldest is of 23 min ago",
    )


def test_it_says_through_which_day_both_agree(kit: Kit) -> None:
    digest = DigestStatus(kit.clock.at_ms - 3 * MINUTE_MS, "2026-11-21")
    kit.devices.link.say(replace(kit.devices.link.status, digest=digest))

    line = open_page(kit).view_model.lines[1]

    assert line.word == "Agrees with the centre through 21/11/2026"
    assert plain(line.second) == "compared 3 min ago"


def test_a_backup_that_failed_says_why_and_what_to_do(kit: Kit) -> None:
    status = replace(kit.devices.link.status, backup_trouble=BackupTrouble.NO_ROOM)
    kit.devices.link.say(status)

    line = open_page(kit).view_model.lines[2]
    listed = ReadinessViewModel(kit.counter).lines[list(Topic).index(Topic.BACKUP)]

    assert (line.word, line.second, line.amber) == (
        "No backup yet",
        "no room on the disk: make some",
        True,
    )
    assert listed.second == "none yet; the next one failed"


def test_a_day_that_differs_is_named(kit: Kit) -> None:
    digest = DigestStatus(kit.clock.at_ms, "2026-11-20", ("2026-11-21",))
    kit.devices.link.say(replace(kit.devices.link.status, digest=digest))

    line = open_page(kit).view_model.lines[1]

    assert (line.word, line.amber) == ("Differs from the centre: 21/11/2026", True)


@pytest.mark.parametrize(
    ("code", "begins"),
    [
        ("no_answer", "The central system does not answer"),
        ("bad_signature", "The central system does not recognise"),
        ("unknown_hub", "What answers is not the central system"),
        ("HTTP 503", "The central system is busy"),
        ("other_chain", "The journal here and the one at the centre"),
        ("catalogue_damaged", "The catalogue that came down was damaged"),
    ],
)
def test_the_last_error_is_said_in_plain_words(kit: Kit, code: str, begins: str) -> None:
    kit.devices.link.say(replace(kit.devices.link.status, message=code))

    said = open_page(kit).view_model.problem

    assert said.what.startswith(begins)
    assert said.do


def test_an_error_nobody_knows_is_named_by_its_code() -> None:
    said = problem("something_of_tomorrow")

    assert "does not understand" in said.what
    assert said.do.format(code=said.code).endswith("name the code something_of_tomorrow.")


def test_an_agent_that_stopped_is_said_and_trying_is_no_use(kit: Kit) -> None:
    kit.devices.link.say(LinkStatus(LinkState.OFFLINE, has_agent=False))
    model = open_page(kit).view_model
    nudges = kit.devices.link.nudges

    model.try_now()

    assert model.problem.what == "Sending has stopped."
    assert model.said.startswith("Sending has stopped")
    assert kit.devices.link.nudges == nudges


def test_trying_now_asks_the_agent(kit: Kit) -> None:
    model = open_page(kit).view_model
    nudges = kit.devices.link.nudges

    model.try_now()

    assert (model.said, kit.devices.link.nudges) == ("Trying now", nudges + 1)


def test_what_was_set_aside_is_shown_with_why_and_sent_again_by_a_shift_lead(
    kit: Kit, tmp_path: Path
) -> None:
    kit.sold(1_00)
    agent = AgentStore(tmp_path / "till.db", key=KEY)
    first = agent.pending(1, 10_000)[0]
    agent.park(first.epoch, first.seq, "too_large")
    page = open_page(kit)
    assert page.view_model.why_not_send == "a shift lead decides"
    page.view_model.send_again()
    assert page.view_model.aside_count == 1
    assert page.view_model.aside[0].word == "It is too large to be sent."

    sign_on = kit.counter.sign_on
    kit.counter.work_as(SignOn(sign_on.station, MARTA, sign_on.session))
    page.view_model.send_again()

    assert page.view_model.aside_count == 0
    assert agent.queue_state().parked == 0
    agent.close()


def test_the_whole_list_of_what_an_outage_needs_is_here(kit: Kit) -> None:
    lines = open_page(kit).view_model.readiness.lines

    assert [line.word for line in lines] == [
        "Catalogue", "Prices", "Promotions", "People", "Settings", "Clock", "Disk", "Paper",
        "Stock", "Parked tickets", "Backup", "Sending",
    ]  # fmt: skip


def test_from_here_one_goes_to_the_desk_and_back(kit: Kit) -> None:
    open_page(kit).view_model.open_desk()

    assert kit.navigator.current is Screen.DESK
    assert kit.navigator.arguments["back"] is Screen.SYNC
