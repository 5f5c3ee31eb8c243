"""The network cable of the demonstration's second till."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from pos.commands.demonstration.cable import Cable, cable_to


class Echo(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = self.path.encode() * 20_000
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def cable() -> Iterator[Cable]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as hub:
        serving = threading.Thread(target=hub.serve_forever)
        serving.start()
        with cable_to(f"http://127.0.0.1:{hub.server_port}") as laid:
            yield laid
        hub.shutdown()
        serving.join()


def test_what_is_asked_through_the_cable_is_answered_whole(cable: Cable) -> None:
    answer = requests.get(f"{cable.url}/hello", timeout=30)

    assert answer.text == "/hello" * 20_000


def test_a_pulled_cable_carries_nothing_until_it_is_plugged_in_again(cable: Cable) -> None:
    cable.pull()
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{cable.url}/hello", timeout=30)
    cable.plug()

    assert requests.get(f"{cable.url}/hello", timeout=30).ok


def test_a_line_that_is_open_when_the_cable_is_pulled_is_cut(cable: Cable) -> None:
    with requests.Session() as till:
        till.get(f"{cable.url}/hello", timeout=30)
        cable.pull()

        with pytest.raises(requests.ConnectionError):
            till.get(f"{cable.url}/hello", timeout=30)
