"""Going on with a ticket that waits in the shop, the way the parked page does it."""

from __future__ import annotations

from pos.domain.staff import Act, Approved, Capability
from pos.domain.ticket import Ticket
from pos.services import override, park
from pos.services.hub_calls import Claim, ClaimState
from pos.services.workstation import SignOn
from tests.simulator.chance import Chance
from tests.simulator.people import BADGES, MANAGER
from tests.simulator.till_machine import TillMachine


class SharedTickets:
    """The tickets of a shop as one till sees them."""

    def __init__(self, machine: TillMachine, chance: Chance) -> None:
        self._machine = machine
        self._chance = chance

    def resume(self, sign_on: SignOn) -> Ticket | None:
        """Take up one of the tickets that wait; None when the hub does not let us, or is away.

        A ticket of our own goes on also without the hub, one of another till does not.
        """
        waiting = park.waiting(sign_on)
        baskets = [ticket.basket.basket_id for ticket in waiting.ours]
        baskets += [ticket.basket_id for ticket in waiting.others]
        baskets = [each for each in baskets if each not in self._machine.not_to_resume]
        if not baskets:
            return None
        basket_id = baskets[self._chance.below(len(baskets))]
        claim = self._claim(sign_on, basket_id)
        if claim is not None and claim.state is ClaimState.GRANTED and self._chance.happens(0.1):
            self._give_back(basket_id, claim)  # the customer changed their mind
            return None
        try:
            return self._taken(sign_on, basket_id, claim)
        except (park.NoSuchTicket, park.UnreadableTicket):
            return None

    def _taken(self, sign_on: SignOn, basket_id: str, claim: Claim | None) -> Ticket | None:
        is_ours = park.is_ours(sign_on, basket_id)
        if claim is None or (claim.state is ClaimState.GONE and not claim.holder):
            # The hub is away, or has not heard of it: the copy here decides about what is ours.
            return park.resume(sign_on, basket_id) if is_ours else None
        if claim.state is not ClaimState.GRANTED:
            return None
        permit = self._permit(sign_on, claim)
        if is_ours:
            return park.resume(sign_on, basket_id, permit)
        return park.resume_from_shop(sign_on, basket_id, claim.content, permit)

    def _claim(self, sign_on: SignOn, basket_id: str) -> Claim | None:
        """Ask the hub; when another till sits on the claim, take it over after a while."""
        op_id = sign_on.station.ids.new()
        self._holder = ""
        try:
            claim = self._machine.hub_answers.claim(op_id, basket_id, takes_over=False)
            if claim.state is ClaimState.HELD and claim.may_be_taken_over:
                self._holder = claim.holder
                op_id = sign_on.station.ids.new()
                claim = self._machine.hub_answers.claim(op_id, basket_id, takes_over=True)
        except OSError:
            return None
        return claim

    def _permit(self, sign_on: SignOn, claim: Claim) -> park.Permit:
        act = Act(Capability.RESOLVE_CONFLICT)
        if not self._holder or isinstance(sign_on.decide(act), Approved):
            return park.Permit(claim.fence, self._holder)
        approval = override.approve_by_badge(
            sign_on, act, BADGES[MANAGER], reason="la otra caja no contesta"
        )
        return park.Permit(claim.fence, self._holder, approval)

    def _give_back(self, basket_id: str, claim: Claim) -> None:
        try:
            self._machine.hub_answers.release(basket_id, claim.fence)
        except OSError:
            return  # it runs out by itself
