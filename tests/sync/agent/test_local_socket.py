"""The agent's local socket against whoever connects to it."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from sync.agent.local_socket import MAX_LISTENERS, LocalSocket


@pytest.fixture
def nudged() -> threading.Event:
    return threading.Event()


@pytest.fixture
def served(tmp_path: Path, nudged: threading.Event) -> Iterator[Path]:
    path = tmp_path / "agent.sock"
    with closing(LocalSocket(path, on_nudge=nudged.set, greeting=lambda: {"type": "status"})):
        yield path


def connected(path: Path) -> socket.socket:
    link = socket.socket(socket.AF_UNIX)
    link.settimeout(30)
    link.connect(str(path))
    return link


def greeting_of(link: socket.socket) -> object:
    with link.makefile() as lines:
        return json.loads(lines.readline())


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b"[" * 4_000, id="nested"),
        pytest.param(b"\xff\xfe\x00", id="no text"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b'{"type": {}}', id="a type that is an object"),
        pytest.param(b"9" * 4_000, id="a long number"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_after_a_line_that_is_no_message_a_nudge_still_counts(
    served: Path, nudged: threading.Event, line: bytes
) -> None:
    with connected(served) as link:
        link.sendall(line + b"\n" + b'{"type":"nudge"}\n')

        assert nudged.wait(30)


def test_a_line_without_end_is_hung_up_on_and_others_are_served(
    served: Path, nudged: threading.Event
) -> None:
    with connected(served) as endless, connected(served) as till:
        greeting_of(endless)
        with pytest.raises(OSError, match=r"pipe|reset"):
            endless.sendall(b"x" * 4_000_000)
        till.sendall(b'{"type":"nudge"}\n')

        assert nudged.wait(30)


def test_a_socket_left_over_by_a_killed_agent_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "agent.sock"
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(path))
    left.close()

    with (
        closing(LocalSocket(path, on_nudge=lambda: None, greeting=lambda: {"type": "status"})),
        connected(path) as link,
    ):
        assert greeting_of(link) == {"type": "status"}


def test_one_listener_too_many_is_turned_away_and_the_others_stay(served: Path) -> None:
    links = [connected(served) for _ in range(MAX_LISTENERS)]
    greetings = [greeting_of(link) for link in links]

    with connected(served) as one_more:
        refused = one_more.recv(100)
    for link in links:
        link.close()

    assert greetings == [{"type": "status"}] * MAX_LISTENERS
    assert refused == b""


def test_the_lights_of_the_till_come_through(tmp_path: Path) -> None:
    path, told = tmp_path / "agent.sock", threading.Event()
    lights: dict[str, object] = {}

    def take(said: Mapping[str, object]) -> None:
        lights.update(said)
        told.set()

    with (
        closing(LocalSocket(path, on_nudge=lambda: None, greeting=dict, on_readiness=take)),
        connected(path) as link,
    ):
        link.sendall(b'{"type":"readiness","lights":[]}\n')
        link.sendall(b'{"type":"readiness","lights":{"paper":"low"}}\n')

        assert told.wait(30)
    assert lights == {"paper": "low"}
