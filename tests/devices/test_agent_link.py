"""The till's ear at the agent's socket."""

from __future__ import annotations

import json
import socket
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from pos.devices.agent_link import AgentLink
from pos.screens.ports import DigestStatus, LinkState

STATUS = {"type": "status", "state": "online", "since_ms": 1, "queued": 2, "parked": 0}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "agent.sock"))
        listening.listen()
        listening.settimeout(30)
        yield listening


def line(message: object) -> bytes:
    return json.dumps(message).encode() + b"\n"


@pytest.mark.parametrize(
    "wrong",
    [
        b"[" * 10_000 + b"\n",
        b"\xff\n",
        line([]),
        line(7),
        line({**STATUS, "queued": "many"}),
        line({**STATUS, "queued": []}),
        line({**STATUS, "since_ms": "yesterday"}),
        line({**STATUS, "oldest_ms": {}}),
        line({**STATUS, "queued": float("inf")}),
        line({"type": []}),
    ],
)
def test_what_is_no_message_is_passed_over_and_the_next_status_shows(
    qtbot: QtBot, server: socket.socket, tmp_path: Path, wrong: bytes
) -> None:
    parent = QObject()
    link = AgentLink(tmp_path / "agent.sock", lambda: 0, parent)

    with qtbot.waitSignal(link.changed, timeout=30_000):
        link.start()
        agent, _ = server.accept()
        agent.sendall(wrong + line(STATUS))

    agent.close()
    assert (link.status.state, link.status.queued) == (LinkState.ONLINE, 2)


def test_a_socket_where_anybody_could_have_put_it_is_not_listened_to(
    qtbot: QtBot, server: socket.socket, tmp_path: Path
) -> None:
    tmp_path.chmod(0o777)
    parent = QObject()
    link = AgentLink(tmp_path / "agent.sock", lambda: 0, parent)

    link.start()

    server.setblocking(False)
    with pytest.raises(BlockingIOError):
        server.accept()


def test_what_an_agent_brought_before_the_till_listened_is_looked_at_when_it_does(
    qtbot: QtBot, server: socket.socket, tmp_path: Path
) -> None:
    parent = QObject()
    link = AgentLink(tmp_path / "agent.sock", lambda: 0, parent)
    told = (
        link.catalogue_changed, link.staff_changed, link.settings_changed, link.desk_changed,
        link.tickets_changed, link.orders_changed, link.customers_changed,
        link.promotions_changed,
        link.customers_changed,
    )  # fmt: skip

    times: Counter[int] = Counter()
    for place, signal in enumerate(told):
        signal.connect(lambda place=place: times.update([place]))

    link.start()
    first, _ = server.accept()
    qtbot.waitUntil(lambda: times.total() == len(told), timeout=30_000)
    first.close()
    # An agent that was started again.
    qtbot.waitUntil(lambda: times.total() == 2 * len(told), timeout=30_000)
    second, _ = server.accept()

    second.close()
    assert set(times.values()) == {2}


def test_an_agent_that_ends_turns_the_light_at_once_and_keeps_what_is_known(
    qtbot: QtBot, server: socket.socket, tmp_path: Path
) -> None:
    parent = QObject()
    link = AgentLink(tmp_path / "agent.sock", lambda: 77, parent)
    with qtbot.waitSignal(link.changed, timeout=30_000):
        link.start()
        agent, _ = server.accept()
        agent.sendall(line({**STATUS, "last_contact_ms": 5, "clock_offset_ms": 9}))
    assert link.status.has_agent

    with qtbot.waitSignal(link.changed, timeout=30_000):
        agent.close()

    status = link.status
    assert (status.state, status.since_ms, status.has_agent) == (LinkState.OFFLINE, 77, False)
    assert (status.last_contact_ms, status.queued, status.clock_offset_ms) == (5, 2, None)


def test_a_status_brings_notices_the_last_error_and_how_far_both_agree(
    qtbot: QtBot, server: socket.socket, tmp_path: Path
) -> None:
    parent = QObject()
    link = AgentLink(tmp_path / "agent.sock", lambda: 0, parent)
    told = {
        **STATUS,
        "last_error": "bad_signature",
        "notices": [{"name": "cloned", "since_ms": 3}],
        "digest": {"agreed_through": "2026-11-21", "differing": ["2026-11-22"], "at_ms": 8},
    }

    with qtbot.waitSignal(link.changed, timeout=30_000):
        link.start()
        agent, _ = server.accept()
        agent.sendall(line(told))

    agent.close()
    assert (link.status.message, link.status.notices) == ("bad_signature", ("cloned",))
    assert link.status.digest == DigestStatus(8, "2026-11-21", ("2026-11-22",))


@pytest.mark.parametrize(
    ("told", "heard"),
    [
        ("desk", "desk_changed"),
        ("parked", "tickets_changed"),
        ("orders", "orders_changed"),
        ("promotions", "promotions_changed"),
        ("catalogue", "catalogue_changed"),
        ("staff", "staff_changed"),
        ("settings", "settings_changed"),
    ],
)
def test_what_changed_is_announced(
    told: str, heard: str, qtbot: QtBot, server: socket.socket, tmp_path: Path
) -> None:
    parent = QObject()
    link = AgentLink(tmp_path / "agent.sock", lambda: 0, parent)

    with qtbot.waitSignal(getattr(link, heard), timeout=30_000):
        link.start()
        agent, _ = server.accept()
        agent.sendall(line({"type": told}))

    agent.close()


def test_the_lights_of_the_list_go_to_the_agent(
    qtbot: QtBot, server: socket.socket, tmp_path: Path
) -> None:
    parent = QObject()
    link = AgentLink(tmp_path / "agent.sock", lambda: 0, parent)
    with qtbot.waitSignal(link.changed, timeout=30_000):
        link.start()
        agent, _ = server.accept()
        agent.sendall(line(STATUS))

    link.report({"clock": "fine"})

    agent.settimeout(30)
    assert json.loads(agent.recv(4096)) == {"type": "readiness", "lights": {"clock": "fine"}}
    agent.close()
