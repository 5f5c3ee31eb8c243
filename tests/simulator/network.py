"""The way from tills to the hub: loses, doubles, delays, cuts, forges, and mixes up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from sync.http import HttpAnswer, HubHttp, HubUnreachable
from sync.wire.v1.signing import SIGNATURE
from tests.simulator.asgi import AsgiAnswer
from tests.simulator.chance import Chance
from tests.simulator.crashes import Crashes

KEPT_ANSWERS = 20
LONGEST_DELAY_DAYS = 6

Serve = Callable[[str, str, Mapping[str, str], bytes], AsgiAnswer]

# How often each thing goes wrong, per exchange; what is left goes through.
WEATHER: Mapping[str, Mapping[str, float]] = {
    "fair": {},
    "flaky": {
        "lost before": 0.06, "lost after": 0.06, "doubled": 0.04, "delayed": 0.02, "old": 0.03,
        "cut": 0.03, "forged": 0.03, "html": 0.02, "error": 0.02, "too large": 0.01,
    },
    "storm": {
        "lost before": 0.2, "lost after": 0.2, "doubled": 0.06, "delayed": 0.05, "old": 0.06,
        "cut": 0.06, "forged": 0.06, "html": 0.03, "error": 0.05, "too large": 0.03,
    },
    "dark": {"lost before": 0.9, "html": 0.1},
}  # fmt: skip
CLEAR = "clear"


@dataclass(frozen=True, slots=True)
class Letter:
    """A request as it left a till."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Network:
    """Every exchange goes through here; `weather` and `chance` are those of the event."""

    serve: Serve
    crashes: Crashes
    weather: str = "fair"
    chance: Chance = field(default_factory=lambda: Chance("calm"))
    day: int = 0
    pushes: int = 0  # how often a till sent facts, whatever became of them
    seen: Counter[str] = field(default_factory=Counter)
    _under_way: list[tuple[int, Letter]] = field(default_factory=list)
    _answers: dict[str, list[AsgiAnswer]] = field(default_factory=dict)

    def exchange(self, till: str, letter: Letter) -> AsgiAnswer:
        """Carry a request and its answer, as the weather has it.

        Raises:
            HubUnreachable: No whole answer came back; the hub may have acted.
        """
        self.crashes.step()
        self.pushes += letter.path.endswith("/ops")
        rates = WEATHER[self.weather]
        fate = self.chance.weighted({**rates, CLEAR: 1 - sum(rates.values())})
        self.seen[fate] += 1
        answer = self._befall(fate, till, letter)
        self.crashes.step()
        return answer

    def deliver_late(self) -> None:
        """Bring the hub what was held up until today; nobody waits for its answer."""
        due = [letter for day, letter in self._under_way if day <= self.day]
        self._under_way = [pair for pair in self._under_way if pair[0] > self.day]
        for letter in due:
            with suppress(HubUnreachable):
                self._ask(letter)

    def _befall(self, fate: str, till: str, letter: Letter) -> AsgiAnswer:
        """Do to an exchange what its fate is; those not named here answer without the hub."""
        match fate:
            case "lost before":
                raise HubUnreachable("lost on the way")
            case "lost after":
                self._ask(letter)
                raise HubUnreachable("answer lost on the way")
            case "delayed":
                day = self.day + self.chance.between(0, LONGEST_DELAY_DAYS)
                self._under_way.append((day, letter))
                raise HubUnreachable("held up")
            case "doubled":
                self._ask(letter)
                return self._answered(till, letter)
            case "old":
                return self._old(till, letter)
            case "cut":
                return self._cut(self._answered(till, letter))
            case "forged":
                return self._forged(self._answered(till, letter))
            case "clear":
                return self._answered(till, letter)
        return self._strange(fate)

    def _strange(self, fate: str) -> AsgiAnswer:
        """Answer as something between till and hub does."""
        match fate:
            case "html":
                return _plain(200, b"<html><body>Bienvenido: acepte las condiciones</body></html>")
            case "too large":
                return _plain(413, b'{"code":"too_large","detail":""}')
        return _plain(int(str(self.chance.pick(500, 502, 503, 429))), b"Bad Gateway")

    def _ask(self, letter: Letter) -> AsgiAnswer:
        return self.serve(letter.method, letter.path, letter.headers, letter.body)

    def _answered(self, till: str, letter: Letter) -> AsgiAnswer:
        answer = self._ask(letter)
        kept = self._answers.setdefault(_place(till, letter), [])
        kept.append(answer)
        del kept[:-KEPT_ANSWERS]
        return answer

    def _old(self, till: str, letter: Letter) -> AsgiAnswer:
        """Answer as the hub did some time ago, to this till and about this."""
        kept = self._answers.get(_place(till, letter))
        if not kept:
            raise HubUnreachable("lost on the way")
        return kept[self.chance.below(len(kept))]

    def _cut(self, answer: AsgiAnswer) -> AsgiAnswer:
        kept = answer.body[: self.chance.below(len(answer.body) or 1)]
        return AsgiAnswer(answer.status, answer.headers, kept)

    def _forged(self, answer: AsgiAnswer) -> AsgiAnswer:
        """Change a number or a letter of an answer, of its items where it has some."""
        if not answer.body:
            return answer
        first = max(answer.body.find(b'"items":[{'), 0)
        digits = [at for at, byte in enumerate(answer.body) if at > first and chr(byte).isdigit()]
        places = digits if digits and self.chance.happens(0.8) else range(len(answer.body))
        place = places[self.chance.below(len(places))]
        changed = bytes([ord("0") + self.chance.below(10)])
        body = answer.body[:place] + changed + answer.body[place + 1 :]
        return AsgiAnswer(answer.status, answer.headers, body)


class SimulatedHttp(HubHttp):
    """`HubHttp` with the network of the simulation in place of sockets."""

    def __init__(self, network: Network, till: str) -> None:
        self._network = network
        self._till = till

    def close(self) -> None:
        """There is nothing to close."""

    @property
    def certificate_ends_ms(self) -> int | None:
        """There is no certificate."""
        return None

    @contextmanager
    def download(
        self, path: str, *, deadline_s: float, headers: Mapping[str, str] | None = None
    ) -> Iterator[tuple[int, Iterator[bytes]]]:
        """Yield the status and the bytes of a large answer."""
        answer = self._network.exchange(self._till, Letter("GET", path, headers or {}, b""))
        half = len(answer.body) // 2
        yield answer.status, iter((answer.body[:half], answer.body[half:]))

    def exchange(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> HttpAnswer:
        """Send a request and return its answer, if the network lets one through."""
        letter = Letter(method, path, headers, body or b"")
        answer = self._network.exchange(self._till, letter)
        wait = answer.headers.get("retry-after", "")
        signature = answer.headers.get(SIGNATURE.lower(), "")
        return HttpAnswer(
            answer.status, answer.body, int(wait) * 1000 if wait else None, signature
        )


def _place(till: str, letter: Letter) -> str:
    return f"{till} {letter.method} {letter.path.partition('?')[0]}"


def _plain(status: int, body: bytes) -> AsgiAnswer:
    return AsgiAnswer(status, {"content-type": "text/html"}, body)
