"""A till that goes on with a customer's cart, as the hub and the web shop see it."""

from __future__ import annotations

from pos.devices.hub_answers import HubAnswers
from pos.domain.web_cart import WebCart
from pos.services.hub_calls import ClaimState
from sync.connectors.builtin import BuiltinConnector
from sync.counter_client import CounterClient
from sync.hub.database import HubDatabase
from sync.hub.intake.ingest import receive
from sync.wire.v1.push import PushRequest
from tests.sync.enrolling import enrolled
from tests.sync.facts import T0, TillJournal, push_of

CARMEN = "carmen"


class CartTill:
    """A till with its line to the hub, whose sales the test writes."""

    def __init__(self, url: str, hub: HubDatabase, till: str) -> None:
        self.asks = HubAnswers(CounterClient(url, enrolled(hub, till)))
        self.hub, self.till = hub, till
        self.journal = TillJournal(till)

    def look(self) -> WebCart:
        return self.asks.look_at_cart(CARMEN)

    def claims(self, op_id: str = "", *, takes_over: bool = False) -> tuple[ClaimState, int]:
        said = self.asks.claim_cart(op_id or f"{self.till}-1", CARMEN, takes_over=takes_over)
        return said.state, said.fence

    def sells(self, fence: int, *skus: str) -> None:
        lines = [{"sku": sku, "quantity": 1000} for sku in skus]
        told = {"customer_id": CARMEN, "fence": fence, "lines": lines}
        self.journal.sell([(sku, 5_00) for sku in skus], customer_id=CARMEN, cart=told)

    def pushes(self) -> list[tuple[str, str]]:
        """Bring the hub everything, as if it had heard nothing of it."""
        request = PushRequest.model_validate(push_of(self.journal.facts))
        said = receive(self.hub, BuiltinConnector(), self.till, request, now_ms=T0)
        return [(one.outcome.value, one.code) for one in said.results]
