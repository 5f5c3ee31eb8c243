"""The hub's word for purchases that goods came back of, while a ticket waits for its end."""

from __future__ import annotations

from pos.services.hub_calls import HubCalls


class HeldPurchases:
    """Which purchase is held for which ticket; a till that starts anew holds none any more.

    What it does not give back then can be taken over by others after a while.
    """

    def __init__(self, hub: HubCalls) -> None:
        self._hub = hub
        self._held: dict[str, tuple[str, int]] = {}

    def keep(self, basket_id: str, reference: str, fence: int) -> None:
        """Note that the hub holds a purchase for a ticket; without a fence it holds nothing."""
        if fence:
            self._held[basket_id] = (reference, fence)

    def forget(self, basket_id: str) -> None:
        """Note that the exchange of a ticket is recorded: nothing is to be given back."""
        self._held.pop(basket_id, None)

    def release(self, basket_id: str) -> None:
        """Let others go on with the purchase: its goods are the customer's again."""
        held = self._held.pop(basket_id, None)
        if held is not None:
            self._hub.release_purchase(*held)
