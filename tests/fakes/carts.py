"""The hub as tills ask it about carts, which answers when the test says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pos.domain.web_cart import WebCart
from pos.services.hub_calls import CartClaim, HubAway, OnCart, OnCartClaim


class FakeCarts:
    """A part of `tests.fakes.devices.FakeHub`."""

    def __init__(self) -> None:
        self.cart_looks: list[str] = []
        self.cart_claims: list[tuple[str, str, bool]] = []
        self.released_carts: list[tuple[str, int]] = []
        self.sent_to_carts: list[tuple[str, str, dict[str, int]]] = []
        self._tell_of_cart: Callable[[Any], None] | None = None

    def look_at_cart(self, customer_id: str, on_answer: OnCart) -> None:
        self.cart_looks.append(customer_id)
        self._tell_of_cart = on_answer

    def claim_cart(
        self, op_id: str, customer_id: str, on_answer: OnCartClaim, *, takes_over: bool = False
    ) -> None:
        self.cart_claims.append((op_id, customer_id, takes_over))
        self._tell_of_cart = on_answer

    def release_cart(self, customer_id: str, fence: int) -> None:
        self.released_carts.append((customer_id, fence))

    def send_to_cart(
        self, op_id: str, customer_id: str, lines: Mapping[str, int], on_answer: OnCart
    ) -> None:
        self.sent_to_carts.append((op_id, customer_id, dict(lines)))
        self._tell_of_cart = on_answer

    def answer_of_cart(self, answer: WebCart | CartClaim | HubAway) -> None:
        """Answer the last question about a cart, which may wait beside others."""
        assert self._tell_of_cart is not None
        tell, self._tell_of_cart = self._tell_of_cart, None
        tell(answer)
