"""The simulated payment provider as a process: told to misbehave, killed, started again."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import requests

from sync.payments.http_provider import HttpProvider
from sync.payments.ledger import Ledger
from sync.payments.simulator import create_simulator
from tests.architecture.sources import ROOT
from tests.sync.serving import serving

RUN = (
    "import sys; from pathlib import Path; from sync.payments.simulator import run; "
    "run(Path(sys.argv[1]), int(sys.argv[2]))"
)


class Provider:
    """A simulated provider at an address."""

    def __init__(self, url: str) -> None:
        self.url = url

    @property
    def provider(self) -> HttpProvider:
        return HttpProvider(self.url, connect_s=5, read_s=20)

    def behave(self, **control: object) -> None:
        """Have it misbehave from now on."""
        requests.post(f"{self.url}/control", json=control, timeout=20).raise_for_status()

    def ledger(self) -> dict[str, int]:
        """Return what money moved."""
        said: dict[str, int] = requests.get(f"{self.url}/ledger", timeout=20).json()
        return said


class Simulator(Provider):
    """A process of its own; killed, it starts again at the same address with the same book."""

    def __init__(self, data: Path) -> None:
        super().__init__("")
        self._data = data
        self._process = self._start(0)

    def start_again(self) -> None:
        """Kill it, if it lives, and start it again."""
        self.kill()
        self._process = self._start(int(self.url.rsplit(":", 1)[1]))

    def kill(self) -> None:
        """End it the hard way."""
        self._process.kill()
        self._process.communicate(timeout=30)

    def _start(self, port: int) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, str(self._data), str(port)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        self.url = process.stdout.readline().split()[-1]
        return process


@contextmanager
def simulated_provider(folder: Path) -> Iterator[Simulator]:
    """Yield a provider with an empty book."""
    simulator = Simulator(folder / "payments.db")
    try:
        yield simulator
    finally:
        simulator.kill()


@contextmanager
def served_provider(folder: Path) -> Iterator[Provider]:
    """Yield a provider with an empty book in this process: quicker, and not to be killed."""
    with (
        closing(Ledger(folder / "payments.db")) as ledger,
        serving(create_simulator(ledger)) as url,
    ):
        yield Provider(url)
